/**
 * Writes a LogQL stream selector of label values; empty values, which would match streams without the label, are left out.
 *
 * Escapes of JSON are escapes of Go, in which Loki reads its strings.
 */
export function streamSelector(labels: Readonly<Record<string, string>>): string {
  const matchers = Object.entries(labels)
    .filter(([, value]) => value !== "")
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${matchers.join(", ")}}`;
}
