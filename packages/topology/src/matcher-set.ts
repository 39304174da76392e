import type { Topology } from "./topology.ts";

/** One label matcher of PromQL or LogQL. */
export interface Matcher {
  readonly name: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/**
 * The matchers that keep an expression within one identity.
 *
 * Topology by default; a mapping such as `job="mongodb"` for targets that a foreign Prometheus already scrapes;
 * `juju_application=~"a|b"` for rules that join several applications.
 */
export type MatcherSet = readonly Matcher[];

/** Gives the three matchers that expressions carry: model, model UUID and application; never charm or unit. */
export function topologyMatchers(of: Topology): MatcherSet {
  return [
    { name: "juju_application", op: "=", value: of.application },
    { name: "juju_model", op: "=", value: of.model },
    { name: "juju_model_uuid", op: "=", value: of.modelUuid },
  ];
}

/** Gives the matchers of a mapping, sorted by label name. */
export function mappedMatchers(labels: Readonly<Record<string, string>>): MatcherSet {
  return Object.keys(labels)
    .toSorted()
    .map((name) => ({ name, op: "=", value: labels[name] ?? "" }));
}
