import { quote } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { RelationView } from "@orrery/charm";

/** Reads one entry of an `event`: libraries write a text; whatever else is there is shown as JSON. */
export function reportedText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Makes a problem of each thing that the other side reports that it could not take. */
export function rejections(
  texts: readonly (string | undefined)[],
  relation: RelationView,
): readonly Problem[] {
  const origin = { endpoint: relation.endpoint, relation: relation.id };
  return texts.flatMap((text) => {
    if (text === undefined) return [];
    const message = `${relation.application} reports ${quote(text, 500)}`;
    return [problem("RELATION_REJECTED", { message, origin })];
  });
}
