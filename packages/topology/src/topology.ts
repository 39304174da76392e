/**
 * Who emitted a piece of telemetry: Juju's model, application and unit, also where no Juju runs.
 *
 * @see `JujuTopology` in canonical/cos-lib, `src/cosl/juju_topology.py`.
 */
export interface Topology {
  readonly model: string;
  /** Canonical lower-case UUID version 4; foreign writers do not always keep to that, so readers must not rely on it. */
  readonly modelUuid: string;
  readonly application: string;
  /** Such as `storefront/0`. */
  readonly unit?: string;
  readonly charm?: string;
}

/** The identity labels, in the order in which they are written. */
export const IDENTITY_LABELS = [
  "juju_model",
  "juju_model_uuid",
  "juju_application",
  "juju_charm",
  "juju_unit",
] as const;

/** The name of an identity label. */
export type IdentityLabel = (typeof IDENTITY_LABELS)[number];

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Says whether a text is a canonical lower-case UUID version 4, the only kind that the Python libraries accept. */
export function isModelUuid(text: string): boolean {
  return UUID_V4.test(text);
}

/** Says whether a label name is one of ours to write. */
export function isIdentityLabel(name: string): name is IdentityLabel {
  return IDENTITY_LABELS.some((label) => label === name);
}

/** Gives the short identifier `{model}_{first 8 of the uuid}_{application}`, with `/` as `_`. */
export function identifier(of: Topology): string {
  return `${of.model}_${of.modelUuid.slice(0, 8)}_${of.application}`.replaceAll("/", "_");
}

/** Gives the labels that telemetry of this origin bears; absent and empty parts are left out. */
export function identityLabels(of: Topology): Readonly<Partial<Record<IdentityLabel, string>>> {
  const all: readonly (readonly [IdentityLabel, string | undefined])[] = [
    ["juju_model", of.model],
    ["juju_model_uuid", of.modelUuid],
    ["juju_application", of.application],
    ["juju_charm", of.charm],
    ["juju_unit", of.unit],
  ];
  return Object.fromEntries(all.filter(([, value]) => value !== undefined && value !== ""));
}
