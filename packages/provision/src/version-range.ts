/**
 * Orders two versions: negative when `a` is older, positive when it is newer, 0 when neither is.
 *
 * Numbers between dots are compared as numbers, missing ones count as 0, a leading `v` is ignored, and a pre-release
 * (`3.0.0-rc.1`) is older than its release. Debian's revision (`2.42.0-1`) starts with a digit and counts as the release.
 */
export function compareVersions(a: string, b: string): number {
  const left = read(a);
  const right = read(b);
  for (let i = 0; i < Math.max(left.numbers.length, right.numbers.length); i += 1) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(left.final) - Number(right.final);
}

/**
 * Says whether a version lies within a range such as `>=2.42 <4`.
 *
 * A range is a list of comparisons (`>=`, `>`, `<=`, `<`, `=`) that must all hold, or `*` for any version. `<4` leaves
 * out the pre-releases of 4 as well.
 *
 * @throws {@link RangeError} when the range is not of that form; ranges are written by this project, not by users.
 */
export function satisfies(version: string, range: string): boolean {
  if (range.trim() === "*") return true;
  return range
    .trim()
    .split(/\s+/)
    .every((comparison) => holds(version, comparison));
}

function holds(version: string, comparison: string): boolean {
  const [, operator, bound] = /^(>=|>|<=|<|=)(\d+(?:\.\d+)*)$/.exec(comparison) ?? [];
  if (operator === undefined || bound === undefined)
    throw new RangeError(`version range holds "${comparison}"`);
  const order = compareVersions(version, bound);
  if (operator === "<") return order < 0 && !isPrereleaseOf(version, bound);
  if (operator === "<=") return order <= 0;
  if (operator === ">") return order > 0;
  return operator === ">=" ? order >= 0 : order === 0;
}

function isPrereleaseOf(version: string, bound: string): boolean {
  const { numbers, final } = read(version);
  return !final && compareVersions(numbers.join("."), bound) === 0;
}

function read(version: string): { numbers: number[]; final: boolean } {
  const [, numbers = "0", rest = ""] = /^v?(\d+(?:\.\d+)*)(.*)$/.exec(version.trim()) ?? [];
  return { numbers: numbers.split(".").map(Number), final: !/^[-~]?[a-z]/i.test(rest) };
}
