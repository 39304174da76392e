import { active, defineCharm, waiting } from "@orrery/charm";
import type { Charm, Endpoint } from "@orrery/charm";

/** What one side says to the other: a list of words, as JSON. */
export function words(role: "provides" | "requires"): Endpoint<readonly string[], readonly string[]> {
  return {
    role,
    interface: "words",
    decode: ({ bags }) => ({ value: read(bags.remoteApplication["words"] ?? "[]"), problems: [] }),
    encode: (value, _relation, { leader }) =>
      leader ? { application: { words: JSON.stringify(value) } } : {},
  };
}

function read(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** Says its words, and how many of them were heard. */
export const speaker: Charm = defineCharm({
  name: "speaker",
  config: { words: { type: "string", default: "hello world" } },
  ports: { http: { prefer: 8080 } },
  containers: { mouth: { program: "node" } },
  endpoints: { out: words("provides") },
  reconcile: ({ config, endpoints, containers, network }) => ({
    containers: {
      mouth: {
        services: { mouth: { command: [containers.mouth.program, "speak.js", network.url("http")] } },
        files: { "words.txt": { content: config.words } },
      },
    },
    publish: { out: config.words.split(" ") },
    status: active(`heard: ${endpoints.out.relations.flatMap(({ value }) => value).join(" ")}`),
  }),
});

/** Answers each word aloud. */
export const listener: Charm = defineCharm({
  name: "listener",
  endpoints: { in: words("requires") },
  reconcile: ({ endpoints }) => {
    const heard = endpoints.in.relations.flatMap(({ value }) => value);
    return {
      publish: { in: heard.map((word) => word.toUpperCase()) },
      status: heard.length === 0 ? waiting("nobody speaks") : active(),
    };
  },
});
