import { posix } from "node:path";
import type { ContainerOutcome, ContainerSpec, ExecResult, ProgramView } from "@orrery/charm";
import type { ContainerObservation } from "@orrery/engine";
import { OrreryError, isOrreryError } from "@orrery/problems";
import { applyContainer } from "../apply-container.ts";
import type { WorkloadFiles } from "../apply-container.ts";
import type { HttpPost } from "../http-post.ts";
import { versionOf } from "../program-probe.ts";
import type { ProgramProbes } from "../program-probe.ts";
import type { AppliedContainer, PlacedContainer, WantedContainers, Workload } from "../workload.ts";
import { pebbleDisk } from "./pebble-disk.ts";
import { makePebbleFolders } from "./pebble-files.ts";
import { PebbleServices } from "./pebble-services.ts";
import { PebbleTransport } from "./pebble-transport.ts";

/** What running a unit's containers by their Pebbles takes. */
export interface PebbleWorkloadOptions {
  readonly containers: Readonly<Record<string, ContainerSpec>>;
  /** Folder with a folder for each container, which holds `pebble.socket`; `/charm/containers` under Juju. */
  readonly sockets: string;
  /** Where this host keeps its things in each container; absolute. */
  readonly base: string;
  readonly probes: ProgramProbes;
  readonly post: HttpPost;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** The charm's own workload files, by the folder that they go to; absent for a charm without. */
  readonly workload?: (folder: string) => WorkloadFiles;
}

/** How long what was just started may take to pass its first checks, in milliseconds; the next hook looks again. */
const SETTLES_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 250;

/** The containers of a pod, each behind the Pebble that Juju has put into it. */
export class PebbleWorkload implements Workload {
  readonly #options: PebbleWorkloadOptions;

  constructor(options: PebbleWorkloadOptions) {
    this.#options = options;
  }

  readonly place = async (): Promise<Readonly<Record<string, PlacedContainer>>> => {
    const placed: Record<string, PlacedContainer> = {};
    for (const [name, { program, tools = [] }] of Object.entries(this.#options.containers)) {
      const ready = await this.#isReady(name);
      // Programs are those of the container's image, which finds them on its own PATH.
      const view = async (one: string): Promise<ProgramView> => ({
        path: one,
        version: ready ? await this.#version(name, one) : "",
      });
      const { folder, storage } = this.#folders(name);
      placed[name] = {
        program: await view(program),
        tools: Object.fromEntries(await Promise.all(tools.map(async (tool) => [tool, await view(tool)]))),
        folder: posix.join(folder, "files"),
        storage,
        problems: [],
      };
    }
    return placed;
  };

  readonly apply = async (wanted: WantedContainers): Promise<Readonly<Record<string, AppliedContainer>>> => {
    const applied: Record<string, AppliedContainer> = {};
    for (const [name, outcome] of Object.entries(wanted)) {
      if (!(await this.#isReady(name))) continue;
      const found = await this.#applyOne(name, outcome);
      if (found) applied[name] = found;
    }
    return applied;
  };

  readonly observe = async (
    wanted: WantedContainers,
  ): Promise<Readonly<Record<string, ContainerObservation>>> => {
    const seen: Record<string, ContainerObservation> = {};
    for (const name of Object.keys(this.#options.containers)) {
      try {
        const outcome = wanted[name] ?? { services: {} };
        const found = await this.#services(name).observe(outcome);
        seen[name] = { ready: true, ...found };
      } catch (cause) {
        if (!isUnreachable(cause)) throw cause;
        seen[name] = { ready: false, services: {}, checks: {} };
      }
    }
    return seen;
  };

  readonly exec = async (container: string, command: readonly string[]): Promise<ExecResult> => {
    const { folder } = this.#folders(container);
    const result = await pebbleDisk(this.#pebble(container)).run(command, posix.join(folder, "files"));
    if (result.ran) return result;
    throw new OrreryError("ACTION_FAILED", `command ${command[0] ?? ""} in ${container}: ${result.why}`);
  };

  /** A pod's containers end with the pod. */
  readonly stop = async (): Promise<void> => undefined;

  /** So do their files. */
  readonly remove = async (): Promise<void> => undefined;

  async #applyOne(name: string, outcome: ContainerOutcome): Promise<AppliedContainer | undefined> {
    const { workload } = this.#options;
    const pebble = this.#pebble(name);
    const { folder, storage } = this.#folders(name);
    const runner = this.#services(name);
    try {
      await makePebbleFolders(pebble, [posix.join(folder, "files"), storage]);
      const place = {
        disk: pebbleDisk(pebble),
        folder,
        runner,
        ...(workload ? { workload: workload(this.#workingFolder(name)) } : {}),
      };
      const applied = await applyContainer(place, outcome);
      if (applied.counters.restarts > 0) await this.#settled(runner, outcome);
      return applied;
    } catch (cause) {
      // It went away meanwhile; Juju says when it is there again.
      if (isUnreachable(cause)) return undefined;
      throw cause;
    }
  }

  /** Waits a little for what was just started, so that its first word need not wait for the next hook. */
  async #settled(runner: PebbleServices, outcome: ContainerOutcome): Promise<void> {
    const until = performance.now() + SETTLES_WITHIN_MS;
    while (performance.now() < until) {
      await runner.refresh(Object.keys(outcome.checks ?? {}));
      const { services, checks } = await runner.observe(outcome);
      const open = Object.values(checks).some(({ status }) => status === "unknown");
      const up = Object.values(services).every(({ status }) => status === "running");
      if (!open || !up) return;
      await this.#options.pause(LOOK_EVERY_MS);
    }
  }

  async #isReady(name: string): Promise<boolean> {
    try {
      await this.#pebble(name).ask({ method: "GET", path: "/v1/system-info" });
      return true;
    } catch (cause) {
      if (isUnreachable(cause)) return false;
      throw cause;
    }
  }

  async #version(container: string, program: string): Promise<string> {
    const disk = pebbleDisk(this.#pebble(container));
    return await versionOf(
      this.#options.probes,
      program,
      async (args) => await disk.run([program, ...args], "/"),
    );
  }

  #pebble(name: string): PebbleTransport {
    return new PebbleTransport(posix.join(this.#options.sockets, name, "pebble.socket"));
  }

  #services(name: string): PebbleServices {
    const workingFolder = this.#workingFolder(name);
    return new PebbleServices({ pebble: this.#pebble(name), workingFolder, post: this.#options.post });
  }

  #workingFolder(container: string): string {
    return posix.join(this.#folders(container).folder, this.#options.workload ? "workload" : "files");
  }

  #folders(container: string): { readonly folder: string; readonly storage: string } {
    const folder = posix.join(this.#options.base, container);
    return { folder, storage: posix.join(folder, "storage") };
  }
}

function isUnreachable(cause: unknown): boolean {
  return isOrreryError(cause) && cause.code === "PEBBLE_UNREACHABLE";
}
