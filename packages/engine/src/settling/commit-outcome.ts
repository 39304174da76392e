import type { Bag, BagWrites, Outcome } from "@orrery/charm";
import { OrreryError, problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import { readersOf } from "../commands/readers.ts";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import { takeExternal } from "../external/take-external.ts";
import type { RelationSide } from "../model/model.ts";
import { bagKey, leaderOf, sidesOf, unitsOf } from "../model/model.ts";
import type { StateRecord, UnitRecord } from "../model/records.ts";
import { keepSecrets, stirReaders } from "../secrets/keep-secrets.ts";
import type { TableChange } from "../store/table.ts";
import { effectiveStatus, tidyStatus } from "./effective-status.ts";
import { materialChanges, noteMaking } from "./make-materials.ts";
import type { MadeMaterials } from "./make-materials.ts";

/** Characters that one bag may hold, keys and values together. */
const LARGEST_BAG = 16 * 1024 * 1024;
/** Characters of JSON that a unit's memory may hold. */
const LARGEST_MEMORY = 1024 * 1024;

/**
 * Takes a good outcome in: bags, status, deadlines, materials and secrets in one commit, all or none; then says who sees it.
 *
 * What the unit may not write is left out, as problems.
 * @throws OrreryError `STORE_FULL` or `STORE_FAILED`, `OUTCOME_INVALID` for a memory past its limit; nothing was changed then.
 */
export function commitOutcome(
  core: Core,
  unit: UnitRecord,
  { outcome, made }: { readonly outcome: Outcome; readonly made: MadeMaterials },
): readonly Problem[] {
  const size = JSON.stringify(outcome.memory)?.length ?? 0;
  if (size > LARGEST_MEMORY) {
    const message = `memory of ${unit.name} has ${size} characters; allowed are ${LARGEST_MEMORY}`;
    throw new OrreryError("OUTCOME_INVALID", message);
  }
  const writes = readWrites(core, unit, outcome);
  const secrets = keepSecrets(core, unit, outcome.secrets);
  const before = core.db.states.get(unit.name);
  const said = tidyStatus(core, outcome.status);
  const status = effectiveStatus(core, unit.name, said);
  const same = before?.status.status === status.status && before.status.message === status.message;
  const state: StateRecord = {
    status,
    since: same ? before.since : now(core),
    said,
    deadlines: outcome.deadlines,
    publications: before?.publications ?? {},
    external: Object.keys(outcome.external).toSorted(),
    openedPorts: outcome.openedPorts.toSorted(),
    ...(outcome.memory === undefined ? {} : { memory: outcome.memory }),
  };
  const opened = (before?.openedPorts ?? []).join(" ") !== state.openedPorts.join(" ");
  const changed = writes.bags.filter(({ change }) => !change.idle);
  core.db.commit([
    ...changed.map(({ change }) => change),
    ...materialChanges(core, unit.name, made),
    ...secrets.changes,
    core.db.states.put(unit.name, state),
    ...takeExternal(core, unit, outcome),
  ]);
  core.counters.bagWrites += changed.length;
  for (const { side } of changed) stir(core, unit, side);
  stirReaders(core, unit, secrets);
  // Those who are related may reach what was opened.
  if (opened) for (const reader of readersOf(core, unit.application)) core.dirty.add(reader);
  // What the unit asked for is in its view from now on.
  core.dirty.add(unit.name);
  if (!same)
    core.log.write(
      "INFO",
      unit.name,
      `status ${status.status}${status.message === "" ? "" : `: ${status.message}`}`,
    );
  return [...writes.problems, ...noteMaking(core, unit.name, made), ...secrets.problems];
}

interface BagChange {
  readonly side: RelationSide;
  readonly change: TableChange;
}

function readWrites(
  core: Core,
  unit: UnitRecord,
  outcome: Outcome,
): { readonly bags: readonly BagChange[]; readonly problems: readonly Problem[] } {
  const sides = new Map(sidesOf(core.db, unit.application).map((side) => [String(side.relation.id), side]));
  const leads = leaderOf(core.db, unit.application) === unit.name;
  const bags: BagChange[] = [];
  const problems: Problem[] = [];
  const leaveOut = (
    code: "BAG_NOT_LEADER" | "BAG_NOT_MEMBER" | "BAG_TOO_LARGE",
    id: string,
    message: string,
  ): void => {
    const endpoint = sides.get(id)?.local.endpoint;
    const origin = { unit: unit.name, relation: Number(id), ...(endpoint === undefined ? {} : { endpoint }) };
    problems.push(
      problem(code, { message, origin, severity: code === "BAG_NOT_LEADER" ? "warning" : "error" }),
    );
  };
  for (const [id, write] of Object.entries(outcome.bags)) {
    const side = sides.get(id);
    if (!side) {
      leaveOut("BAG_NOT_MEMBER", id, `${unit.name} wrote to relation ${id}, which it is not part of`);
      continue;
    }
    for (const [owner, bag] of ownBags(unit, write)) {
      if (owner === unit.application && !leads) {
        leaveOut(
          "BAG_NOT_LEADER",
          id,
          `${unit.name} wrote the bag of ${owner} in relation ${id} without being its leader`,
        );
      } else if (sizeOf(bag) > LARGEST_BAG) {
        leaveOut(
          "BAG_TOO_LARGE",
          id,
          `bag of ${owner} in relation ${id} has ${sizeOf(bag)} characters; allowed are ${LARGEST_BAG}`,
        );
      } else {
        const content = normalise(bag);
        const key = bagKey(side.relation.id, owner);
        const empty = Object.keys(content).length === 0;
        const change = empty
          ? core.db.bags.drop(key)
          : core.db.bags.put(key, { relation: side.relation.id, owner, content });
        bags.push({ side, change });
      }
    }
  }
  return { bags, problems };
}

function ownBags(unit: UnitRecord, write: BagWrites): readonly (readonly [string, Bag])[] {
  return [
    ...(write.application ? [[unit.application, write.application] as const] : []),
    ...(write.unit ? [[unit.name, write.unit] as const] : []),
  ];
}

/** Sorted, so that equal contents are equal texts; an empty text is an absent key. */
function normalise(bag: Bag): Bag {
  const kept = Object.entries(bag).filter(([, value]) => value !== "");
  return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function sizeOf(bag: Bag): number {
  return Object.entries(bag).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
}

/** Has everyone run again who sees what the unit wrote in a relation, itself among them. */
function stir(core: Core, unit: UnitRecord, { relation, remote }: RelationSide): void {
  const readers = unitsOf(core.db, remote.application).map(({ name }) => name);
  for (const to of new Set([...readers, unit.name])) {
    core.dirty.add(to);
    core.rounds.note({ from: unit.name, to, relation: relation.id });
  }
}
