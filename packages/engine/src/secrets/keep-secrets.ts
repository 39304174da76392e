import type { Outcome, SecretRequest } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Code, Problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import { leaderOf, sidesOf } from "../model/model.ts";
import type { SecretOwner, SecretRecord, UnitRecord } from "../model/records.ts";
import type { TableChange } from "../store/table.ts";
import { contentFault, sameContent } from "./check-content.ts";
import { newSecretId } from "./new-secret-id.ts";
import { readersOfSecret } from "./readable-secrets.ts";

/** What becomes of the secrets that a unit's charm wants kept. */
export interface KeptSecrets {
  readonly changes: readonly TableChange[];
  readonly problems: readonly Problem[];
  /** Secrets whose readers see something else after the changes than before. */
  readonly changed: readonly { readonly before?: SecretRecord; readonly after?: SecretRecord }[];
}

/**
 * Works out what a unit's outcome changes about the secrets that its charm keeps: the unit's own, and the application's if it leads.
 *
 * One that cannot be kept as it is wanted stays as it was, as a problem.
 */
export function keepSecrets(core: Core, unit: UnitRecord, wanted: Outcome["secrets"]): KeptSecrets {
  const leads = leaderOf(core.db, unit.application) === unit.name;
  const problems: Problem[] = [];
  const changes: TableChange[] = [];
  const changed: { before?: SecretRecord; after?: SecretRecord }[] = [];
  const ids = new Set<string>();
  for (const [name, request] of Object.entries(wanted)) {
    const kind = request.owner ?? "application";
    // All units of a charm say the same of the application's secrets; the leader's word counts.
    if (kind === "application" && !leads) continue;
    const before = ownedBy(core, ownerOf(unit, kind)).find((one) => one.name === name);
    const made = make(core, { unit, name, request, before });
    problems.push(...made.problems);
    const after = made.secret ?? before;
    if (!after) continue;
    ids.add(after.id);
    const change = core.db.secrets.put(after.id, after);
    if (change.idle) continue;
    changes.push(change);
    changed.push({ ...(before?.id === after.id ? { before } : {}), after });
  }
  const kept = leads ? (["application", "unit"] as const) : (["unit"] as const);
  for (const before of kept.flatMap((kind) => ownedBy(core, ownerOf(unit, kind)))) {
    if (ids.has(before.id)) continue;
    changes.push(core.db.secrets.drop(before.id));
    changed.push({ before });
  }
  return { changes, problems, changed };
}

/** Has everyone run again who sees another thing than before; called when the changes were made. */
export function stirReaders(core: Core, unit: UnitRecord, { changed }: KeptSecrets): void {
  for (const { before, after } of changed) {
    for (const secret of [before, after]) {
      for (const to of secret ? readersOfSecret(core, secret) : []) {
        core.dirty.add(to);
        core.rounds.note({ from: unit.name, to });
      }
    }
    const { name, id, revision } = after ?? before ?? { name: "", id: "", revision: 0 };
    const what = after ? `is at revision ${revision}` : "is no longer kept";
    core.log.write("DEBUG", unit.name, `secret ${name} (secret:${id}) ${what}`);
  }
}

/** The changes that end a unit's own secrets, and an application's when `unit` is absent. */
export function endOfSecrets(core: Core, application: string, unit?: string): readonly TableChange[] {
  const owner: SecretOwner =
    unit === undefined ? { kind: "application", application } : { kind: "unit", application, unit };
  return ownedBy(core, owner).map(({ id }) => core.db.secrets.drop(id));
}

function ownerOf(unit: UnitRecord, kind: "application" | "unit"): SecretOwner {
  const { application } = unit;
  return kind === "unit" ? { kind, application, unit: unit.name } : { kind, application };
}

function ownedBy(core: Core, owner: SecretOwner): readonly SecretRecord[] {
  return core.db.secrets.grouped("owned", JSON.stringify(owner), (one) => [JSON.stringify(one.owner)]);
}

interface Wanted {
  readonly unit: UnitRecord;
  readonly name: string;
  readonly request: SecretRequest;
  readonly before: SecretRecord | undefined;
}

/** The secret as it is wanted; none when it cannot be kept so. */
function make(
  core: Core,
  { unit, name, request, before }: Wanted,
): { readonly secret?: SecretRecord; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const refuse = (code: Code, why: string): void => {
    problems.push(
      problem(code, {
        message: `secret ${name} of ${unit.name}: ${why}`,
        origin: { unit: unit.name, item: name },
      }),
    );
  };
  const fault = contentFault(request.content);
  if (fault !== undefined) {
    refuse("SECRET_CONTENT_INVALID", fault);
    return { problems };
  }
  const taken = request.id === undefined ? undefined : core.db.secrets.get(request.id);
  if (taken && taken.id !== before?.id) {
    refuse("SECRET_ID_TAKEN", `id ${taken.id} is another secret's`);
    return { problems };
  }
  const own = new Set(sidesOf(core.db, unit.application).map(({ relation }) => relation.id));
  const strange = request.grants.filter((id) => !own.has(id));
  if (strange.length > 0)
    refuse(
      "SECRET_GRANT_INVALID",
      `granted to relation ${strange.join(", ")}, which ${unit.application} is not part of`,
    );
  const same = before && (request.id === undefined || request.id === before.id) ? before : undefined;
  const stands = same !== undefined && sameContent(same.content, request.content);
  const at = now(core);
  const secret: SecretRecord = {
    id: same?.id ?? request.id ?? newSecretId(core.around.random),
    name,
    owner: ownerOf(unit, request.owner ?? "application"),
    revision: stands ? same.revision : (same?.revision ?? 0) + 1,
    content: stands ? same.content : { ...request.content },
    applications: [],
    relations: [...new Set(request.grants.filter((id) => own.has(id)))].toSorted((a, b) => a - b),
    created: same?.created ?? at,
    updated: stands ? same.updated : at,
  };
  return { secret, problems };
}
