// A stranger's charm that meets every kind of secret, and is careless with them in as many ways as it has modes.

/** What it makes others deal with: credentials in clear, as the field's charms send them. */
const INLINE = { password: "inline-password-@@", webhook: "http://127.0.0.1:9/inline-hook-@@" };

function evaluate(view) {
  const { mode, token, nonce } = view.config;
  const given = token === undefined ? undefined : view.secrets[token];
  const own = Object.values(view.secrets).filter((one) => one.own);
  const values = [
    given?.content.token,
    view.materials.admin?.current,
    view.materials.admin?.previous,
    view.materials.key?.current,
    ...own.flatMap(({ content }) => Object.values(content)),
  ].filter(Boolean);
  if (mode === "print") process.stdout.write(`careless: ${values.join(" ")}\n`);
  if (mode === "throw") throw new Error(`cannot work with ${values.join(" ")}`);
  const clear = (text) => text.replace("@@", nonce);
  const grants = view.relations.map(({ id }) => id);
  return {
    protocol: 1,
    status: {
      status: "active",
      message: mode === "tell" ? `I have ${values.join(" ")}` : `${values.length} values`,
    },
    bags: bagsOf(view, clear),
    containers: {
      work: {
        services: { work: { command: ["/bin/sleep", "3600"] } },
        files: {
          "secrets.json": {
            content: JSON.stringify({
              given: given?.content.token,
              admin: view.materials.admin?.current,
              key: view.materials.key?.current,
            }),
            mode: "0600",
            onChange: "none",
          },
          // Refused by its checker, whose words repeat what it holds.
          ...(mode === "refused"
            ? {
                "refused.txt": {
                  content: `${values.join(" ")}\n`,
                  mode: "0600",
                  check: { command: ["/bin/sh", "-c", "cat '{}' >&2; exit 1"] },
                },
              }
            : {}),
        },
      },
    },
    materials: {
      admin: { kind: "password", length: 32 },
      key: { kind: "private-key", algorithm: "ecdsa-p256" },
    },
    secrets: {
      shared: { content: { word: clear("shared-by-the-charm-@@") }, grants },
      own: { owner: "unit", content: { word: clear("of-the-unit-alone-@@") }, grants: [] },
    },
    openedPorts: [],
    deadlines: [],
    external: {},
    problems:
      mode === "tell"
        ? [
            {
              code: "CHARM_INVALID",
              severity: "warning",
              message: `found ${values.join(" ")}`,
              remedy: `do not show ${values.join(" ")}`,
              origin: {},
            },
          ]
        : [],
    expectations: [],
    memory: { remembered: values },
  };
}

function bagsOf(view, clear) {
  const { model, application, unit, charm } = view;
  const metadata = { model: model.name, model_uuid: model.uuid, application, unit, charm_name: charm };
  const job = {
    metrics_path: "/metrics",
    static_configs: [{ targets: ["*:9998"] }],
    basic_auth: { username: "keeper", password: clear(INLINE.password) },
  };
  const configuration = {
    route: { receiver: "hook" },
    receivers: [{ name: "hook", webhook_configs: [{ url: clear(INLINE.webhook) }] }],
  };
  const written = {
    "metrics-endpoint": { scrape_metadata: JSON.stringify(metadata), scrape_jobs: JSON.stringify([job]) },
    "remote-configuration": {
      alertmanager_config: JSON.stringify(configuration),
      alertmanager_templates: JSON.stringify([]),
    },
  };
  const own = { prometheus_scrape_unit_address: view.network.address, prometheus_scrape_unit_name: unit };
  return Object.fromEntries(
    view.relations.map(({ id, endpoint }) => [
      id,
      { ...(view.leader ? { application: written[endpoint] } : {}), unit: own },
    ]),
  );
}

const manifest = {
  name: "keeper",
  summary: "Meets every kind of secret.",
  endpoints: {
    "metrics-endpoint": { role: "provides", interface: "prometheus_scrape" },
    "remote-configuration": { role: "provides", interface: "alertmanager_remote_configuration" },
  },
  config: {
    mode: { type: "string", default: "careful" },
    token: { type: "secret" },
    nonce: { type: "string", default: "none" },
  },
  ports: { metrics: { prefer: 9998 } },
  containers: { work: { program: "node" } },
  actions: {
    stumble: { description: "Fails with all that it knows.", params: { text: { type: "string" } } },
    rotate: { description: "Has another password made." },
  },
  assets: [],
};

async function act({ action, view, params }, tools) {
  if (action === "rotate") {
    await tools.rotate("admin");
    return { rotated: "admin" };
  }
  throw new Error(
    `cannot go on with ${params.text} and ${view.materials.admin.current} and ${view.materials.key.current}`,
  );
}

export default {
  protocol: 1,
  name: manifest.name,
  assets: [],
  load: () => ({
    manifest,
    problems: [],
    session: () => ({ evaluate, counters: { decoded: 0, encoded: 0, computed: 0, remembered: 0 } }),
    act,
  }),
};
