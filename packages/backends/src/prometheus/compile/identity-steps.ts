import type { IdentityLabel, Topology } from "@orrery/topology";
import { IDENTITY_LABELS, identityLabels, isIdentityLabel } from "@orrery/topology";
import type { RelabelConfig } from "./compile-relabelings.ts";

/** What hidden labels of targets start with; no author's step can write or drop them. */
const HIDDEN = "__orrery_";
const INSTANCE = `${HIDDEN}instance`;

/** Steps that write identity and instance from the hidden labels over whatever came before; the same for each job of a server. */
export function identitySteps(prefix: string | undefined): readonly RelabelConfig[] {
  return [
    ...IDENTITY_LABELS.map((label) => ({
      source_labels: [HIDDEN + label],
      target_label: inServer(label, prefix),
    })),
    { source_labels: [INSTANCE], regex: "(.+)", target_label: "instance" },
  ];
}

/** What an identity label is called in a server whose user chose another prefix than `juju_`. */
export function inServer(label: IdentityLabel, prefix: string = "juju_"): string {
  return prefix + label.slice("juju_".length);
}

/** Labels of one target that tell its identity: in the open, for the author's steps to read, and hidden, to be written last. */
export function targetIdentity(
  of: Topology,
  instance: string | undefined,
  prefix?: string,
): Readonly<Record<string, string>> {
  const identity = Object.entries(identityLabels(of));
  const hidden = identity.map(([name, value]) => [HIDDEN + name, value] as const);
  return {
    ...openIdentity(of, prefix),
    ...Object.fromEntries(hidden),
    ...(instance === undefined ? {} : { [INSTANCE]: instance }),
  };
}

/** The identity as labels that everyone sees. */
export function openIdentity(of: Topology, prefix?: string): Readonly<Record<string, string>> {
  const identity = Object.entries(identityLabels(of));
  return Object.fromEntries(
    identity.map(([name, value]) => [isIdentityLabel(name) ? inServer(name, prefix) : name, value]),
  );
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
