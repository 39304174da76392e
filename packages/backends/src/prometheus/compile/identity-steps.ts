import type { Topology } from "@orrery/topology";
import { IDENTITY_LABELS, identityLabels } from "@orrery/topology";
import type { RelabelConfig } from "./compile-relabelings.ts";

/** What hidden labels of targets start with; no author's step can write or drop them. */
const HIDDEN = "__orrery_";
const INSTANCE = `${HIDDEN}instance`;

/** Steps that write identity and instance from the hidden labels over whatever came before; the same for each job. */
export const IDENTITY_STEPS: readonly RelabelConfig[] = [
  ...IDENTITY_LABELS.map((label) => ({ source_labels: [HIDDEN + label], target_label: label })),
  { source_labels: [INSTANCE], regex: "(.+)", target_label: "instance" },
];

/** Labels of one target that tell its identity: in the open, for the author's steps to read, and hidden, to be written last. */
export function targetIdentity(of: Topology, instance: string | undefined): Readonly<Record<string, string>> {
  const open = identityLabels(of);
  const hidden = Object.entries(open).map(([name, value]) => [HIDDEN + name, value] as const);
  return {
    ...open,
    ...Object.fromEntries(hidden),
    ...(instance === undefined ? {} : { [INSTANCE]: instance }),
  };
}

/**
 * What `instance` is for a unit: the field's `model_uuid_application_unit`, and the address where one job asks a unit more than once.
 *
 * @see canonical/prometheus-k8s-operator, `lib/charms/prometheus_k8s/v0/prometheus_scrape.py`, instance relabelling.
 */
export function instanceOf(of: Topology, address: string | undefined): string {
  return [
    of.model,
    of.modelUuid,
    of.application,
    of.unit ?? "",
    ...(address === undefined ? [] : [address]),
  ].join("_");
}
