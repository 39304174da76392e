import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ContainerOutcome, ExecResult, ProgramView } from "@orrery/charm";
import type { ContainerObservation, Placement, Publication, Substrate, UnitPlan } from "@orrery/engine";
import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Installed } from "@orrery/provision";
import { CheckRunner } from "../health-checks/check-runner.ts";
import type { EngineHome } from "../home/engine-home.ts";
import type { HttpRequest } from "../http/loopback-http.ts";
import { placeNetwork } from "../network/place-network.ts";
import type { ProbePort } from "../network/probe-port.ts";
import { InTurn } from "../pace/in-turn.ts";
import { maskedRun } from "../process/masked-run.ts";
import type { RunCommand } from "../process/run-command.ts";
import { ContainerFiles } from "../publication/container-files.ts";
import { endDaemons } from "../services/end-leftovers.ts";
import type { RunitBinaries } from "../services/runit-binaries.ts";
import { Supervisor } from "../services/supervisor.ts";
import { applyContainer } from "./apply-container.ts";
import type { LoadBackend } from "./load-backend.ts";
import type { PlacedUnit } from "./unit-folder.ts";
import { UnitFolder, readPlaced } from "./unit-folder.ts";

/** What a substrate of one machine is made of. */
export interface LocalSubstrateOptions {
  readonly home: EngineHome;
  /** The whole environment of workloads, checkers and the supervisor. */
  readonly environment: Readonly<Record<string, string>>;
  /** Gives the supervisor's binaries; called once it is needed. @throws OrreryError `SUPERVISOR_UNAVAILABLE`. */
  readonly runit: () => Promise<RunitBinaries>;
  /** Gives programs for a unit by name. @throws OrreryError `PROGRAM_UNAVAILABLE`. */
  readonly programs: (unit: string, names: readonly string[]) => Promise<Readonly<Record<string, Installed>>>;
  readonly backend: LoadBackend;
  readonly request: HttpRequest;
  readonly run: RunCommand;
  readonly probe: ProbePort;
  /** Takes out of what checkers and workloads say what nobody should read. */
  readonly mask: (text: string) => string;
  /** An address of the machine on which all units listen; loopback addresses of their own when absent. */
  readonly listen?: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const EXEC_DEADLINE_MS = 60_000;

/** Makes outcomes true on this machine: addresses, files in generations, services under runit. */
export class LocalSubstrate implements Substrate {
  readonly #options: LocalSubstrateOptions;
  readonly #placed: Map<string, PlacedUnit>;
  readonly #files = new Map<string, ContainerFiles>();
  readonly #checks: CheckRunner;
  readonly #turns = new InTurn();
  #supervisor: Promise<Supervisor> | undefined;
  #closed = false;

  constructor(options: LocalSubstrateOptions) {
    this.#options = options;
    this.#placed = readPlaced(options.home.units);
    this.#checks = new CheckRunner(options);
  }

