/** Who emitted this: Juju topology, labels, identifiers and identity matcher sets. */
export { IDENTITY_LABELS, identifier, identityLabels, isIdentityLabel, isModelUuid } from "./topology.ts";
export type { IdentityLabel, Topology } from "./topology.ts";
export { mappedMatchers, topologyMatchers } from "./matcher-set.ts";
export type { Matcher, MatcherSet } from "./matcher-set.ts";
