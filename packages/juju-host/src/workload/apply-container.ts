import { posix } from "node:path";
import type { ContainerOutcome } from "@orrery/charm";
import type { ContainerDisk } from "./files/container-disk.ts";
import { digestOfSet } from "./files/digest.ts";
import { publishFiles } from "./files/publish-files.ts";
import { readRecord } from "./files/publication-record.ts";
import type { OwnNames, PublicationRecord } from "./files/publication-record.ts";
import { takeInFiles } from "./files/take-in-files.ts";
import type { ServiceRunner } from "./service-runner.ts";
import type { AppliedContainer } from "./workload.ts";

/** One container and what makes it true. */
export interface ContainerPlace {
  readonly disk: ContainerDisk;
  /** The container's folder. */
  readonly folder: string;
  readonly runner: ServiceRunner;
  /** The charm's own workload files, where the container cannot see the charm's folder. */
  readonly workload?: WorkloadFiles;
}

/** Files of the charm that services run from. */
export interface WorkloadFiles {
  readonly digest: string;
  readonly copy: (disk: ContainerDisk) => Promise<void>;
}

/** Makes one container as it is wanted: files first, then services, then what has running services take in the files. */
export async function applyContainer(
  { disk, folder, runner, workload }: ContainerPlace,
  outcome: ContainerOutcome,
): Promise<AppliedContainer> {
  const recordPath = posix.join(folder, "publication.json");
  const text = (await disk.read([recordPath])).get(recordPath);
  let record = readRecord(text);
  const keep = async (next: PublicationRecord): Promise<void> => {
    if (JSON.stringify(next) === JSON.stringify(record) && text !== undefined) return;
    record = next;
    await disk.write([{ path: recordPath, content: JSON.stringify(next), mode: 0o600 }]);
  };
  if (workload && workload.digest !== record.workload) {
    await keep({ ...record, restart: true });
    await workload.copy(disk);
    await keep({ ...record, workload: workload.digest });
  }
  const published = await publishFiles({ disk, folder }, outcome.files ?? {}, { record, keep });
  const before = record.own;
  // Those of this hook and of the one before: should this one end here, the next knows of both.
  await keep({ ...published.record, own: ownNames(outcome, before) });
  const services = await runner.apply(outcome, before);
  const digest = digestOfSet(loadable(outcome, published.record));
  const isNew = record.loaded !== digest || record.restart;
  const taken = await takeInFiles({
    outcome,
    running: isNew ? services.running : [],
    control: runner,
    restart: record.restart,
  });
  const isLoaded = taken.problems.length === 0 && services.problems.length === 0;
  await keep({
    ...record,
    own: ownNames(outcome),
    ...(isLoaded ? { loaded: digest, restart: false } : {}),
  });
  return {
    rejected: record.rejected,
    ...(isLoaded ? { applied: digest } : {}),
    problems: [...services.problems, ...taken.problems],
    counters: {
      ...published.counts,
      reloads: taken.reloads,
      restarts: taken.restarts + services.started.length,
    },
  };
}

function ownNames(
  { services, checks = {} }: ContainerOutcome,
  and: OwnNames = { services: [], checks: [] },
): OwnNames {
  return {
    services: [...new Set([...Object.keys(services), ...and.services])].toSorted(),
    checks: [...new Set([...Object.keys(checks), ...and.checks])].toSorted(),
  };
}

/** What services have to be told of: all but what they watch by themselves. */
function loadable(outcome: ContainerOutcome, { files }: PublicationRecord): PublicationRecord["files"] {
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => outcome.files?.[path]?.onChange !== "none"),
  );
}
