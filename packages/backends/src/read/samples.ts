/** One sample of a page of metrics. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", '"': '"', "\\": "\\" };

/**
 * Reads the samples of the metrics that are named from a page in Prometheus's text format.
 *
 * @see Prometheus, exposition formats, text format 0.0.4.
 */
export function samplesOf(page: string, names: readonly string[]): readonly Sample[] {
  const found: Sample[] = [];
  for (const line of page.split("\n")) {
    if (!names.some((name) => line.startsWith(name))) continue;
    const [, name = "", labels = "", value = ""] = LINE.exec(line) ?? [];
    if (!names.includes(name)) continue;
    found.push({ name, labels: readLabels(labels), value: Number(value.replace("Inf", "Infinity")) });
  }
  return found;
}

/** Adds up the samples of one metric that bear the labels; nothing when there is none. */
export function sumOf(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels);
  const found = samples.filter(
    (one) => one.name === name && wanted.every(([key, value]) => one.labels[key] === value),
  );
  return found.length === 0 ? undefined : found.reduce((sum, one) => sum + one.value, 0);
}

function readLabels(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(LABEL)) {
    labels[name] = value.replaceAll(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
  }
  return labels;
}
