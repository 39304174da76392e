import type { View } from "@orrery/charm";
import { NEW_UNIT } from "./events/unit-memory.ts";
import type { UnitMemory } from "./events/unit-memory.ts";
import type { Cause, HookRun } from "./hook-run/hook-run.ts";
import { noWork } from "./hook-run/work.ts";
import { runHookTool } from "./hook-tools/run-hook-tool.ts";
import type { ToolAnswer } from "./hook-tools/run-hook-tool.ts";
import { readCharmMetadata } from "./metadata/read-charm-metadata.ts";
import { relationOf, viewOf } from "./shell-charm.test-support.ts";

const METADATA = `
name: web
summary: A web server.
requires: {db: {interface: pgsql}}
provides: {site: {interface: http}}
peers: {cluster: {interface: cluster}}
extra-bindings: {admin: }
storage: {data: {type: filesystem}}
`;
const CONFIG =
  "options: {port: {type: int, default: 80}, name: {type: string}, ratio: {type: float, default: 1.0}}";

/** A run of `web/0` that knows `db:1` with two units of `pg`, and its peers as `cluster:2`. */
export class ToolRun {
  readonly run: HookRun;
  readonly logged: string[] = [];
  /** Files that the program may name. */
  readonly files: Record<string, string> = {};

  constructor(given: { view?: Partial<View>; memory?: Partial<UnitMemory>; cause?: Cause } = {}) {
    const memory: UnitMemory = {
      ...NEW_UNIT,
      phase: "started",
      relations: {
        1: { endpoint: "db", application: "pg", peer: false, seen: "", units: { "pg/0": "x", "pg/1": "x" } },
        2: { endpoint: "cluster", application: "web", peer: true, seen: "", units: { "web/1": "x" } },
      },
      ...given.memory,
    };
    this.run = {
      view: viewOf({ ...WORLD, ...given.view }),
      cause: given.cause ?? { kind: "hook", hook: { kind: "life", event: "config-changed" } },
      metadata: readCharmMetadata({ "metadata.yaml": METADATA, "config.yaml": CONFIG }),
      lastSeen: { read: (_, owner) => (owner === "pg/7" ? { last: "words" } : undefined) },
      storageFolder: (name) => (name === "data/0" ? "/units/web-0/data/0" : undefined),
      onStatus: () => undefined,
      log: (level, message) => this.logged.push(`${level} ${message}`),
      now: () => Date.parse("2026-11-25T12:00:00Z"),
      random: (bytes) => new Uint8Array(bytes).map((_, i) => i),
      work: noWork(memory),
    };
  }

  /** Runs a command line, split at blanks; `input` is its standard input. */
  async call(line: string, input: string = ""): Promise<ToolAnswer> {
    const [name = "", ...args] = line.split(" ");
    return await this.exec(name, args, input);
  }

  async exec(name: string, args: readonly string[], input: string = ""): Promise<ToolAnswer> {
    return await runHookTool({
      run: this.run,
      name,
      args,
      readFile: async (path) => new TextEncoder().encode(this.files[path]),
      readInput: async () => new TextEncoder().encode(input),
    });
  }

  /** What a tool that reads answers as JSON. */
  async read(line: string): Promise<unknown> {
    const { exitCode, stdout, stderr } = await this.call(line);
    if (exitCode !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  }
}

const WORLD: Partial<View> = {
  application: "web",
  unit: "web/0",
  units: ["web/0", "web/1"],
  config: { port: 80, ratio: 1 },
  network: { address: "127.1.2.3", ports: {} },
  relations: [
    relationOf({
      id: 1,
      endpoint: "db",
      interface: "pgsql",
      application: "pg",
      units: ["pg/0", "pg/1"],
      model: { name: "other", uuid: "cdac5656-2423-4388-8f30-41854b4cca7e" },
      bags: {
        localApplication: { app: "mine" },
        localUnit: { "ingress-address": "127.1.2.3" },
        remoteApplication: { version: "16" },
        remoteUnits: { "pg/0": { host: "<a&b>" }, "pg/1": {} },
      },
    }),
    relationOf({
      id: 2,
      endpoint: "cluster",
      interface: "cluster",
      application: "web",
      units: ["web/1"],
      bags: {
        localApplication: { key: "secret:abc" },
        localUnit: {},
        remoteApplication: { key: "secret:abc" },
        remoteUnits: { "web/1": { up: "yes" } },
      },
    }),
  ],
};
