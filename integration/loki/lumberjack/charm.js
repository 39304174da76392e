// A charm of somebody else's that pushes log lines: it speaks the form between hosts and charms, and the relation's keys, by hand.
function evaluate(view) {
  const { model, application, unit, charm, relations, containers } = view;
  const metadata = { model: model.name, model_uuid: model.uuid, application, unit, charm_name: charm };
  const written = { metadata: JSON.stringify(metadata), alert_rules: "{}" };
  const url = relations
    .flatMap(({ bags }) => Object.values(bags.remoteUnits))
    .flatMap(({ endpoint }) => (endpoint === undefined ? [] : [JSON.parse(endpoint).url]))[0];
  const labels = {
    juju_model: model.name,
    juju_model_uuid: model.uuid,
    juju_application: application,
    juju_charm: charm,
    juju_unit: unit,
  };
  const push = {
    command: [containers.lumberjack?.program.path, "push.js"],
    environment: { PUSH_URL: url, LABELS: JSON.stringify(labels) },
  };
  return {
    protocol: 1,
    status: url ? { status: "active", message: "" } : { status: "waiting", message: "for who takes lines" },
    bags: Object.fromEntries(
      relations.map(({ id }) => [id, { unit: {}, ...(view.leader ? { application: written } : {}) }]),
    ),
    containers: { lumberjack: { services: url ? { push } : {} } },
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
  name: "lumberjack",
  summary: "Pushes a log line twice a second to wherever it is related to.",
  endpoints: { logging: { role: "requires", interface: "loki_push_api" } },
  config: {},
  ports: {},
  containers: { lumberjack: { program: "node" } },
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
