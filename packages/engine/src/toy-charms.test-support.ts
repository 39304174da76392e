import { active, defineCharm, password, privateKey, waiting } from "@orrery/charm";
import type { Charm, Endpoint, RelationView } from "@orrery/charm";
import type { Surroundings } from "./core.ts";
import { MemoryVault } from "./vault/memory-vault.ts";

/** What a toy endpoint reads: the texts under `value` that the other side wrote. */
export type Words = readonly string[];

/** A codec of one word a bag, in the application's bag when the leader writes, and in the unit's. */
export function word(
  role: "provides" | "requires" | "peers",
  more: { readonly limit?: number } = {},
): Endpoint<Words, string> {
  return {
    role,
    interface: role === "peers" ? "toy-peers" : "toy",
    ...more,
    decode: (relation: RelationView) => ({
      value: [
        relation.bags.remoteApplication["value"] ?? "",
        ...Object.values(relation.bags.remoteUnits).map((bag) => bag["value"] ?? ""),
      ],
      problems: [],
    }),
    encode: (value, _relation, self) => ({
      unit: { value },
      ...(self.leader ? { application: { value } } : {}),
    }),
  };
}

/** Says its word to all who want it, and writes it to a file. */
export const source: Charm = defineCharm({
  name: "source",
  config: {
    word: { type: "string", default: "hello" },
    targets: { type: "string", grants: true },
    count: { type: "int", default: 1, minimum: 0, maximum: 9 },
    mode: { type: "string", default: "calm", oneOf: ["calm", "throw", "junk", "loop"] },
    loud: { type: "boolean", default: false },
  },
  ports: { http: { prefer: 8080 } },
  containers: { work: { program: "node" } },
  endpoints: { out: word("provides"), peers: word("peers") },
  actions: {
    echo: {
      description: "Gives back what it was given.",
      params: { text: { type: "string" }, times: { type: "integer", default: 1 } },
      required: ["text"],
      run: async (view, params, tools) => ({
        ...params,
        unit: view.unit,
        ran: (await tools.exec("work", ["echo"])).stdout,
      }),
    },
    network: {
      description: "Gives back where the unit is.",
      params: {},
      run: async ({ network }) => ({ ...network }),
    },
    ask: {
      description: "Asks an address.",
      params: { url: { type: "string" } },
      run: async (_view, params, tools) => ({ body: (await tools.get(String(params["url"]))).body }),
    },
  },
  reconcile: ({ config, self, endpoints, network }) => {
    if (config.mode === "throw") throw new Error("told to throw");
    if (config.mode === "junk") return JSON.parse('{ "status": { "status": "splendid", "message": "" } }');
    const said = config.loud ? config.word.toUpperCase() : config.word;
    return {
      containers: {
        work: {
          services: { work: { command: ["node", "server.js", String(network.ports.http)] } },
          files: { "word.txt": { content: said } },
        },
      },
      publish: { out: `${said} from ${self.topology.unit}`, peers: said },
      status: active(`${endpoints.out.relations.length} listeners`),
    };
  },
});

/** Gathers the words of all whom it hears into one file for each, and passes them on. */
export const relay: Charm = defineCharm({
  name: "relay",
  config: { prefix: { type: "string", default: "" } },
  ports: { web: { prefer: 9000 } },
  containers: { work: { program: "node" } },
  endpoints: { in: word("requires"), out: word("provides"), single: word("requires", { limit: 1 }) },
  reconcile: ({ config, endpoints, derive, self }) => {
    const files = derive.each("heard", { of: endpoints.in, from: [config.prefix] }, (one) => ({
      content: `${config.prefix}${one.value.join(",")} at ${one.granted.join(",")}`,
      contributor: one.key,
    }));
    const words = endpoints.in.relations.flatMap(({ value }) => value).flatMap((one) => one.split("+"));
    const heard = [...new Set(words)].filter((one) => one !== "").toSorted(byCode);
    return {
      containers: {
        work: {
          services: { work: { command: ["node", "relay.js"] } },
          files: Object.fromEntries([...files].map(([key, file]) => [`heard/${key}.txt`, file])),
          backend: { name: "toy", url: `http://${self.network.address}` },
        },
      },
      publish: { out: heard.join("+") },
      status: heard.length === 0 ? waiting("nobody speaks") : active(),
      expectations: endpoints.in.relations.map(({ key, application }) => ({
        signal: "metrics" as const,
        kind: "target",
        name: key,
        application,
        container: "work",
      })),
    };
  },
});

/** Answers what it hears with one more: two of them never come to rest. */
export const pingPong: Charm = defineCharm({
  name: "ping-pong",
  endpoints: { hear: word("requires"), say: word("provides") },
  reconcile: ({ endpoints }) => {
    const heard = endpoints.hear.relations.flatMap(({ value }) => value).map(Number);
    return { status: active(), publish: { say: String(Math.max(0, ...heard) + 1) } };
  },
});

function byCode(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/** Asks for a password, wants to be run again in a minute, and says what it was given. */
export const keeper: Charm = defineCharm({
  name: "keeper",
  config: { rotate: { type: "string" } },
  endpoints: { out: word("provides") },
  reconcile: ({ config, materials, due }) => ({
    status: active(`due ${due.join(",") || "nothing"}`),
    materials: {
      admin: { ...password(16), ...(config.rotate === undefined ? {} : { rotateAt: config.rotate }) },
      key: privateKey("ecdsa-p256"),
    },
    deadlines: [{ id: "renew", at: "2026-01-01T00:01:00Z" }],
    publish: {
      out: [materials["admin"]?.current, materials["admin"]?.previous].filter(Boolean).join(" before "),
    },
  }),
});

/** A clock that stands until it is moved, bytes that are the same in each run, and a vault without a key. */
export function toyWorld(): Pick<Surroundings, "clock" | "random" | "vault"> & {
  advance: (ms: number) => void;
  /** Has the bytes of a number of one's own come from now on. */
  reseed: (number: number) => void;
} {
  let now = Date.UTC(2026, 0, 1);
  let seed = 1;
  return {
    clock: () => now,
    vault: new MemoryVault(),
    advance: (ms) => {
      now += ms;
    },
    reseed: (number) => {
      seed = number * 7919 + 1;
    },
    random: (bytes) =>
      Uint8Array.from({ length: bytes }, () => {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        return (seed >> 8) & 0xff;
      }),
  };
}
