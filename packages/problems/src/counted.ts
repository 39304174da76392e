/** A number with what it counts, as a message says it: `1 target`, `3 targets`. */
export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
