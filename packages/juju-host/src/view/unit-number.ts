/** Number of a unit, by its name. */
export function unitNumber(unit: string): number {
  return Number(unit.slice(unit.lastIndexOf("/") + 1));
}

/** Sorts units by number; hook tools sort them as texts, with the tenth before the second. */
export function byNumber(units: readonly string[]): readonly string[] {
  return units.toSorted((a, b) => unitNumber(a) - unitNumber(b));
}
