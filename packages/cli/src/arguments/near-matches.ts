/** Gives up to three of the known texts that a mistyped one may have meant, nearest first. */
export function nearMatches(text: string, known: readonly string[]): readonly string[] {
  const wanted = text.slice(0, 64).toUpperCase();
  return known
    .map((one) => ({ one, distance: distanceOf(wanted, one.toUpperCase()) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(wanted.length / 3)))
    .toSorted((a, b) => a.distance - b.distance || (a.one < b.one ? -1 : 1))
    .slice(0, 3)
    .map(({ one }) => one);
}

/** Letters to change; a part that is found whole counts as near. */
function distanceOf(wanted: string, known: string): number {
  if (wanted.length >= 4 && known.includes(wanted)) return 1;
  let row = Array.from({ length: known.length + 1 }, (_, i) => i);
  for (let i = 1; i <= wanted.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= known.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (wanted[i - 1] === known[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[known.length] ?? 0;
}
