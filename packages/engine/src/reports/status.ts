import type { EndpointSpec, StatusName } from "@orrery/charm";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import { openPortsOf } from "./open-ports.ts";
import { leaderOf, sidesOf, theModel } from "../model/model.ts";
import type { ApplicationRecord, UnitRecord } from "../model/records.ts";
import { wantsApplying } from "../settling/apply-unit.ts";

/** A status with the time it began, as Juju writes it; times are RFC 3339, UTC. */
export interface StatusInfo {
  readonly current: string;
  readonly message?: string;
  readonly since?: string;
}

/** The shape of `juju status --format json`, as far as a model without machines and storage has it. */
export interface ModelStatus {
  readonly model: {
    readonly name: string;
    readonly type: "orrery";
    readonly uuid: string;
    readonly "model-status": StatusInfo;
  };
  readonly applications: Readonly<Record<string, ApplicationStatus>>;
  /** Only when asked for. */
  readonly relations?: readonly RelationStatus[];
  readonly controller: { readonly timestamp: string };
}

/** One application. */
export interface ApplicationStatus {
  /** The charm as the person named it. */
  readonly charm: string;
  readonly "charm-name": string;
  readonly life: "alive" | "dying";
  readonly "application-status": StatusInfo;
  /** What the charm can be related through; none while it is not loaded. */
  readonly endpoints: Readonly<Record<string, EndpointSpec>>;
  /** By endpoint. */
  readonly relations: Readonly<Record<string, readonly RelatedApplication[]>>;
  readonly units: Readonly<Record<string, UnitStatus>>;
}

/** The other side of a relation. */
export interface RelatedApplication {
  readonly "related-application": string;
  readonly "related-endpoint": string;
  readonly interface: string;
  readonly scope: "global";
  readonly "relation-id": number;
}

/** One unit. */
export interface UnitStatus {
  readonly "workload-status": StatusInfo;
  readonly "juju-status": StatusInfo;
  readonly leader?: true;
  /** Such as `9090/tcp`. */
  readonly "open-ports": readonly string[];
  readonly address?: string;
  /** Port numbers by the charm's names. */
  readonly ports: Readonly<Record<string, number>>;
}

/** One relation of the model; the provider first, one end for peers. */
export interface RelationStatus {
  readonly id: number;
  readonly interface: string;
  readonly endpoints: readonly string[];
  readonly type: "regular" | "peer";
}

/** The worst first: an application is as its worst unit is. */
const SEVERITY: readonly StatusName[] = ["error", "blocked", "maintenance", "waiting", "active", "unknown"];

/** Reports the model. */
export function reportStatus(core: Core, options: { readonly relations?: boolean }): ModelStatus {
  const model = theModel(core.db);
  return {
    model: {
      name: model.name,
      type: "orrery",
      uuid: model.uuid,
      "model-status": { current: "available", since: model.created },
    },
    applications: Object.fromEntries(
      core.db.applications
        .values()
        .map((application) => [application.name, applicationStatus(core, application)]),
    ),
    ...(options.relations === true ? { relations: relationStatuses(core) } : {}),
    controller: { timestamp: now(core) },
  };
}

function applicationStatus(core: Core, application: ApplicationRecord): ApplicationStatus {
  const records = core.db.units.grouped("all", application.name, (unit) => [unit.application]);
  const units = records.map((unit) => [unit.name, unitStatus(core, unit)] as const);
  const infos = units.map(([, unit]) => unit["workload-status"]);
  const [worst] = infos.toSorted((a, b) => severity(a) - severity(b));
  const failure = core.failures.get("charm", application.name);
  const failed = failure && {
    current: "error",
    message: core.mask(`${failure.problem.code}: ${failure.problem.message}`),
  };
  const relations: Record<string, RelatedApplication[]> = {};
  for (const { relation, local, remote } of sidesOf(core.db, application.name)) {
    (relations[local.endpoint] ??= []).push({
      "related-application": remote.application,
      "related-endpoint": remote.endpoint,
      interface: relation.interface,
      scope: "global",
      "relation-id": relation.id,
    });
  }
  return {
    charm: application.charm,
    "charm-name": application.charmName,
    life: application.life,
    "application-status": failed ?? worst ?? { current: "unknown" },
    endpoints: core.charms.get(application.name)?.manifest.endpoints ?? {},
    relations,
    units: Object.fromEntries(units),
  };
}

function severity({ current }: StatusInfo): number {
  const found = SEVERITY.findIndex((name) => name === current);
  return found === -1 ? SEVERITY.length : found;
}

function unitStatus(core: Core, unit: UnitRecord): UnitStatus {
  const state = core.db.states.get(unit.name);
  const network = unit.placement?.network;
  const ports = network?.ports ?? {};
  const workload: StatusInfo = state
    ? {
        current: state.status.status,
        ...(state.status.message === "" ? {} : { message: state.status.message }),
        since: state.since,
      }
    : {
        current: "waiting",
        message: unit.placement ? "agent initialising" : "waiting for an address and programs",
        since: unit.created,
      };
  const dying = unit.life === "dying";
  return {
    "workload-status":
      dying && workload.current !== "error"
        ? { ...workload, current: "maintenance", message: "being removed" }
        : workload,
    "juju-status": { current: agentStatus(core, unit) },
    ...(leaderOf(core.db, unit.application) === unit.name ? { leader: true } : {}),
    "open-ports": openPortsOf(core, unit),
    ...(network ? { address: network.address } : {}),
    ports,
  };
}

/** What the engine itself has to do with the unit: idle when its charm has run on the present view and all that it wants was made true. */
function agentStatus(core: Core, unit: UnitRecord): string {
  const failing = core.failures
    .all()
    .some(({ entity, stage }) =>
      stage === "charm" ? entity === unit.application : entity === unit.name && stage !== "observe",
    );
  if (failing) return "error";
  if (!unit.placement) return "allocating";
  const busy =
    core.dirty.has(unit.name) ||
    core.runtimes.get(unit.name)?.outcome === undefined ||
    wantsApplying(core, unit.name);
  return busy || unit.life === "dying" ? "executing" : "idle";
}

function relationStatuses(core: Core): readonly RelationStatus[] {
  return core.db.relations.values().map(({ id, interface: of, ends }) => ({
    id,
    interface: of,
    endpoints: ends.map(({ application, endpoint }) => `${application}:${endpoint}`),
    type: ends.length === 1 ? "peer" : "regular",
  }));
}
