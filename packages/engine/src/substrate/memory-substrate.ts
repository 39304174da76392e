import { createHash } from "node:crypto";
import type { ContainerOutcome, ExecResult, RejectedFile } from "@orrery/charm";
import { problem } from "@orrery/problems";
import { compareKeys } from "../store/table.ts";
import type {
  ContainerObservation,
  Placement,
  Publication,
  PublicationCounters,
  Substrate,
  UnitPlan,
} from "./substrate.ts";

interface MemoryContainer {
  readonly files: Map<string, string>;
  services: Record<string, string>;
}

/**
 * A machine that is not there: gives addresses and ports, keeps files, and says that services run.
 *
 * For tests of charms and engines; a file whose content holds the word `refuse-me` is rejected.
 */
export class MemorySubstrate implements Substrate {
  readonly #units = new Map<string, Map<string, MemoryContainer>>();
  readonly #placements = new Map<string, Placement>();
  readonly #observations = new Map<string, Readonly<Record<string, ContainerObservation>>>();

  async place(plan: UnitPlan): Promise<Placement> {
    const before = this.#placements.get(plan.unit);
    if (before) return before;
    const specs = Object.entries(plan.containers);
    const ports = Object.fromEntries(
      Object.entries(plan.ports).map(([name, { prefer }]) => [name, plan.applicationPorts?.[name] ?? prefer]),
    );
    const placement: Placement = {
      network: { address: addressOf(plan.unit), ports },
      containers: Object.fromEntries(
        specs.map(([name, { program, tools }]) => [
          name,
          {
            program: { path: `/programs/${program}`, version: "1.0.0" },
            tools: Object.fromEntries(
              (tools ?? []).map((tool) => [tool, { path: `/programs/${tool}`, version: "1.0.0" }]),
            ),
            folder: `/units/${plan.unit}/${name}`,
            storage: `/storage/${plan.unit}/${name}`,
          },
        ]),
      ),
    };
    this.#placements.set(plan.unit, placement);
    this.#units.set(plan.unit, new Map(specs.map(([name]) => [name, { files: new Map(), services: {} }])));
    return placement;
  }

  async apply(
    unit: string,
    containers: Readonly<Record<string, ContainerOutcome>>,
  ): Promise<Readonly<Record<string, Publication>>> {
    const kept = this.#units.get(unit) ?? new Map<string, MemoryContainer>();
    const empty: ContainerOutcome = { services: {} };
    return Object.fromEntries(
      [...kept].map(([name, container]) => [name, publish(container, containers[name] ?? empty)]),
    );
  }

  async observe(unit: string): Promise<Readonly<Record<string, ContainerObservation>>> {
    const set = this.#observations.get(unit);
    if (set) return set;
    return Object.fromEntries(
      [...(this.#units.get(unit) ?? [])].map(([name, { services }]) => {
        const running = Object.keys(services).map((service) => [
          service,
          { status: "running" as const, restarts: 0 },
        ]);
        return [name, { ready: true, services: Object.fromEntries(running), checks: {} }];
      }),
    );
  }

  async remove(unit: string): Promise<void> {
    this.#units.delete(unit);
    this.#placements.delete(unit);
    this.#observations.delete(unit);
  }

  async exec(_unit: string, _container: string, command: readonly string[]): Promise<ExecResult> {
    return { exitCode: 0, stdout: command.join(" "), stderr: "" };
  }

  /** Has a unit's workload look so from now on; as if all ran well when absent. */
  show(unit: string, observation?: Readonly<Record<string, ContainerObservation>>): void {
    if (observation) this.#observations.set(unit, observation);
    else this.#observations.delete(unit);
  }

  /** Every live file's content by `unit/container/path`, sorted: what the workloads would find. */
  files(): Readonly<Record<string, string>> {
    const all = [...this.#units].flatMap(([unit, containers]) =>
      [...containers].flatMap(([name, { files, services }]) => [
        ...[...files].map(([path, content]) => [`${unit}/${name}/${path}`, content] as const),
        ...Object.entries(services).map(([service, text]) => [`${unit}/${name}: ${service}`, text] as const),
      ]),
    );
    return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function publish(container: MemoryContainer, wanted: ContainerOutcome): Publication {
  const rejected: Record<string, RejectedFile> = {};
  const counters = { ...noPublication };
  for (const [path, { content, onChange }] of Object.entries(wanted.files ?? {})) {
    if (container.files.get(path) === content) continue;
    counters.filesChecked += 1;
    if (content.includes("refuse-me")) {
      const found = problem("PUBLICATION_FAILED", {
        message: `file ${path} holds refuse-me`,
        origin: { file: path },
      });
      rejected[path] = { digest: digest(content), problem: found };
      continue;
    }
    container.files.set(path, content);
    counters.filesWritten += 1;
    counters.bytesWritten += content.length;
    if (onChange !== "none") counters.reloads = 1;
  }
  for (const path of container.files.keys()) {
    if (Object.hasOwn(wanted.files ?? {}, path)) continue;
    container.files.delete(path);
    counters.filesRemoved += 1;
  }
  const services = Object.fromEntries(
    Object.entries(wanted.services).map(([name, service]) => [name, JSON.stringify(service)]),
  );
  for (const [name, text] of Object.entries(services))
    if (container.services[name] !== text) counters.restarts += 1;
  container.services = services;
  return {
    rejected,
    applied: digest(
      JSON.stringify([...container.files].map((file) => file.join("\n")).toSorted(compareKeys)),
    ),
    counters,
  };
}

const noPublication: PublicationCounters = {
  filesWritten: 0,
  bytesWritten: 0,
  filesRemoved: 0,
  filesChecked: 0,
  reloads: 0,
  restarts: 0,
};

/** From the name alone, so that the order in which units are placed does not show. */
function addressOf(unit: string): string {
  const [a, b, c] = createHash("sha256").update(unit).digest();
  return `127.${a}.${b}.${Math.max(2, c ?? 0)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
