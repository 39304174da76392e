import type { View } from "@orrery/charm";
import type { SecretHook } from "./hook.ts";
import { bareSecretId } from "./secret-id.ts";
import type { UnitMemory } from "./unit-memory.ts";

/** The next hook about a secret: one that the charm has read and that is newer now, or one of its own whose time has come. */
export function nextOfSecrets(view: View, memory: UnitMemory): SecretHook | undefined {
  const revisions = new Map(
    Object.entries(view.secrets).map(([uri, { revision }]) => [bareSecretId(uri), revision]),
  );
  for (const [id, revision] of revisions) {
    const read = memory.read[id];
    if (read && revision > read.told)
      return { kind: "secret", event: "changed", id, label: read.label ?? "" };
  }
  for (const [id, { owner, label = "" }] of Object.entries(memory.owned)) {
    // What belongs to the application is its leader's matter.
    if (owner === "application" && !view.leader) continue;
    if (view.due.includes(rotateDeadline(id))) return { kind: "secret", event: "rotate", id, label };
    if (view.due.includes(expireDeadline(id)))
      return { kind: "secret", event: "expired", id, label, revision: revisions.get(id) ?? 1 };
  }
  return undefined;
}

/** Id of the deadline at which a secret has to change. */
export function rotateDeadline(id: string): string {
  return `secret-rotate ${id}`;
}

/** Id of the deadline at which a secret's revision has to go. */
export function expireDeadline(id: string): string {
  return `secret-expired ${id}`;
}
