/** Says what a mistyped name may have meant, nearest first: ` (did you mean a or b?)`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearMatches(name, known);
  return near.length === 0 ? "" : ` (did you mean ${near.join(" or ")}?)`;
}

/** Up to three known names at most a third of their letters away, nearest first. */
export function nearMatches(name: string, known: readonly string[]): readonly string[] {
  const wanted = name.slice(0, 64);
  return known
    .map((one) => ({
      one,
      distance: one.startsWith(wanted) && wanted.length > 2 ? 1 : editDistance(wanted, one.slice(0, 64)),
    }))
    .filter(
      ({ one, distance }) => distance <= Math.max(1, Math.floor(Math.max(one.length, wanted.length) / 3)),
    )
    .toSorted((a, b) => a.distance - b.distance || (a.one < b.one ? -1 : 1))
    .slice(0, 3)
    .map(({ one }) => one);
}

/** Letters put in, left out, replaced, or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced);
      next.push(swapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
