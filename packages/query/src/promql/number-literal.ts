import { refuse } from "./refuse.ts";
import { DURATIONS_ARE_NUMBERS, OLDEST } from "./since.ts";

const DURATION = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/;
const PART = /(\d+)(ms|[ywdhms])/g;
const SECONDS: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3_600,
  m: 60,
  s: 1,
  ms: 0.001,
};

/** Go keeps durations as nanoseconds in 64 bits, which is 292 years. */
const LONGEST_SECONDS = 9_223_372_036;

/** A number or a duration; PromQL takes either for the other since Prometheus 2.54. */
export interface NumberLiteral {
  /** A duration in seconds. */
  readonly value: number;
  readonly isDuration: boolean;
}

/**
 * Reads a duration as Prometheus writes it: `1h30m`, units from large to small, each once.
 *
 * @returns Seconds, or nothing where the text is no duration or is longer than 292 years.
 * @see Prometheus common, `model/time.go`, `ParseDuration`; a bare `0` is for the caller to allow.
 */
export function durationSeconds(text: string): number | undefined {
  if (text === "" || !DURATION.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(PART)) seconds += Number(amount) * (SECONDS[unit ?? ""] ?? 0);
  return seconds > LONGEST_SECONDS ? undefined : seconds;
}

/**
 * Reads a number or duration literal without its sign.
 *
 * @throws {@link OrreryError} `QUERY_SYNTAX` for what Go's parser refuses: too large, or run together with a word.
 */
export function readNumber(text: string, from: number, to: number): NumberLiteral {
  const literal = text.slice(from, to);
  const place = { text, offset: from };
  if (/\w/.test(text.charAt(to))) refuse("QUERY_SYNTAX", place, `number ${literal} runs into what follows`);
  if (/^(?:inf|nan)$/i.test(literal))
    return { value: literal.toLowerCase() === "nan" ? Number.NaN : Infinity, isDuration: false };
  if (/^[\d_]+[a-z]/i.test(literal) && !/^0x|e/i.test(literal)) {
    const seconds = durationSeconds(literal);
    if (seconds === undefined)
      refuse("QUERY_SYNTAX", place, `duration ${literal} is not valid or longer than 292 years`);
    return { value: seconds, isDuration: true };
  }
  const value = Number(literal.replaceAll("_", ""));
  if (!Number.isFinite(value) || (/^0x/i.test(literal) && value >= 2 ** 63)) {
    refuse("QUERY_SYNTAX", place, `number ${literal} is out of range`);
  }
  return { value, isDuration: false };
}

/**
 * Reads a duration that must have a length, such as a range.
 *
 * @returns The oldest Prometheus that reads it.
 * @throws {@link OrreryError} `QUERY_SYNTAX`.
 */
export function checkRange(text: string, from: number, to: number): string {
  const { value, isDuration } = readNumber(text, from, to);
  const place = { text, offset: from };
  if (!(value > 0)) refuse("QUERY_SYNTAX", place, `duration ${text.slice(from, to)} is not greater than 0`);
  if (value > LONGEST_SECONDS)
    refuse("QUERY_SYNTAX", place, `duration ${text.slice(from, to)} is longer than 292 years`);
  return isDuration ? OLDEST : DURATIONS_ARE_NUMBERS;
}
