import { spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { OrreryError } from "@orrery/problems";
import { readIfThere, writeAtomically } from "../disk/write-atomically.ts";
import { waitUntil } from "../pace/wait-until.ts";
import { findByArguments, isAlive } from "./processes.ts";
import { SERVICE_VARIABLE } from "./service-scripts.ts";
import { shellQuote } from "./shell-quote.ts";

/** A service of our own, by way of which runsvdir is told to look at its folder now instead of within five seconds. */
const WAKE = "orrery-wake";
/** Where runsvdir shows what its children complain of: in its own command line, so that `ps` tells it. */
const COMPLAINTS = `log: ${".".repeat(200)}`;
const SHUT_DOWN_MS = 5000;

/** What the tree needs. */
export interface SupervisionTreeOptions {
  /** The supervisor's folder in the data folder. */
  readonly folder: string;
  /** Path of runsvdir; runsv must stand beside it. */
  readonly runsvdir: string;
  /** The whole environment of the supervisor and of everything under it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One runsvdir for a data folder: detached, so that it outlives the engine. */
export class SupervisionTree {
  /** Folder of services, each a folder of its own. */
  readonly services: string;
  readonly #scan: string;
  readonly #options: SupervisionTreeOptions;
  #pid: number | undefined;
  #starting: Promise<void> | undefined;

  constructor(options: SupervisionTreeOptions) {
    this.#options = options;
    this.services = join(options.folder, "services");
    this.#scan = join(options.folder, "scan");
  }

  /** Path of the link that has a service supervised. */
  link(name: string): string {
    return join(this.#scan, name);
  }

  /** Whether runsvdir runs. */
  isRunning(): boolean {
    if (this.#pid !== undefined && isAlive(this.#pid)) return true;
    [this.#pid] = this.#find();
    return this.#pid !== undefined;
  }

  /**
   * Starts runsvdir unless it runs.
   *
   * @throws OrreryError `SUPERVISOR_UNAVAILABLE` when it does not come up.
   */
  async ensure(): Promise<void> {
    // Several units may be applied at once; two supervisors would start everything twice.
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    await this.#starting;
  }

  async #start(): Promise<void> {
    if (this.isRunning()) return;
    for (const folder of [this.#scan, this.services]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#writeWake();
    await this.#endOrphans();
    const { runsvdir, environment } = this.#options;
    const path = `${join(runsvdir, "..")}:${environment["PATH"] ?? ""}`;
    const child = spawn(runsvdir, ["-P", this.#scan, COMPLAINTS], {
      cwd: this.#options.folder,
      env: { ...environment, PATH: path },
      detached: true,
      stdio: "ignore",
    });
    const failed = new Promise<string>((resolve) => child.once("error", (error) => resolve(error.message)));
    child.unref();
    const up = waitUntil(() => this.isRunning() && isSupervised(join(this.services, WAKE)), {
      withinMs: 5000,
    });
    const outcome = await Promise.race([failed, up]);
    if (outcome !== true) {
      const why = typeof outcome === "string" ? outcome : "it did not take up its first service within 5 s";
      throw new OrreryError("SUPERVISOR_UNAVAILABLE", `runsvdir (${runsvdir}) does not come up: ${why}`);
    }
  }

  /** Has runsvdir look at its folder soon. Call it again until what is wanted is seen: it looks once a second at most. */
  wake(): void {
    const poke = openFifo(join(this.services, WAKE, "poke"));
    if (poke === undefined) return;
    try {
      writeSync(poke, ".");
    } finally {
      closeSync(poke);
    }
  }

  /** Ends runsvdir; the runsv processes go on until they are told to end. */
  async stop(): Promise<void> {
    const pids = this.#find();
    for (const pid of pids) process.kill(pid, "SIGTERM");
    await waitUntil(() => !pids.some(isAlive), { withinMs: SHUT_DOWN_MS });
    this.#pid = undefined;
  }

  /** Names of all services that a runsv process has, also of those that are no longer wanted. */
  supervised(): string[] {
    try {
      return readdirSync(this.services).filter((name) => isSupervised(join(this.services, name)));
    } catch {
      return [];
    }
  }

  // Without runsvdir its runsv processes live on; a new one could not take their services up while they do.
  async #endOrphans(): Promise<void> {
    for (const name of this.supervised()) control(join(this.services, name), "x");
    await waitUntil(() => this.supervised().length === 0, { withinMs: SHUT_DOWN_MS });
  }

  #find(): number[] {
    return findByArguments((argv) => argv[0]?.endsWith("runsvdir") === true && argv[2] === this.#scan);
  }

  #writeWake(): void {
    const folder = join(this.services, WAKE);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Whatever a service writes to its standard error reaches runsvdir, which looks around then.
    const script = [
      "#!/bin/sh",
      "[ -p poke ] || mkfifo -m 600 poke",
      `export ${SERVICE_VARIABLE}=${shellQuote(`${this.#options.folder}/${WAKE}`)}`,
      "exec cat <> poke >&2\n",
    ].join("\n");
    if (readIfThere(join(folder, "run")) !== script) writeAtomically(join(folder, "run"), script, 0o700);
    chmodSync(join(folder, "run"), 0o700);
    linkOnce(`../services/${WAKE}`, this.link(WAKE));
  }
}

/** Makes a symbolic link unless there is one of that name. */
export function linkOnce(target: string, path: string): boolean {
  try {
    symlinkSync(target, path);
    return true;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") return false;
    throw cause;
  }
}

/** Says whether a runsv process has the service in this folder. @see runit, sv.c: `supervise/ok`. */
export function isSupervised(folder: string): boolean {
  const fifo = openFifo(join(folder, "supervise", "ok"));
  if (fifo === undefined) return false;
  closeSync(fifo);
  return true;
}

/** Sends commands to a service's runsv, one letter each; says whether there is one. @see runit, runsv(8): control. */
export function control(folder: string, commands: string): boolean {
  const fifo = openFifo(join(folder, "supervise", "control"));
  if (fifo === undefined) return false;
  try {
    writeSync(fifo, commands);
    return true;
  } finally {
    closeSync(fifo);
  }
}

// Opening for writing fails at once when nobody reads, which is how runit itself tells whether runsv is there.
function openFifo(path: string): number | undefined {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}
