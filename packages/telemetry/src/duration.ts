const PARTS = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const UNIT_MS: readonly number[] = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1];

/**
 * Gives the milliseconds of a Prometheus duration, or nothing when the text is none.
 *
 * @see Prometheus 3.x, `common/model`, `ParseDuration`: largest unit first, each at most once; `0` alone is allowed.
 */
export function durationMs(text: string): number | undefined {
  if (text === "0") return 0;
  const found = text === "" || text.length > 32 ? null : PARTS.exec(text);
  if (!found) return undefined;
  return UNIT_MS.reduce((sum, unit, at) => sum + unit * Number(found[at + 1] ?? 0), 0);
}
