/** Run a charm on a view; consistency checks; a conformance kit for relation libraries. */
export { testCharm } from "./run/test-charm.ts";
export { runCharm } from "./run/run-charm.ts";
export type { TestedCharm } from "./run/run-charm.ts";
export { CharmRun } from "./run/charm-run.ts";
export { buildView } from "./view/build-view.ts";
export type { MaterialInput, RelationInput, ViewInput } from "./view/view-input.ts";
export { MaterialKeeper } from "./materials/material-keeper.ts";
export type { MaterialKeeperOptions } from "./materials/material-keeper.ts";
export { exchange } from "./exchange/exchange.ts";
export type { ExchangeOptions, Party, RelatedSides } from "./exchange/exchange.ts";
export { relate } from "./exchange/relate.ts";
export type { Related, RelatedParty } from "./exchange/relate.ts";
export { conformance } from "./conformance/conformance.ts";
export type { ConformanceSample, ConformanceSamples, EndpointPair } from "./conformance/conformance.ts";
