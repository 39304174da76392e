import { OrreryError } from "@orrery/problems";

/** Names that a draft may use: what the charm declares. */
export interface DeclaredNames {
  readonly endpoints: readonly string[];
  readonly containers: readonly string[];
}

/**
 * Refuses what reconcile returned when it is no draft, or speaks of what the charm does not declare.
 *
 * @throws OrreryError `OUTCOME_INVALID` naming what was found and what is declared.
 */
export function expectDraft(draft: unknown, declared: DeclaredNames): asserts draft is object {
  if (draft instanceof Promise) draft.catch(ignore);
  if (typeof draft !== "object" || draft === null || Array.isArray(draft) || draft instanceof Promise) {
    throw new OrreryError(
      "OUTCOME_INVALID",
      `reconcile returned ${describe(draft)}; an object with a status is wanted`,
    );
  }
  expectNames("publish" in draft ? draft.publish : undefined, "endpoint", declared.endpoints);
  expectNames("containers" in draft ? draft.containers : undefined, "container", declared.containers);
}

function expectNames(values: unknown, kind: string, declared: readonly string[]): void {
  if (typeof values !== "object" || values === null) return;
  for (const name of Object.keys(values)) {
    if (declared.includes(name)) continue;
    const known = declared.join(", ") || "none";
    throw new OrreryError(
      "OUTCOME_INVALID",
      `outcome speaks of ${kind} ${name}, which the charm does not declare; declared are ${known}`,
    );
  }
}

/** A promise is refused as it is; what it would have said later is nobody's any more. */
function ignore(): void {
  return undefined;
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Promise) return "a promise";
  return `a value of type ${typeof value}`;
}
