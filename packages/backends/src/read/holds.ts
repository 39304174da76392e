import { durationSeconds } from "@orrery/query";
import { asObject } from "./json-field.ts";

/**
 * Says whether everything that was written is among what a system shows of its configuration, defaults filled in.
 *
 * Durations and sizes may be shown in other units, paths in full, secrets hidden. What is shown beyond what was written is not looked at.
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
  return typeof written === "string" ? isSameText(written, String(shown)) : written === shown;
}

/** Says whether two texts mean the same: a duration, a size, a path below some folder. */
export function isSameText(written: string, shown: string): boolean {
  if (written === shown || shown === "<secret>" || shown.endsWith(`/${written}`)) return true;
  const seconds = durationSeconds(written);
  if (seconds !== undefined && seconds === durationSeconds(shown)) return true;
  return /^\d+[KMG]B$/.test(written) && written.replace("B", "iB") === shown;
}

/** Says whether a value is what systems show for nothing, at any depth. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
