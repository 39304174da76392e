import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../world/world.ts";

/** How somebody's server is set up. */
export interface ForeignServerOptions {
  /** Path of the binary. */
  readonly program: string;
  /** `host:port` on loopback. */
  readonly address: string;
  /** Flags beside the usual ones. */
  readonly flags?: readonly string[];
  /** Whether its configuration reads our folder, by scrape files or by a job of its own. */
  readonly includes: "scrape-files" | "target-files" | "nothing";
  /** More jobs of its own, as YAML of the list. */
  readonly jobs?: string;
}

/** A Prometheus that is none of ours: with a configuration, rules and targets of its own, and a folder that ours may use. */
export class ForeignServer implements AsyncDisposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), "orrery-somebody-"));
  readonly directory: string = join(this.folder, "orrery.d");
  readonly url: string;
  readonly #options: ForeignServerOptions;
  #process: ChildProcess | undefined;

  constructor(options: ForeignServerOptions) {
    this.#options = options;
    this.url = `http://${options.address}`;
    mkdirSync(this.directory);
    writeFileSync(join(this.directory, "notes-of-somebody.txt"), "not orrery's\n");
    writeFileSync(
      join(this.directory, "rules-of-somebody.yml"),
      "groups: [{name: theirs, rules: [{record: a, expr: vector(1)}]}]\n",
    );
    writeFileSync(
      join(this.folder, "own.yml"),
      "groups: [{name: own, rules: [{alert: TheirOwn, expr: 'absent(nothing)'}]}]\n",
    );
    this.include(options.includes);
  }

  get configuration(): string {
    return join(this.folder, "prometheus.yml");
  }

  /** Writes its configuration, which reads our folder in one way or another. */
  include(how: ForeignServerOptions["includes"]): void {
    const { directory } = this;
    const rules = how === "nothing" ? "" : `, "${directory}/rules-*.yml"`;
    const text = [
      "global: { scrape_interval: 1s, evaluation_interval: 1s }",
      `rule_files: ["own.yml"${rules}]`,
      ...(how === "scrape-files" ? [`scrape_config_files: ["${directory}/scrape-*.yml"]`] : []),
      "scrape_configs:",
      `  - { job_name: own, static_configs: [{ targets: ["${this.#options.address}"] }] }`,
      ...(how === "target-files"
        ? [
            `  - { job_name: files, file_sd_configs: [{ files: ["${directory}/targets-*.yml"], refresh_interval: 5s }] }`,
          ]
        : []),
      this.#options.jobs ?? "",
    ];
    writeFileSync(this.configuration, `${text.join("\n")}\n`);
  }

  async start(): Promise<this> {
    const { program, address, flags = [] } = this.#options;
    this.#process = spawn(
      program,
      [
        `--config.file=${this.configuration}`,
        `--storage.tsdb.path=${join(this.folder, "data")}`,
        `--web.listen-address=${address}`,
        ...flags,
      ],
      { stdio: "ignore" },
    );
    await until("somebody's server ready", async () => (await fetch(`${this.url}/-/ready`)).ok);
    await until("its first scrape", async () => (await this.pools()).includes("own"));
    return this;
  }

  /** Has it read its configuration again, as its user would on the machine. */
  reload(): void {
    this.#process?.kill("SIGHUP");
  }

  /** Names of what it scrapes. */
  async pools(): Promise<readonly string[]> {
    const { data } = await this.#get<{ data: { scrapePools: readonly string[] } }>("scrape_pools");
    return data.scrapePools;
  }

  /** What it scrapes and evaluates, as it reports it itself: addresses of targets by job, names of rules by group. */
  async reported(): Promise<{ readonly targets: readonly string[]; readonly rules: readonly string[] }> {
    const targets = await this.#get<{
      data: { activeTargets: readonly { scrapePool: string; scrapeUrl: string }[] };
    }>("targets");
    const rules = await this.#get<{
      data: { groups: readonly { name: string; rules: readonly { name: string }[] }[] };
    }>("rules");
    return {
      targets: targets.data.activeTargets
        .map(({ scrapePool, scrapeUrl }) => `${scrapePool} ${scrapeUrl}`)
        .toSorted(byText),
      rules: rules.data.groups
        .flatMap(({ name, rules: all }) => all.map((rule) => `${name}/${rule.name}`))
        .toSorted(byText),
    };
  }

  /** Every file of its folder, by path: SHA-256 of the content and the rights. */
  files(): Readonly<Record<string, string>> {
    const found = readdirSync(this.folder, { recursive: true, encoding: "utf8" }).filter(
      (path) => !/^data(\/|$)/.test(path),
    );
    return Object.fromEntries(
      found.toSorted(byText).map((path) => {
        const at = join(this.folder, path);
        const { mode } = statSync(at);
        const content = statSync(at).isFile()
          ? createHash("sha256").update(readFileSync(at)).digest("hex")
          : "folder";
        return [path, `${mode.toString(8)} ${content}`];
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = this.#process;
    if (running && running.exitCode === null && running.signalCode === null) {
      const ended = new Promise((resolve) => running.once("exit", resolve));
      running.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #get<Answer>(path: string): Promise<Answer> {
    const answer = await fetch(`${this.url}/api/v1/${path}`, { signal: AbortSignal.timeout(5000) });
    return (await answer.json()) as Answer;
  }
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
