// A charm that keeps to no rule. It speaks the form between hosts and charms by hand, as nobody's library would let it.
const TARGET = { metrics_path: "/metrics", static_configs: [{ targets: ["*:9999"] }] };

const alert = (expr, labels = {}) => ({
  groups: [{ name: "hostile", rules: [{ alert: "Hostile", expr, for: "1m", labels }] }],
});

/** What it writes into its application bag, by the mode that it is configured with. */
const WRITES = {
  good: () => ({ scrape_jobs: [TARGET], alert_rules: alert("up == 0") }),
  "rule-does-not-parse": () => ({ scrape_jobs: [TARGET], alert_rules: alert("sum(rate(up[5m]) by (") }),
  "rule-does-not-type": () => ({ scrape_jobs: [TARGET], alert_rules: alert("rate(up) > 1") }),
  "rule-of-another": () => ({
    scrape_jobs: [TARGET],
    alert_rules: alert('up{juju_application="storefront"} == 0', { juju_application: "storefront" }),
  }),
  "unknown-key": () => ({ scrape_jobs: [{ ...TARGET, remote_write: [{ url: "http://127.0.0.1:1/" }] }] }),
  "file-path": () => ({ scrape_jobs: [{ ...TARGET, authorization: { credentials_file: "/etc/shadow" } }] }),
  "target-not-granted": () => ({
    scrape_jobs: [
      { metrics_path: "/metrics", static_configs: [{ targets: ["169.254.169.254:80", "127.0.0.1:22"] }] },
    ],
  }),
  "no-json": () => ({ scrape_jobs: "{[", alert_rules: "\u0000" }),
};

const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));

function bags(view) {
  const writes = WRITES[view.config.mode]?.();
  if (writes === undefined) return {};
  const { model, application, unit, charm } = view;
  const metadata = { model: model.name, model_uuid: model.uuid, application, unit, charm_name: charm };
  const app = {
    scrape_metadata: text(metadata),
    ...Object.fromEntries(Object.entries(writes).map(([k, v]) => [k, text(v)])),
  };
  const own = { prometheus_scrape_unit_address: view.network.address, prometheus_scrape_unit_name: unit };
  return Object.fromEntries(
    view.relations.map(({ id }) => [id, { ...(view.leader ? { application: app } : {}), unit: own }]),
  );
}

function evaluate(view) {
  const { mode } = view.config;
  if (mode === "throws") throw new Error("no reconcile today");
  if (mode === "returns-junk") return { status: "fine", bags: [] };
  if (mode === "loops") for (;;);
  if (mode === "ends-its-process") process.exit(7);
  const command =
    mode === "workload-ends" ? ["/bin/sh", "-c", "echo no work today >&2; exit 3"] : ["/bin/sleep", "3600"];
  return {
    protocol: 1,
    status: { status: "active", message: "" },
    bags: bags(view),
    containers: { work: { services: { work: { command } } } },
    materials: {},
    secrets: {},
    openedPorts: [],
    deadlines: [],
    external: {},
    problems: [],
    expectations: [],
  };
}

const manifest = {
  name: "hostile-contributor",
  summary: "Keeps to no rule.",
  endpoints: { "metrics-endpoint": { role: "provides", interface: "prometheus_scrape" } },
  config: { mode: { type: "string", default: "good" } },
  ports: { metrics: { prefer: 9999 } },
  containers: { work: { program: "node" } },
  actions: {},
  assets: [],
};

export default {
  protocol: 1,
  name: manifest.name,
  assets: [],
  load: () => ({
    manifest,
    problems: [],
    session: () => ({ evaluate, counters: { decoded: 0, encoded: 0, computed: 0, remembered: 0 } }),
    act: async () => ({}),
  }),
};
