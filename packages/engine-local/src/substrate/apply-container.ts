import { isAbsolute, resolve } from "node:path";
import type { BackendUse, ContainerOutcome, HttpGet } from "@orrery/charm";
import type { Publication } from "@orrery/engine";
import { httpGet } from "../http/loopback-http.ts";
import type { HttpRequest } from "../http/loopback-http.ts";
import type { ContainerFiles } from "../publication/container-files.ts";
import { Cost } from "../publication/cost.ts";
import { planService, serviceName } from "../services/service-plan.ts";
import type { ServicePlan } from "../services/service-plan.ts";
import type { Supervisor } from "../services/supervisor.ts";
import { ContainerWorkload } from "./container-workload.ts";
import type { LoadBackend } from "./load-backend.ts";
import type { UnitFolder } from "./unit-folder.ts";

/** What making one container true needs. */
export interface ApplyContainerOptions {
  readonly unit: string;
  readonly container: string;
  readonly outcome: ContainerOutcome;
  readonly folder: UnitFolder;
  /** Where services run that name no folder. */
  readonly workingFolder: string;
  readonly files: ContainerFiles;
  readonly supervisor: Supervisor;
  readonly backend: LoadBackend;
  readonly request: HttpRequest;
  readonly now: () => number;
}

/** A GET that verifies a monitoring system as its charm says. */
function verifiedBy({ ca }: BackendUse): HttpGet {
  return ca === undefined ? httpGet : async (url) => await httpGet(url, { ca });
}

/** Makes one container true: its files first, then its services, then what has the services take in the files. */
export async function applyContainer(options: ApplyContainerOptions): Promise<Publication> {
  const { unit, container, outcome, folder, supervisor, files } = options;
  const cost = new Cost();
  // All plans before any change: a service that cannot be described leaves everything as it was.
  const plans: Record<string, ServicePlan> = {};
  for (const [service, wanted] of Object.entries(outcome.services)) {
    const given = wanted.workingDir;
    const workingFolder =
      given === undefined
        ? options.workingFolder
        : isAbsolute(given)
          ? given
          : resolve(options.workingFolder, given);
    plans[service] = planService(
      { unit, container, service, workingFolder, logFolder: folder.logs(container, service) },
      wanted,
    );
  }
  await files.stage(outcome.files ?? {}, cost);
  const wanted = new Set(Object.values(plans).map(({ name }) => name));
  for (const name of supervisor.names(serviceName(unit, container, ""))) {
    if (!wanted.has(name)) await supervisor.remove(name);
  }
  for (const plan of Object.values(plans)) {
    const { restarted, ...written } = await supervisor.apply(plan);
    cost.add({ ...written, restarts: restarted ? 1 : 0 });
  }
  const { backend: use } = outcome;
  const backend = use && (await options.backend(use.name));
  const confirm = backend?.confirm;
  await files.load(
    new ContainerWorkload({
      ...options,
      plans,
      cost,
      ...(use && confirm
        ? { confirm: async () => await confirm(use.url, files.loadable(), verifiedBy(use)) }
        : {}),
    }),
    cost,
  );
  return { ...files.published(), counters: cost.counters };
}
