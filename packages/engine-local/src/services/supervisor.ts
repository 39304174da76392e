import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { ServiceView } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { lastLines } from "../log/last-lines.ts";
import { waitUntil } from "../pace/wait-until.ts";
import { endLeftovers } from "./end-leftovers.ts";
import type { RunitBinaries } from "./runit-binaries.ts";
import { ServiceFolder } from "./service-folder.ts";
import type { ServicePlan } from "./service-plan.ts";
import { serviceState } from "./service-state.ts";
import { control, isSupervised, linkOnce, SupervisionTree } from "./supervision-tree.ts";

/** What having a service supervised has cost. */
export interface ServiceApplied {
  readonly filesWritten: number;
  readonly bytesWritten: number;
  readonly filesRemoved: number;
  /** Whether it ran before and was started again. */
  readonly restarted: boolean;
}

/** A signal that has a program load its files again. */
export type ReloadSignal = "HUP" | "USR1" | "USR2";

const LETTER: Readonly<Record<ReloadSignal, string>> = { HUP: "h", USR1: "1", USR2: "2" };
const TAKEN_UP_WITHIN_MS = 15_000;
const KILLED_WITHIN_MS = 5000;

/** The services of one data folder under runit. */
export class Supervisor {
  readonly #tree: SupervisionTree;
  readonly #binaries: RunitBinaries;
  readonly #mark: string;

  constructor(options: {
    /** The supervisor's folder; absolute. */
    readonly folder: string;
    readonly binaries: RunitBinaries;
    readonly environment: Readonly<Record<string, string>>;
  }) {
    this.#tree = new SupervisionTree({ ...options, runsvdir: options.binaries.runsvdir });
    this.#binaries = options.binaries;
    this.#mark = options.folder;
  }

