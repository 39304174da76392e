import type { prometheus } from "@orrery/backends/prometheus";

/** What a contributor emits. */
export type Telemetry = Parameters<typeof prometheus.contributor>[1];
type Job = Telemetry["scrapes"][number];

/** Whose jobs they are. */
export const identity = {
  model: "obs",
  modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
  application: "zinc",
};
/** A job that is as it should be. */
export const plain: Job = {
  name: "",
  path: "/metrics",
  scheme: "http",
  targets: [{ address: "127.4.0.1:80", unit: "zinc/0", labels: {} }],
  origin: {},
};

/** Texts that JSON can carry and that a reader of YAML might take for something else, or for nothing at all. */
const TEXTS = [
  "\u0000",
  "\u007f",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\uffff",
  "\ud800",
  "\u{1f4a1}",
  "- a: *b",
  "!!binary x",
  "${HOME}",
  "$1",
  "'\"\n\\",
  "{{ . }}",
  "on",
  "1e3",
  "~",
];
const STEPS: readonly NonNullable<Job["relabelings"]>[number][] = [
  { action: "drop", sourceLabels: ["a"], regex: "(" },
  { action: "replace", targetLabel: "a", regex: "(?<=x)", replacement: "$9" },
  { action: "hashmod", targetLabel: "a", sourceLabels: ["b"], modulus: -1 },
  { action: "keepequal", targetLabel: "a", sourceLabels: ["b"], regex: "x" },
];
/** What is odd about other jobs. */
export const strangers: readonly Partial<Job>[] = [
  ...TEXTS.map((text) => ({
    name: text,
    path: `/${text}`,
    params: { [text]: [text] },
    targets: [{ address: "127.4.0.1:80", unit: text, labels: { tier: text } }],
  })),
  ...STEPS.flatMap((step) => [{ relabelings: [step] }, { metricRelabelings: [step] }]),
  { authorization: { kind: "bearer", type: "Basic", credentials: { inline: "x" } } },
  { authorization: { kind: "basic", username: "\u0000:\n", password: { inline: "\u0000" } } },
  { tls: { ca: "junk", serverName: "\ud800" } },
  { interval: "0s", timeout: "9h", sampleLimit: -1 },
];
