import { OrreryError } from "@orrery/problems";
import type { Bundle, BundleApplication } from "./bundle.ts";
import { UNUSED_KEYS } from "./bundle-schema.ts";
import type { BundleDocument, DocumentApplication } from "./read-document.ts";

/** How the references in a bundle's file are read. */
export interface References {
  /** Makes a charm's reference good in every folder. */
  readonly charm: (reference: string) => string;
  /** Gives an option's value; Juju's `include-file://` and `include-base64://` name a file beside the bundle. */
  readonly option: (value: string) => string;
}

/**
 * Lays overlays over a bundle's document, and resolves what it refers to. Units are one where none are named.
 *
 * @throws OrreryError `BUNDLE_INVALID` for an application that an overlay adds without a charm.
 */
export function resolveBundle(
  document: BundleDocument,
  overlays: readonly BundleDocument[],
  references: References,
): Bundle {
  const whole = overlays.reduce(layOver, document);
  const applications = Object.entries(whole.applications ?? {}).flatMap(([name, one]) =>
    one === null ? [] : [[name, one] as const],
  );
  return {
    ...(whole.description === undefined ? {} : { description: whole.description }),
    applications: Object.fromEntries(
      applications.map(([name, one]) => [name, resolveApplication(name, one, references)]),
    ),
    relations: (whole.relations ?? []).flatMap(([a, b]) =>
      [a].flat().flatMap((first) => [b].flat().map((second) => [first, second] as const)),
    ),
    unused: [
      ...UNUSED_KEYS.bundle.filter((key) => key in whole),
      ...applications.flatMap(([name, one]) =>
        UNUSED_KEYS.application.filter((key) => key in one).map((key) => `${name}.${key}`),
      ),
    ],
  };
}

function resolveApplication(
  name: string,
  { charm, num_units: number, scale, options = {} }: DocumentApplication,
  references: References,
): BundleApplication {
  if (charm === undefined) {
    const message = `application ${name} has no charm: an overlay names it, and the bundle does not`;
    throw new OrreryError("BUNDLE_INVALID", message, { origin: { application: name } });
  }
  const values = Object.entries(options).map(([key, value]) => [
    key,
    typeof value === "string" ? references.option(value) : value,
  ]);
  return {
    charm: references.charm(charm),
    units: number ?? scale ?? 1,
    options: Object.fromEntries(values),
  };
}

/** Juju's rule: keys of applications and options are merged, null takes an application and its relations out, relations are added. */
function layOver(under: BundleDocument, over: BundleDocument): BundleDocument {
  const applications: Record<string, DocumentApplication | null> = { ...under.applications };
  const gone = new Set<string>();
  for (const [name, one] of Object.entries(over.applications ?? {})) {
    const before = applications[name];
    if (one === null) {
      gone.add(name);
      delete applications[name];
    } else {
      applications[name] = before
        ? { ...before, ...one, options: { ...before.options, ...one.options } }
        : one;
    }
  }
  const stays = (end: string | readonly string[]): boolean =>
    [end].flat().every((each) => !gone.has(each.split(":")[0] ?? ""));
  const kept = (under.relations ?? []).filter(([a, b]) => stays(a) && stays(b));
  return { ...under, ...over, applications, relations: [...kept, ...(over.relations ?? [])] };
}
