import type { Bag, RelationView, Self } from "@orrery/charm";
import { MODEL } from "./run-scenario.ts";

/** A relation as one of our charms sees it, with another application. */
export function relationView(
  application: string,
  bags: {
    readonly remoteApplication?: Bag;
    /** By number. */
    readonly remoteUnits?: Readonly<Record<number, Bag>>;
    readonly localApplication?: Bag;
    readonly localUnit?: Bag;
  },
): RelationView {
  const { remoteApplication = {}, remoteUnits = { 0: {} }, localApplication = {}, localUnit = {} } = bags;
  const units = Object.entries(remoteUnits).map(
    ([number, bag]) => [`${application}/${number}`, bag] as const,
  );
  return {
    id: 1,
    endpoint: "endpoint",
    interface: "interface",
    application,
    model: MODEL,
    units: units.map(([name]) => name),
    version: 1,
    granted: ["10.1.7.20", "10.1.7.21"],
    bags: { localApplication, localUnit, remoteApplication, remoteUnits: Object.fromEntries(units) },
  };
}

/** The leader of an application of ours. */
export function leaderOf(application: string): Self {
  const topology = {
    model: MODEL.name,
    modelUuid: MODEL.uuid,
    application,
    unit: `${application}/0`,
    charm: application,
  };
  return { topology, leader: true, network: { address: "10.1.7.21", ports: {} } };
}
