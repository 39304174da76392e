import { badArguments } from "./tool-error.ts";

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/**
 * Reads when a secret expires: RFC 3339, `yyyy-mm-ddThh:mm:ss` as UTC, or a Go duration from now. Gives RFC 3339.
 *
 * @throws ToolError of exit code 2 for what is none of them, or no longer ahead.
 */
export function readExpiry(text: string, now: number): string {
  const at = Date.parse(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/u.test(text) ? `${text}Z` : text);
  const moment = /^\d{4}-/u.test(text) ? at : now + duration(text);
  if (!Number.isFinite(moment) || moment <= now)
    throw badArguments(`expire time or duration ${JSON.stringify(text)} not valid`);
  return new Date(moment).toISOString();
}

/** Milliseconds of a text such as `1h30m`; no number for others. @see Go, `time.ParseDuration`. */
function duration(text: string): number {
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/u.test(text)) return Number.NaN;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/gu);
  return [...parts].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ""] ?? Number.NaN),
    0,
  );
}
