import { active, blocked, defineCharm, password } from "@orrery/charm";
import type { BagWrites, Endpoint, LoadedCharm } from "@orrery/charm";

interface Greeting {
  readonly words: string;
  readonly keys: readonly string[];
}

const greeting: Endpoint<readonly string[], Greeting> = {
  role: "provides",
  interface: "greeting",
  decode: ({ bags }) => ({
    value: Object.values(bags.remoteUnits).map((bag) => bag["name"] ?? "nobody"),
    problems: [],
  }),
  encode: ({ words, keys }, _relation, self): BagWrites => ({
    unit: { host: self.network.address, unit: self.topology.unit },
    ...(self.leader
      ? { application: { words, ...Object.fromEntries(keys.map((key) => [key, "yes"])) } }
      : {}),
  }),
};

/** A charm that uses all that a host must do: bags, options, ports, secrets, materials, deadlines, an action. */
export const toy: LoadedCharm = defineCharm({
  name: "toy",
  config: {
    words: { type: "string", default: "hello", oneOf: ["hello", "goodbye", "fail"] },
    keys: { type: "string", default: "" },
    times: { type: "int", default: 1 },
    secret: { type: "string", default: "" },
    port: { type: "string", default: "" },
    token: { type: "string", default: "" },
    rotate: { type: "string", default: "" },
    deadline: { type: "string", default: "" },
  },
  ports: { http: { prefer: 8080 } },
  containers: { toy: { program: "toy" } },
  endpoints: { greeting },
  actions: {
    rotate: {
      description: "Has a new password made.",
      run: async (_view, _params, tools) => {
        await tools.rotate("admin");
        return {};
      },
    },
    greet: {
      description: "Greets.",
      params: { whom: { type: "string" } },
      run: async (view, { whom }, tools) => {
        if (whom === "nobody") throw new Error("nobody is there");
        const { stdout } = await tools.exec("toy", ["greet", String(whom)]);
        return { said: stdout, from: view.unit, timesSaid: Number(view.config["times"]) };
      },
    },
  },
  reconcile({ config, containers, endpoints, due, leader, materials, network, secrets, view }) {
    if (config.words === "fail") throw new Error("the charm has a fault");
    const known = endpoints.greeting.relations.flatMap(({ value }) => value);
    const own = secrets.own("token");
    return {
      containers: {
        toy: {
          services: {
            toy: {
              command: [containers.toy.program, config.words, String(config.times)],
              environment: {
                ADMIN: `${materials["admin"]?.current ?? ""} ${materials["admin"]?.previous ?? ""}`,
                HOST: network.address,
                TOKEN: secrets.get(config.secret)?.content["token"] ?? "",
              },
            },
          },
        },
      },
      publish: {
        greeting: {
          words: `${config.words} ${view.units.length}`,
          keys: [...config.keys.split(" ").filter(Boolean), ...(own ? [`uri-${own.uri.slice(-3)}`] : [])],
        },
      },
      openedPorts: config.port === "" ? [] : [config.port],
      secrets:
        config.token === ""
          ? {}
          : {
              token: {
                content: { token: config.token },
                grants: endpoints.greeting.relations.map(({ id }) => id),
              },
            },
      materials:
        config.rotate === ""
          ? {}
          : { admin: password(16, config.rotate === "never" ? {} : { rotateAt: config.rotate }) },
      deadlines: config.deadline === "" || due.length > 0 ? [] : [{ id: "later", at: config.deadline }],
      status: known.includes("stranger")
        ? blocked("a stranger is here")
        : active(`${leader ? "leads" : "follows"}, ${due.join(" ")}`),
    };
  },
}).load({});