  /**
   * Has a service run as planned; does nothing when it does already.
   *
   * @throws OrreryError `SUPERVISOR_UNAVAILABLE`, `SERVICE_STUCK`.
   */
  async apply(plan: ServicePlan): Promise<ServiceApplied> {
    const folder = this.#folder(plan.name);
    mkdirSync(join(folder.path, "log"), { recursive: true, mode: 0o700 });
    mkdirSync(plan.logFolder, { recursive: true, mode: 0o700 });
    const written = folder.write(plan, { binaries: this.#binaries, mark: this.#mark });
    const cost = { filesWritten: written.files, bytesWritten: written.bytes, filesRemoved: written.removed };
    await this.#tree.ensure();
    linkOnce(`../services/${plan.name}`, this.#tree.link(plan.name));
    if (!isSupervised(folder.path)) {
      await this.#takenUp(folder);
      return { ...cost, restarted: false };
    }
    if (written.log) control(join(folder.path, "log"), "t");
    const status = folder.status();
    const runs = status?.state === "run";
    if (!plan.enabled) {
      if (status?.wants !== "down" || runs) await this.#stop(folder);
      return { ...cost, restarted: false };
    }
    // A change that was written but not taken up before a crash shows by the script's age.
    if (runs && folder.changedAtMs() > status.sinceMs) {
      await this.#stop(folder);
      control(folder.path, "u");
      return { ...cost, restarted: true };
    }
    const ended = folder.ended();
    const done = ended && (ended.exitCode === 0 ? plan.staysDown.onSuccess : plan.staysDown.onFailure);
    if (status?.wants === "down" && (!done || folder.changedAtMs() > ended.atMs)) control(folder.path, "u");
    return { ...cost, restarted: false };
  }

  /** Starts a running service again; its ends are counted anew. @throws OrreryError `SERVICE_STUCK`. */
  async restart(name: string): Promise<void> {
    const folder = this.#folder(name);
    if (!isSupervised(folder.path)) return;
    await this.#stop(folder);
    control(folder.path, "u");
  }

  /** Sends a signal to a service's process. */
  signal(name: string, signal: ReloadSignal): void {
    control(this.#folder(name).path, LETTER[signal]);
  }

  /** When the service's process was started, in milliseconds since the epoch; nothing when none runs. */
  runsSinceMs(name: string): number | undefined {
    const folder = this.#folder(name);
    const status = folder.status();
    return status?.state === "run" && isSupervised(folder.path) ? status.sinceMs : undefined;
  }

  /** Looks at a service. */
  view(name: string, logFolder: string, nowMs: number): ServiceView {
    const folder = this.#folder(name);
    const supervised = isSupervised(folder.path);
    const status = supervised ? folder.status() : undefined;
    const ended = folder.ended();
    return serviceState(
      {
        supervised: supervised || this.#tree.isRunning(),
        ...(status ? { status } : {}),
        ...(ended ? { ended } : {}),
        lastLines: () => lastLines(logFolder, 3).join(" | "),
      },
      nowMs,
    );
  }

  /** Names of the services that are there and start so. */
  names(prefix: string): string[] {
    try {
      return readdirSync(this.#tree.services).filter((name) => name.startsWith(prefix));
    } catch {
      return [];
    }
  }

  /** Ends a service with all that it started, and forgets it; says how many files went. */
  async remove(name: string): Promise<void> {
    const folder = this.#folder(name);
    rmSync(this.#tree.link(name), { force: true });
    await this.#exit(folder);
    rmSync(folder.path, { recursive: true, force: true });
  }

  /** Ends everything, the supervisor too; the services' folders stay for the next start. */
  async down(): Promise<void> {
    await this.#tree.stop();
    await Promise.all(this.#tree.supervised().map((name) => this.#exit(this.#folder(name))));
    await endLeftovers(`${this.#mark}/`);
  }

  /** Has the supervisor run if anything is to be supervised; what is missing is started by it. */
  async adopt(): Promise<void> {
    if (this.names("").length > 0) await this.#tree.ensure();
  }

  #folder(name: string): ServiceFolder {
    return new ServiceFolder(join(this.#tree.services, name));
  }

  async #takenUp(folder: ServiceFolder): Promise<void> {
    folder.forgetEnds();
    const seen = await waitUntil(
      () => {
        if (isSupervised(folder.path)) return true;
        this.#tree.wake();
        return false;
      },
      { withinMs: TAKEN_UP_WITHIN_MS, everyMs: 100 },
    );
    if (!seen)
      throw new OrreryError("SUPERVISOR_UNAVAILABLE", `runsvdir did not take up ${folder.path} within 15 s`);
  }

  async #stop(folder: ServiceFolder): Promise<void> {
    folder.expectEnd();
    control(folder.path, "d");
    const isDown = (): boolean => {
      const status = folder.status();
      return (
        status === undefined ||
        (status.wants === "down" && status.state === "down") ||
        !isSupervised(folder.path)
      );
    };
    await this.#patiently(folder, isDown);
    folder.forgetEnds();
  }

  async #exit(folder: ServiceFolder): Promise<void> {
    if (!isSupervised(folder.path)) {
      await endLeftovers(`${this.#mark}/${basename(folder.path)}\0`);
      return;
    }
    folder.expectEnd();
    control(folder.path, "x");
    const isDown = (): boolean => folder.status()?.state !== "run" || !isSupervised(folder.path);
    await this.#patiently(folder, isDown);
    // What it left behind holds its log open, for whose end runsv waits.
    await endLeftovers(`${this.#mark}/${basename(folder.path)}\0`);
    await this.#patiently(folder, () => !isSupervised(folder.path));
    folder.forgetEnds();
  }

  async #patiently(folder: ServiceFolder, isDone: () => boolean): Promise<void> {
    if (await waitUntil(isDone, { withinMs: folder.killDelayMs() })) return;
    control(folder.path, "k");
    if (await waitUntil(isDone, { withinMs: KILLED_WITHIN_MS })) return;
    throw new OrreryError("SERVICE_STUCK", `service in ${folder.path} is still there 5 s after SIGKILL`);
  }
}
