import { lstatSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FileOutcome, RejectedFile } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { readIfThere, writeNew } from "../disk/write-atomically.ts";
import type { RunCommand } from "../process/run-command.ts";
import { buildGeneration, difference } from "./build-generation.ts";
import { judgeFiles } from "./judge-files.ts";
import type { Cost } from "./cost.ts";
import type { CrashPoint, Generation } from "./generations.ts";
import { Generations } from "./generations.ts";
import { LiveFiles } from "./live-files.ts";
import type { PublicationRecord, Refusal } from "./publication-record.ts";
import { readRecord, writeRecord } from "./publication-record.ts";
import { recover } from "./recover.ts";
import { digestOfSet, modeOf, sortWanted } from "./wanted-files.ts";
import type { WantedFile, WantedFiles } from "./wanted-files.ts";
import type { LoadKind, LoadResult, Workload } from "./workload.ts";

/** What the files of one container need. */
export interface ContainerFilesOptions {
  /** The container's folder, which holds `current`, `generations` and `live`. */
  readonly folder: string;
  /** Environment of checkers. */
  readonly env: Readonly<Record<string, string>>;
  readonly run: RunCommand;
  readonly at?: CrashPoint;
  /** Takes out of a workload's words what nobody should read. */
  readonly mask?: (text: string) => string;
}

/** What publishing came to. */
export interface Published {
  readonly rejected: Readonly<Record<string, RejectedFile>>;
  /** Digest of the published files, once the workload was seen to have loaded them. */
  readonly applied?: string;
}

type Refused = Extract<LoadResult, { state: "refused" }>;

/** A process that started so much later than the files went live has read them; clocks of files are coarse. */
const MARGIN_MS = 20;

/** The files of one container: staged first, taken in by the workload then. */
export class ContainerFiles {
  readonly #options: ContainerFilesOptions;
  readonly #generations: Generations;
  readonly #live: LiveFiles;
  readonly #recordPath: string;
  #wanted: WantedFiles = sortWanted({});
  #record: PublicationRecord | undefined;

  constructor(options: ContainerFilesOptions) {
    this.#options = options;
    this.#generations = new Generations(options.folder, options.at ?? (() => {}));
    this.#live = new LiveFiles(join(options.folder, "live"));
    this.#recordPath = join(options.folder, "publication.json");
  }

