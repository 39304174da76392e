import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { CharmRun } from "@orrery/charm-testing";
import { exchange, testCharm } from "@orrery/charm-testing";
import type { Programs } from "./programs.ts";

const CHARMS = new URL("../../charms", import.meta.url).pathname;
const FOLDERS = {
  storefront: join(CHARMS, "products/storefront"),
  "webhook-receiver": join(CHARMS, "stack/webhook-receiver"),
  alertmanager: join(CHARMS, "stack/alertmanager"),
  prometheus: join(CHARMS, "stack/prometheus"),
} as const;

/** A shop, a Prometheus, an Alertmanager and a webhook, related as in the demo, with no engine: files lie where they are wanted. */
export class Stack implements AsyncDisposable {
  readonly root: string = mkdtempSync(join(tmpdir(), "orrery-stack-"));
  readonly units: ReadonlyMap<string, CharmRun>;
  readonly #processes: ChildProcess[] = [];

  private constructor(units: (root: string) => ReadonlyMap<string, CharmRun>) {
    this.units = units(this.root);
  }

  /** Has the charms settle on real programs, and writes the files that they want. */
  static async settle(programs: Programs): Promise<Stack> {
    const charms = Object.fromEntries(
      await Promise.all(
        Object.entries(FOLDERS).map(async ([name, folder]) => [name, await testCharm(folder)] as const),
      ),
    );
    const { prometheus, promtool, alertmanager, amtool } = programs;
    const node = { path: process.execPath, version: process.versions.node };
    const stack = new Stack((root) => {
      const places = (name: string): { folder: string; storage: string } => ({
        folder: join(root, name, "files"),
        storage: join(root, name, "storage"),
      });
      const party = (name: keyof typeof FOLDERS, container: string, has: object) => {
        const charm = charms[name];
        if (!charm) throw new Error(`no charm ${name}`);
        return { charm, containers: { [container]: { ...places(name), ...has } } };
      };
      return exchange(
        {
          storefront: party("storefront", "shop", { program: node }),
          "webhook-receiver": party("webhook-receiver", "receiver", { program: node }),
          alertmanager: {
            ...party("alertmanager", "alertmanager", { program: alertmanager, tools: { amtool } }),
            config: { "group-wait": "1s", "group-interval": "2s", "heartbeat-interval": "2s" },
          },
          prometheus: {
            ...party("prometheus", "prometheus", { program: prometheus, tools: { promtool } }),
            config: { "scrape-interval": "1s", "evaluation-interval": "1s" },
          },
        },
        [
          ["storefront:metrics-endpoint", "prometheus:metrics-endpoint"],
          ["alertmanager:self-metrics-endpoint", "prometheus:metrics-endpoint"],
          ["webhook-receiver:metrics-endpoint", "prometheus:metrics-endpoint"],
          ["prometheus:alertmanager", "alertmanager:alerting"],
          ["webhook-receiver:remote-configuration", "alertmanager:remote-configuration"],
        ],
      );
    });
    for (const run of stack.units.values()) stack.#write(run);
    return stack;
  }

  /** What a unit wants. */
  unit(name: string): CharmRun {
    const run = this.units.get(name);
    if (!run) throw new Error(`no unit ${name}`);
    return run;
  }

  /** Starts every service as its charm says. */
  start(): void {
    for (const { outcome, view } of this.units.values()) {
      const workload = join(FOLDERS[view.application as keyof typeof FOLDERS], "workload");
      for (const { services } of Object.values(outcome.containers)) {
        for (const { command, environment } of Object.values(services)) {
          const [program = "", ...args] = command;
          const cwd = program === process.execPath ? workload : this.root;
          this.#processes.push(
            spawn(program, args, { cwd, env: { ...process.env, ...environment }, stdio: "ignore" }),
          );
        }
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = this.#processes.filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    await Promise.all(
      running.map(
        (child) =>
          new Promise((resolve) => {
            child.once("exit", resolve);
            child.kill();
          }),
      ),
    );
    rmSync(this.root, { recursive: true });
  }

  #write({ outcome, view }: CharmRun): void {
    for (const [name, { files = {} }] of Object.entries(outcome.containers)) {
      const { folder = "", storage = "" } = view.containers[name] ?? {};
      mkdirSync(storage, { recursive: true });
      for (const [path, { content, mode }] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content, { mode: Number.parseInt(mode ?? "0644", 8) });
      }
    }
  }
}
