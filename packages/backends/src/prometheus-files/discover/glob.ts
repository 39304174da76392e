/**
 * Says whether a name matches a pattern as Prometheus's own patterns do: `*` and `?` stop at slashes, `[…]` chooses.
 *
 * @see Go, `path/filepath`, Match.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  let source = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    const end = char === "[" ? pattern.indexOf("]", at + 2) : -1;
    if (char === "*") source += "[^/]*";
    else if (char === "?") source += "[^/]";
    else if (end > 0) {
      source += `[${pattern.slice(at + 1, end).replaceAll(/[\\\]]/g, String.raw`\$&`)}]`;
      at = end;
    } else if (char === "\\" && at + 1 < pattern.length) {
      at += 1;
      source += quoted(pattern.charAt(at));
    } else source += quoted(char);
  }
  try {
    return new RegExp(`^${source}$`, "u").test(name);
  } catch {
    // A set that no reader would take matches nothing.
    return false;
  }
}

function quoted(char: string): string {
  return char.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, (one) => (one === "-" ? one : `\\${one}`));
}
