import { mkdir, readdir, rm } from "node:fs/promises";
import { join, posix } from "node:path";
import type { ContainerOutcome, ContainerSpec, ExecResult, ProgramView } from "@orrery/charm";
import type { ContainerObservation } from "@orrery/engine";
import { OrreryError, isOrreryError, problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import { applyContainer } from "../apply-container.ts";
import { localDisk } from "../files/local-disk.ts";
import type { HttpPost } from "../http-post.ts";
import { versionOf } from "../program-probe.ts";
import type { ProgramProbes } from "../program-probe.ts";
import type { RunProgram } from "../run-program.ts";
import type { AppliedContainer, PlacedContainer, WantedContainers, Workload } from "../workload.ts";
import { findProgram } from "./find-program.ts";
import type { ProgramPlaces } from "./find-program.ts";
import { Systemctl } from "./systemctl.ts";
import { SystemdServices } from "./systemd-services.ts";

/** What running a unit's containers on a machine takes. */
export interface SystemdWorkloadOptions {
  /** Such as `storefront/0`. */
  readonly unit: string;
  readonly containers: Readonly<Record<string, ContainerSpec>>;
  /** Where this host keeps its things for the unit; absolute. */
  readonly base: string;
  /** Where unit files lie; `/etc/systemd/system` on a machine. */
  readonly unitFolder: string;
  /** Folder that services run in which name none. */
  readonly workingFolder: string;
  /** Digest of what lies there. */
  readonly workload: string;
  /** The Node.js that runs this process, or the one beside it. */
  readonly node: string;
  readonly programs: Omit<ProgramPlaces, "folder">;
  readonly probes: ProgramProbes;
  /** Whether systemd runs the machine: where it does not, nothing is written that it would have to know. */
  readonly booted: () => boolean;
  readonly run: RunProgram;
  readonly post: HttpPost;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** How long what was just started may take to be well, in milliseconds; the next hook looks again. */
const SETTLES_WITHIN_MS = 5000;
const STANDS_AFTER_MS = 1000;
const VERSION_DEADLINE_MS = 15_000;

/** A machine: what containers hold lies in folders, and their services run under systemd. */
export class SystemdWorkload implements Workload {
  readonly #options: SystemdWorkloadOptions;
  readonly #name: string;

  constructor(options: SystemdWorkloadOptions) {
    this.#options = options;
    this.#name = `orrery-${options.unit.replace("/", "-")}-`;
  }

  readonly place = async (): Promise<Readonly<Record<string, PlacedContainer>>> => {
    const placed: Record<string, PlacedContainer> = {};
    for (const [name, { program, tools = [] }] of Object.entries(this.#options.containers)) {
      const problems: Problem[] = [];
      const views = new Map<string, ProgramView>();
      for (const one of new Set([program, ...tools])) {
        const path = await this.#find(one);
        if (path === undefined) problems.push(missing(one, this.#options.unit));
        views.set(one, {
          path: path ?? one,
          version: path === undefined ? "" : await this.#version(one, path),
        });
      }
      const view = (one: string): ProgramView => views.get(one) ?? { path: one, version: "" };
      const { folder, storage } = this.#folders(name);
      placed[name] = {
        program: view(program),
        tools: Object.fromEntries(tools.map((tool) => [tool, view(tool)])),
        folder: join(folder, "files"),
        storage,
        problems,
      };
    }
    return placed;
  };

  readonly apply = async (wanted: WantedContainers): Promise<Readonly<Record<string, AppliedContainer>>> => {
    const applied: Record<string, AppliedContainer> = {};
    if (!this.#options.booted())
      throw new OrreryError("SYSTEMD_FAILED", "this machine is not run by systemd");
    for (const [name, outcome] of Object.entries(wanted)) {
      const { folder, storage } = this.#folders(name);
      await mkdir(join(folder, "files"), { recursive: true });
      await mkdir(storage, { recursive: true, mode: 0o700 });
      const runner = this.#services(name);
      const one = await applyContainer({ disk: localDisk(this.#options.run), folder, runner }, outcome);
      if (one.counters.restarts > 0) await this.#settled(runner, outcome);
      applied[name] = one;
    }
    return applied;
  };

  readonly observe = async (
    wanted: WantedContainers,
  ): Promise<Readonly<Record<string, ContainerObservation>>> => {
    const seen: Record<string, ContainerObservation> = {};
    for (const name of Object.keys(this.#options.containers)) {
      seen[name] = await this.#look(name, wanted[name] ?? { services: {} });
    }
    return seen;
  };

  readonly exec = async (container: string, command: readonly string[]): Promise<ExecResult> => {
    const { folder } = this.#folders(container);
    const result = await localDisk(this.#options.run).run(command, join(folder, "files"));
    if (result.ran) return result;
    throw new OrreryError("ACTION_FAILED", `command ${command[0] ?? ""} in ${container}: ${result.why}`);
  };

  readonly stop = async (): Promise<void> => {
    await new Systemctl(this.#options.run).tell(["disable", "--now"], await this.#units());
  };

  readonly remove = async (): Promise<void> => {
    const units = await this.#units();
    const systemctl = new Systemctl(this.#options.run);
    await systemctl.tell(["disable", "--now"], units);
    for (const unit of units) await rm(join(this.#options.unitFolder, unit), { force: true });
    if (units.length > 0) await systemctl.reload();
    await rm(this.#options.base, { recursive: true, force: true });
  };

  /** Waits a little for what was just started, so that its first word need not wait for the next hook. */
  async #settled(runner: SystemdServices, outcome: ContainerOutcome): Promise<void> {
    const until = performance.now() + SETTLES_WITHIN_MS;
    await this.#options.pause(STANDS_AFTER_MS);
    while (performance.now() < until) {
      const { services, checks } = await runner.observe(outcome);
      const up = Object.values(services).every(({ status }) => status === "running");
      if (!up || Object.values(checks).every(({ status }) => status === "up")) return;
    }
  }

  async #units(): Promise<readonly string[]> {
    const names = await readdir(this.#options.unitFolder).catch((): string[] => []);
    return names.filter((name) => name.startsWith(this.#name) && name.endsWith(".service"));
  }

  /** A machine whose systemd does not answer cannot be looked at; applying says why. */
  async #look(container: string, outcome: ContainerOutcome): Promise<ContainerObservation> {
    const unknown = { ready: false, services: {}, checks: {} };
    if (!this.#options.booted()) return unknown;
    try {
      return { ready: true, ...(await this.#services(container).observe(outcome)) };
    } catch (cause) {
      if (isOrreryError(cause)) return unknown;
      throw cause;
    }
  }

  async #find(program: string): Promise<string | undefined> {
    const { node, programs, base } = this.#options;
    if (program === "node") return node;
    return await findProgram(program, { ...programs, folder: join(base, "programs") });
  }

  async #version(program: string, path: string): Promise<string> {
    const { probes, run } = this.#options;
    return await versionOf(
      probes,
      program,
      async (args) => await run([path, ...args], { folder: "/", deadlineMs: VERSION_DEADLINE_MS }),
    );
  }

  #services(container: string): SystemdServices {
    const { run, post, unitFolder, unit, workingFolder, workload } = this.#options;
    return new SystemdServices({
      disk: localDisk(run),
      run,
      post,
      unitFolder,
      prefix: `${this.#name}${container}-`,
      unit,
      workingFolder,
      workload,
    });
  }

  #folders(container: string): { readonly folder: string; readonly storage: string } {
    const folder = posix.join(this.#options.base, container);
    return { folder, storage: posix.join(folder, "storage") };
  }
}

function missing(program: string, unit: string): Problem {
  const message = `program ${program} is neither attached nor on the PATH of the machine`;
  const remedy = `run \`juju attach-resource ${unit.slice(0, unit.lastIndexOf("/"))} ${program}=FILE\`, or install it`;
  return problem("PROGRAM_NOT_ON_MACHINE", { message, remedy, origin: { unit, item: program } });
}