  readonly place = async (plan: UnitPlan): Promise<Placement> => {
    const names = Object.values(plan.containers).flatMap(({ program, tools }) => [program, ...(tools ?? [])]);
    const programs = names.length > 0 ? await this.#options.programs(plan.unit, names) : {};
    // Without a supervisor the unit could never run: better said now.
    if (names.length > 0) await this.supervisor();
    return await this.#turns.take("place", async () => {
      this.#expectOpen();
      const folder = this.#folder(plan.unit);
      const network = await this.#network(plan);
      const containers = Object.entries(plan.containers).map(([name, { program, tools }]) => [
        name,
        {
          program: programView(programs[program]),
          tools: Object.fromEntries((tools ?? []).map((tool) => [tool, programView(programs[tool])])),
          folder: folder.files(name),
          storage: folder.storage(name),
        },
      ]);
      const { unit, application, charm, ports } = plan;
      const placed: PlacedUnit = {
        plan: { unit, application, charm, folder: plan.folder, ports },
        placement: { network, containers: Object.fromEntries(containers) },
      };
      folder.keep(placed);
      this.#placed.set(unit, placed);
      return placed.placement;
    });
  };

  readonly apply = async (
    unit: string,
    containers: Readonly<Record<string, ContainerOutcome>>,
  ): Promise<Readonly<Record<string, Publication>>> =>
    await this.#turns.take(unit, async () => {
      this.#expectOpen();
      const placed = this.#known(unit);
      const supervisor = await this.supervisor();
      const published: Record<string, Publication> = {};
      try {
        for (const [name, outcome] of Object.entries(containers)) {
          published[name] = await applyContainer({
            ...this.#options,
            unit,
            container: name,
            outcome,
            folder: this.#folder(unit),
            workingFolder: workingFolder(placed),
            files: this.#filesOf(unit, name),
            supervisor,
          });
          this.#checks.apply({ unit, container: name, outcome, placed, supervisor });
        }
      } catch (cause) {
        throw asPublicationError(unit, cause);
      }
      return published;
    });

  readonly observe = async (unit: string): Promise<Readonly<Record<string, ContainerObservation>>> => {
    const placed = this.#known(unit);
    if (Object.keys(placed.placement.containers).length === 0) return {};
    const supervisor = await this.supervisor();
    const seen = Object.keys(placed.placement.containers).map((name): [string, ContainerObservation] => {
      const prefix = `${unit.replace("/", "-")}.${name}.`;
      const services = supervisor.names(prefix).map((service) => {
        const short = service.slice(prefix.length);
        const logs = this.#folder(unit).logs(name, short);
        return [short, supervisor.view(service, logs, this.#options.now())] as const;
      });
      return [
        name,
        { ready: true, services: Object.fromEntries(services), checks: this.#checks.view(unit, name) },
      ];
    });
    return Object.fromEntries(seen);
  };

  readonly remove = async (unit: string): Promise<void> =>
    await this.#turns.take(unit, async () => {
      this.#expectOpen();
      const placed = this.#placed.get(unit);
      this.#checks.forget(unit);
      if (placed && Object.keys(placed.placement.containers).length > 0) {
        const supervisor = await this.supervisor();
        await Promise.all(
          supervisor.names(`${unit.replace("/", "-")}.`).map(async (name) => await supervisor.remove(name)),
        );
      }
      await endDaemons([this.#folder(unit).path]);
      this.#folder(unit).remove();
      this.#placed.delete(unit);
      for (const key of this.#files.keys()) if (key.startsWith(`${unit} `)) this.#files.delete(key);
    });

  readonly exec = async (
    unit: string,
    container: string,
    command: readonly string[],
  ): Promise<ExecResult> => {
    this.#known(unit);
    const folder = this.#folder(unit);
    const cwd = existsSync(folder.files(container)) ? folder.files(container) : folder.container(container);
    const { environment: env, run } = this.#options;
    const result = await run(command, { cwd, env, deadlineMs: EXEC_DEADLINE_MS });
    if (result.ran) return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
    throw new OrreryError(
      "ACTION_FAILED",
      `command ${command[0] ?? ""} in ${container} did not run: ${result.why}`,
    );
  };

  /** Where a service of a unit writes its log. */
  logFolder(unit: string, container: string, service: string): string {
    return this.#folder(unit).logs(container, service);
  }

  /** The supervisor, made when it is first needed. @throws OrreryError `SUPERVISOR_UNAVAILABLE`. */
  supervisor(): Promise<Supervisor> {
    this.#supervisor ??= this.#options.runit().then((binaries) => {
      const { home, environment } = this.#options;
      return new Supervisor({ folder: home.supervisor, binaries, environment });
    });
    this.#supervisor.catch(() => {
      this.#supervisor = undefined;
    });
    return this.#supervisor;
  }

  /** Units with a workload that has not yet been seen to have what was published for it. */
  waiting(): string[] {
    const keys = [...this.#files]
      .filter(([, files]) => files.isWaiting())
      .map(([key]) => key.split(" ")[0] ?? "");
    return [...new Set(keys)];
  }

  /** Units whose place is not where units listen now. */
  misplaced(): string[] {
    return [...this.#placed.values()].filter((placed) => !this.#fits(placed)).map(({ plan }) => plan.unit);
  }

  /** Begins nothing new and waits until what was begun has ended; what runs goes on. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#checks.close();
    await this.#turns.idle();
  }

  #expectOpen(): void {
    if (this.#closed) throw new OrreryError("ENGINE_BUSY", "the engine is being ended");
  }

  async #network(plan: UnitPlan): Promise<Placement["network"]> {
    const before = this.#placed.get(plan.unit);
    const samePorts = Object.keys(plan.ports).every(
      (name) => before?.placement.network.ports[name] !== undefined,
    );
    // Placed before a crash, told to nobody: the same place again.
    if (before && samePorts && this.#fits(before)) return before.placement.network;
    const others = [...this.#placed.values()].filter(({ plan: { unit } }) => unit !== plan.unit);
    const strangers = others.filter(({ plan: { application } }) => application !== plan.application);
    const siblingPorts = new Map<string, number[]>();
    for (const { plan: other, placement } of others) {
      if (other.application !== plan.application) continue;
      const { address, ports } = placement.network;
      siblingPorts.set(address, [...(siblingPorts.get(address) ?? []), ...Object.values(ports)]);
    }
    const { home, listen } = this.#options;
    return await placeNetwork({
      home: home.folder,
      ...(listen === undefined ? {} : { listen }),
      siblingPorts,
      unit: plan.unit,
      ports: plan.ports,
      applicationPorts: plan.applicationPorts ?? {},
      usedAddresses: new Set(others.map(({ placement }) => placement.network.address)),
      usedPorts: new Set(strangers.flatMap(({ placement }) => Object.values(placement.network.ports))),
      probe: this.#options.probe,
    });
  }

  #fits({ placement: { network } }: PlacedUnit): boolean {
    const { listen } = this.#options;
    return listen === undefined ? network.address.startsWith("127.") : network.address === listen;
  }

  #known(unit: string): PlacedUnit {
    const placed = this.#placed.get(unit);
    if (!placed)
      throw new OrreryError("UNIT_NOT_PLACED", `unit ${unit} has no place on this machine`, {
        origin: { unit },
      });
    return placed;
  }

  #folder(unit: string): UnitFolder {
    return new UnitFolder(this.#options.home.units, unit);
  }

  #filesOf(unit: string, container: string): ContainerFiles {
    const key = `${unit} ${container}`;
    const { environment: env, run, mask } = this.#options;
    const folder = this.#folder(unit).container(container);
    const files =
      this.#files.get(key) ?? new ContainerFiles({ folder, env, run: maskedRun(run, mask), mask });
    this.#files.set(key, files);
    return files;
  }
}

function programView(installed: Installed | undefined): ProgramView {
  const { path = "", version = "" } = installed ?? {};
  return { path, version: version === "unknown" ? "" : version };
}

/** A charm's `workload/`, else its folder. */
function workingFolder({ plan }: PlacedUnit): string {
  const workload = join(plan.folder, "workload");
  return existsSync(workload) ? workload : plan.folder;
}

function asPublicationError(unit: string, cause: unknown): unknown {
  if (isOrreryError(cause)) return cause;
  const told = cause instanceof Error ? cause.message : String(cause);
  const full =
    cause instanceof Error && "code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT");
  const remedy = full ? { remedy: "make room on the disk that holds ORRERY_HOME" } : {};
  const message = `files of ${unit} could not be written: ${full ? "no room on the disk" : told}`;
  return new OrreryError("PUBLICATION_FAILED", message, { cause, origin: { unit }, ...remedy });
}
