import type { ConfigValue } from "@orrery/charm";
import type { ApplicationConfig, Command, ModelStatus } from "@orrery/engine";
import { OrreryError, counted } from "@orrery/problems";
import type { Bundle, BundleApplication } from "./bundle.ts";

/** A step from a model to what a bundle wants of it. */
export interface BundleChange {
  /** In Juju's words, such as `deploy application shop`. */
  readonly says: string;
  readonly command: Command;
}

/** A model, as far as a bundle may change it. */
export interface ModelFacts {
  /** With its relations. */
  readonly status: ModelStatus;
  /** Options of the applications that a bundle names too. */
  readonly config: Readonly<Record<string, ApplicationConfig>>;
}

/**
 * Compares a bundle with a model and gives what is missing, in the order in which it can be done.
 *
 * What the bundle does not name stays as it is: applications, units above its number, options and relations.
 *
 * @throws OrreryError `BUNDLE_FOREIGN_APPLICATION` for a name that belongs to another charm, and `BUNDLE_INVALID` for a relation
 *   with an application that neither has; nothing is changed then.
 */
export function bundleChanges(bundle: Bundle, { status, config }: ModelFacts): readonly BundleChange[] {
  const wanted = Object.entries(bundle.applications);
  for (const [name, one] of wanted) expectOwn(name, one, status);
  for (const end of bundle.relations.flat()) expectKnown(end, bundle, status);
  return [
    ...wanted.flatMap(([name, one]) =>
      status.applications[name] ? changed(name, one, { status, config }) : [deployed(name, one)],
    ),
    ...bundle.relations.filter((pair) => !isRelated(pair, status)).map(related),
  ];
}

function expectOwn(name: string, { charm }: BundleApplication, { applications }: ModelStatus): void {
  const found = applications[name];
  if (!found || found.charm === charm || found["charm-name"] === charm) return;
  throw new OrreryError(
    "BUNDLE_FOREIGN_APPLICATION",
    `application ${name} is there from charm ${found.charm}, and the bundle's is ${charm}`,
    { origin: { application: name } },
  );
}

function expectKnown(end: string, bundle: Bundle, { applications }: ModelStatus): void {
  const [name = ""] = end.split(":");
  if (Object.hasOwn(bundle.applications, name) || Object.hasOwn(applications, name)) return;
  throw new OrreryError(
    "BUNDLE_INVALID",
    `relations name ${end}, and neither the bundle nor the model has an application ${name}`,
  );
}

function deployed(application: string, { charm, units, options: config }: BundleApplication): BundleChange {
  const of = charm === application ? "" : ` from charm ${charm}`;
  return {
    says: `deploy application ${application}${of}${units === 1 ? "" : ` with ${counted(units, "unit")}`}`,
    command: { command: "deploy", charm, application, units, config },
  };
}

function changed(
  application: string,
  { units, options }: BundleApplication,
  { status, config }: ModelFacts,
): readonly BundleChange[] {
  const settings = config[application]?.settings ?? {};
  const other = Object.entries(options).filter(([key, value]) => !isSame(settings[key]?.value, value));
  const set = Object.fromEntries(other);
  const count = units - Object.keys(status.applications[application]?.units ?? {}).length;
  return [
    ...(other.length === 0
      ? []
      : [
          {
            says: `set options of ${application}: ${other.map(([key]) => key).join(", ")}`,
            command: { command: "config", application, set } as const,
          },
        ]),
    ...(count <= 0
      ? []
      : [
          {
            says: `add ${counted(count, "unit")} to ${application}`,
            command: { command: "add-unit", application, count } as const,
          },
        ]),
  ];
}

/** Texts stand for values of other types too, as on the command line. */
function isSame(found: ConfigValue | undefined, wanted: ConfigValue): boolean {
  return found !== undefined && String(found) === String(wanted);
}

function related([a, b]: readonly [string, string]): BundleChange {
  return { says: `add relation ${a} - ${b}`, command: { command: "integrate", a, b } };
}

function isRelated([a, b]: readonly [string, string], { relations = [] }: ModelStatus): boolean {
  return relations.some(
    ({ endpoints: [one, other] }) => (fits(a, one) && fits(b, other)) || (fits(a, other) && fits(b, one)),
  );
}

/** An end without an endpoint is any of that application's. */
function fits(end: string, found: string | undefined): boolean {
  return found !== undefined && (end === found || (!end.includes(":") && found.startsWith(`${end}:`)));
}