  /** Writes what differs and makes it the content of `current`; what is refused by its checker stays as it was. */
  async stage(files: Readonly<Record<string, FileOutcome>>, cost: Cost): Promise<void> {
    this.#wanted = sortWanted(files);
    mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 });
    const { live, generation: wanted, links } = this.#wanted;
    const refused = new Map(await this.#checkLive(live, cost));
    this.#live.write(
      live.filter((file) => !refused.has(file.path) && !this.#isRefused(file)),
      cost,
    );
    this.#options.at?.("live-written");
    const base = this.#generations.live();
    const built = await buildGeneration({
      ...this.#options,
      generations: this.#generations,
      base,
      wanted,
      links,
      isRefused: (file) => this.#isRefused(file),
      cost,
    });
    for (const [path, problem] of built.refused) refused.set(path, problem);
    this.#keepRefusals(refused, "checker");
    if (built.generation && built.generation !== base) {
      // Before the swap: what calls for a restart must be known though a crash comes between swap and load.
      this.#remember({
        ...this.#known(),
        restarts: [...new Set([...this.#known().restarts, ...this.#restarts()])],
      });
      this.#generations.swap(built.generation.number);
    }
  }

  /** Has the workload take in what is live, goes back to the last good files when it refuses, and tidies up. */
  async load(workload: Workload, cost: Cost): Promise<void> {
    const live = this.#generations.live();
    if (live && this.#known().loaded !== live.number) {
      const result = await workload.load(this.#kind(live), this.#sinceMs());
      this.#options.at?.("loaded");
      if (result.state === "loaded") this.#loaded(live);
      if (result.state === "refused") await this.#goBack(live, result, workload);
    }
    this.#live.prune(this.#wanted.live, cost);
    const numbers = [this.#generations.live()?.number, this.#known().loaded];
    this.#generations.keepOnly(numbers.filter((number) => number !== undefined));
    if (this.#known().loaded === this.#generations.live()?.number) {
      this.#remember({ ...this.#known(), restarts: this.#restarts() });
    }
  }

  /** What stands now. */
  published(): Published {
    const rejected: Record<string, RejectedFile> = { ...this.#wanted.rejected };
    for (const file of this.#all()) {
      const refusal = this.#known().refused[file.path];
      if (refusal?.digest === file.digest)
        rejected[file.path] = { digest: file.digest, problem: refusal.problem };
    }
    const live = this.#generations.live();
    const applied = live && this.#known().loaded === live.number ? { applied: digestOfSet(live.files) } : {};
    return { rejected, ...applied };
  }

  /** Whether the workload has not been seen to have what is live. */
  isWaiting(): boolean {
    const live = this.#generations.live();
    return live !== undefined && live.number !== this.#known().loaded;
  }

  /** Contents of what is live and has to be loaded, by path: what a backend can confirm. */
  loadable(): Record<string, string> {
    const paths = [...(this.#generations.live()?.files.keys() ?? [])].toSorted();
    return Object.fromEntries(
      paths.map((path) => [path, readIfThere(join(this.#generations.current, path)) ?? ""]),
    );
  }

  async #checkLive(live: readonly WantedFile[], cost: Cost): Promise<ReadonlyMap<string, Problem>> {
    const present = this.#live.present;
    const changed = live.filter(
      (file) => file.check && present.get(file.path)?.digest !== file.digest && !this.#isRefused(file),
    );
    if (changed.length === 0) return new Map();
    const folder = join(this.#options.folder, "checking");
    rmSync(folder, { recursive: true, force: true });
    try {
      for (const file of changed) {
        mkdirSync(dirname(join(folder, file.path)), { recursive: true, mode: 0o755 });
        writeNew(join(folder, file.path), file.content, modeOf(file));
      }
      cost.add({ filesChecked: changed.length });
      return await judgeFiles(changed, { ...this.#options, folder });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #goBack(refused: Generation, said: Refused, workload: Workload): Promise<void> {
    const found = await recover({
      generations: this.#generations,
      good: this.#generations.read(this.#known().loaded ?? -1),
      refused,
      words: said.words,
      by: said.by,
      wanted: this.#wanted.generation,
      load: (generation): Promise<LoadResult> => {
        this.#generations.swap(generation.number);
        return workload.load(this.#kind(generation), this.#sinceMs());
      },
    });
    this.#keepRefusals(found.refused, "workload");
    if (found.loaded) this.#loaded(found.loaded);
  }

  #loaded(generation: Generation): void {
    this.#remember({ ...this.#known(), loaded: generation.number });
  }

  /** How the difference from what is loaded must be taken in. */
  #kind(live: Generation): LoadKind {
    const before = this.#generations.read(this.#known().loaded ?? -1);
    const restarts = new Set([...this.#known().restarts, ...this.#restarts()]);
    return before && difference(before, live).some((path) => restarts.has(path)) ? "restart" : "reload";
  }

  #restarts(): string[] {
    return this.#wanted.generation.filter(({ onChange }) => onChange === "restart").map(({ path }) => path);
  }

  #sinceMs(): number {
    return lstatSync(this.#generations.current).ctimeMs + MARGIN_MS;
  }

  #isRefused(file: WantedFile): boolean {
    const before = this.#known().refused[file.path];
    if (before?.digest !== file.digest || before.problem.code === "FILE_CHECK_UNAVAILABLE") return false;
    return before.by === "checker" || file.contributor !== undefined || before.company === this.#company();
  }

  #keepRefusals(now: ReadonlyMap<string, Problem>, by: Refusal["by"]): void {
    const refused: Record<string, Refusal> = {};
    for (const file of this.#all()) {
      const problem = now.get(file.path);
      const before = this.#known().refused[file.path];
      if (problem) {
        const message = this.#options.mask?.(problem.message) ?? problem.message;
        refused[file.path] = {
          digest: file.digest,
          by,
          problem: { ...problem, message },
          company: this.#company(),
        };
      } else if (before && (by === "workload" || this.#isRefused(file))) refused[file.path] = before;
    }
    this.#remember({ ...this.#known(), refused });
  }

  #company(): string {
    const files = this.#wanted.generation.map(
      (file) => [file.path, { digest: file.digest, mode: modeOf(file) }] as const,
    );
    return digestOfSet(new Map(files));
  }

  #all(): WantedFile[] {
    return [...this.#wanted.live, ...this.#wanted.generation];
  }

  #known(): PublicationRecord {
    this.#record ??= readRecord(this.#recordPath);
    return this.#record;
  }

  #remember(record: PublicationRecord): void {
    writeRecord(this.#recordPath, record, this.#known());
    this.#record = record;
  }
}
