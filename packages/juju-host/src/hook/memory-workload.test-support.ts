import type { ContainerObservation } from "@orrery/engine";
import type { PlacedContainer, WantedContainers, Workload } from "../workload/workload.ts";

/** A workload that is not there: says that what is wanted runs, from the moment that it was applied. */
export class MemoryWorkload implements Workload {
  readonly #names: readonly string[];
  readonly log: string[] = [];
  applied: WantedContainers = {};
  /** Whether its containers answer. */
  ready = true;
  /** What keeps a container from being placed. */
  problems: PlacedContainer["problems"] = [];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  readonly place: Workload["place"] = async () =>
    Object.fromEntries(
      this.#names.map((name) => [
        name,
        {
          program: { path: `/programs/${name}`, version: "1.0.0" },
          tools: {},
          folder: `/units/${name}/files`,
          storage: `/units/${name}/storage`,
          problems: this.problems,
        },
      ]),
    );

  readonly apply: Workload["apply"] = async (wanted) => {
    this.log.push(`apply ${Object.keys(wanted).join(" ")}`);
    if (this.ready) this.applied = wanted;
    const counters = {
      filesWritten: 0,
      bytesWritten: 0,
      filesRemoved: 0,
      filesChecked: 0,
      reloads: 0,
      restarts: 0,
    };
    return Object.fromEntries(
      Object.keys(wanted).map((name) => [name, { rejected: {}, counters, problems: [] }]),
    );
  };

  readonly observe: Workload["observe"] = async () =>
    Object.fromEntries(
      this.#names.map((name): [string, ContainerObservation] => [
        name,
        {
          ready: this.ready,
          services: Object.fromEntries(
            Object.keys(this.applied[name]?.services ?? {}).map((service) => [
              service,
              { status: "running", restarts: 0 },
            ]),
          ),
          checks: {},
        },
      ]),
    );

  readonly exec: Workload["exec"] = async (_container, command) => ({
    exitCode: 0,
    stdout: command.join(" "),
    stderr: "",
  });

  readonly stop: Workload["stop"] = async () => void this.log.push("stop");
  readonly remove: Workload["remove"] = async () => void this.log.push("remove");
}
