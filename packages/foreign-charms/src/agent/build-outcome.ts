import type { Deadline, Outcome, SecretRequest, View } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { UPDATE_STATUS } from "../events/next-hook.ts";
import { expireDeadline, rotateDeadline } from "../events/secret-hooks.ts";
import type { UnitMemory } from "../events/unit-memory.ts";
import { ownSecrets } from "../hook-run/own-secrets.ts";
import type { Work } from "../hook-run/work.ts";

/** Makes of what a unit's hooks have done the outcome that they want. */
export function buildOutcome(view: View, work: Work, problems: readonly Problem[]): Outcome {
  const secrets = ownSecrets({ view, work });
  const standing = new Set(secrets.map(({ id }) => id));
  const owned = Object.fromEntries(Object.entries(work.memory.owned).filter(([id]) => standing.has(id)));
  const memory: UnitMemory = { ...work.memory, owned };
  return {
    protocol: 1,
    status: memory.status,
    bags: bagsOf(view, work),
    containers: {},
    materials: {},
    secrets: Object.fromEntries(
      secrets
        // What its leader wants counts.
        .filter(({ about }) => about.owner === "unit" || view.leader)
        .map(({ id, name, content, about: { owner, grants } }): [string, SecretRequest] => [
          name,
          {
            id,
            content,
            owner,
            grants: grants.filter((one) => view.relations.some((relation) => relation.id === one)),
          },
        ]),
    ),
    openedPorts: memory.ports,
    deadlines: deadlinesOf(view, memory),
    external: {},
    problems,
    expectations: [],
    memory,
  };
}

/** A relation that has ended has no bags, and one who leads no more has none to write for all. */
function bagsOf(view: View, work: Work): Outcome["bags"] {
  const kept = Object.entries(work.bags).filter(([id]) =>
    view.relations.some((one) => String(one.id) === id),
  );
  return Object.fromEntries(
    kept.map(([id, { application, unit }]) => [
      id,
      { ...(application && view.leader ? { application } : {}), ...(unit ? { unit } : {}) },
    ]),
  );
}

function deadlinesOf(view: View, memory: UnitMemory): readonly Deadline[] {
  const deadlines: Deadline[] = [];
  if (memory.updateStatusAt !== "") deadlines.push({ id: UPDATE_STATUS, at: memory.updateStatusAt });
  for (const [id, { owner, rotateAt, expireAt }] of Object.entries(memory.owned)) {
    if (owner === "application" && !view.leader) continue;
    if (rotateAt !== undefined) deadlines.push({ id: rotateDeadline(id), at: rotateAt });
    if (expireAt !== undefined) deadlines.push({ id: expireDeadline(id), at: expireAt });
  }
  return deadlines;
}
