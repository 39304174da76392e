/** The oldest Prometheus that is supported. */
export const OLDEST = "2.42";

/** The first Prometheus that takes numbers for durations and durations for numbers. */
export const DURATIONS_ARE_NUMBERS = "2.54";

/** The first Prometheus that reads quoted metric and label names. */
export const UTF8_NAMES = "3.0";

/** Gives the newer of two versions, each `major.minor`. */
export function newer(one: string, other: string): string {
  return rank(one) >= rank(other) ? one : other;
}

function rank(version: string): number {
  const [major, minor] = version.split(".");
  return Number(major) * 1_000 + Number(minor);
}
