import { InvalidArgumentError } from "@commander-js/extra-typings";

/** Reads a whole number of at least 1. */
export function positive(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1)
    throw new InvalidArgumentError("It is not a whole number of at least 1.");
  return value;
}

/** Reads a whole number of at least 0. */
export function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It is not a whole number of at least 0.");
  return Number(text);
}

/** Reads seconds, as `5`, `5s`, `1m` or `500ms`; gives milliseconds. */
export function duration(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError("It is not a time such as 5s or 1m.");
  return (
    Number(digits) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit === undefined ? "s" : (unit as "ms")]
  );
}
