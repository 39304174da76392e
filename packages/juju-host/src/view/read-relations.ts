import type { Bag, EndpointSpec, Manifest } from "@orrery/charm";
import type { HookContext } from "../hook/hook-context.ts";
import { isAtLeast } from "../hook/juju-version.ts";
import type { HookTools } from "../tools/hook-tools.ts";
import {
  readBag,
  relationApplication,
  relationIds,
  relationModel,
  relationUnits,
} from "../tools/relation-tools.ts";
import type { SeenRelation } from "./seen-relation.ts";
import { byNumber } from "./unit-number.ts";

/** What reading relations needs to know. */
export interface RelationReading {
  readonly tools: HookTools;
  readonly context: HookContext;
  readonly manifest: Manifest;
  readonly leader: boolean;
}

/**
 * Reads every relation of the charm's endpoints with all its bags, in order of id.
 *
 * The one that is being broken is not among them, although Juju still lists it: nothing more can be written there. In `install` there
 * are none, since bags can be used only from `relation-created` on.
 */
export async function readRelations(reading: RelationReading): Promise<readonly SeenRelation[]> {
  const { tools, context, manifest } = reading;
  const { event } = context;
  if (event?.kind === "lifecycle" && event.name === "install") return [];
  const broken = event?.kind === "relation" && event.what === "broken" ? event.id : undefined;
  const found: SeenRelation[] = [];
  for (const [endpoint, spec] of Object.entries(manifest.endpoints)) {
    for (const id of await relationIds(tools, endpoint)) {
      if (id === broken) continue;
      const relation = await readRelation(reading, { endpoint, id, spec });
      if (relation) found.push(relation);
    }
  }
  return found.toSorted((a, b) => a.id - b.id);
}

interface Named {
  readonly endpoint: string;
  readonly id: number;
  readonly spec: EndpointSpec;
}

async function readRelation(reading: RelationReading, named: Named): Promise<SeenRelation | undefined> {
  const { tools, context, leader } = reading;
  const listed = await relationUnits(tools, named);
  if (!listed) return undefined;
  const application = await applicationOf(reading, named, listed);
  if (application === undefined) return undefined;
  const peers = named.spec.role === "peers";
  const read = async (name: string, kind: "unit" | "application"): Promise<Bag> =>
    await readBag(tools, named, { name, kind });
  const tellsModel = !peers && isAtLeast(context.version, [3, 6, 2]);
  const modelUuid = peers ? context.model.uuid : tellsModel ? await relationModel(tools, named) : undefined;
  const units = byNumber(listed);
  const remoteUnits: Record<string, Bag> = {};
  for (const unit of units) remoteUnits[unit] = await read(unit, "unit");
  const own = {
    unit: await read(context.unit, "unit"),
    application: leader ? await read(context.application, "application") : {},
  };
  // For peers both applications are one, and its bag may be read by all.
  const remoteApplication = peers && leader ? own.application : await read(application, "application");
  return {
    ...named,
    application,
    ...(modelUuid === undefined ? {} : { modelUuid }),
    units,
    own,
    remoteApplication,
    remoteUnits,
  };
}

async function applicationOf(
  { tools, context }: RelationReading,
  named: Named,
  units: readonly string[],
): Promise<string | undefined> {
  if (named.spec.role === "peers") return context.application;
  const [unit] = units;
  if (unit !== undefined) return unit.slice(0, unit.lastIndexOf("/"));
  const { event } = context;
  if (event?.kind === "relation" && event.id === named.id) return event.application;
  return await relationApplication(tools, named);
}
