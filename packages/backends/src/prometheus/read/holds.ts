import { durationSeconds } from "@orrery/query";
import { asObject } from "../../read/json-field.ts";

/**
 * Says whether everything that was written is among what a server shows of its configuration, defaults filled in.
 *
 * Durations and sizes may be shown in other units, paths in full. What is shown beyond what was written is not looked at.
 *
 * @param shown - Its scalars are texts, as they stand in the YAML: no reader's idea of numbers comes between.
 */
export function holds(written: unknown, shown: unknown): boolean {
  if (isEmpty(written)) return isEmpty(shown);
  if (Array.isArray(written)) {
    return (
      Array.isArray(shown) &&
      written.length === shown.length &&
      written.every((one, i) => holds(one, shown[i]))
    );
  }
  if (typeof written === "object" && written !== null) {
    const fields = asObject(shown);
    return Object.entries(written).every(([name, value]) => holds(value, fields[name]));
  }
  return isSameText(String(written), String(shown));
}

const SEPARATORS = /[\u2028\u2029]/;

function words(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

/** Says whether two texts mean the same: a duration, a size, a path below some folder. */
export function isSameText(written: string, shown: string): boolean {
  if (written === shown || shown.endsWith(`/${written}`)) return true;
  // A server's YAML does not carry line and paragraph separators unchanged.
  if (SEPARATORS.test(written)) return words(written) === words(shown);
  const seconds = durationSeconds(written);
  if (seconds !== undefined && seconds === durationSeconds(shown)) return true;
  return /^\d+[KMG]B$/.test(written) && written.replace("B", "iB") === shown;
}

/** Says whether a value is what servers show for nothing, at any depth. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "" || value === "false")
    return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
