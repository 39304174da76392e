import { backendCodes } from "./codes/backends.ts";
import { charmCodes } from "./codes/charm.ts";
import { cliCodes } from "./codes/cli.ts";
import { databagCodes } from "./codes/databag.ts";
import { engineCodes } from "./codes/engine.ts";
import { engineLocalCodes } from "./codes/engine-local.ts";
import { foreignCharmCodes } from "./codes/foreign-charms.ts";
import { materialCodes } from "./codes/materials.ts";
import { externalCodes } from "./codes/external.ts";
import { jujuHostCodes } from "./codes/juju-host.ts";
import { provisionCodes } from "./codes/provision.ts";
import { queryCodes } from "./codes/query.ts";
import { relationCodes } from "./codes/relations.ts";
import { rulesCodes } from "./codes/rules.ts";
import { secretsCodes } from "./codes/secrets.ts";
import { setUpCodes } from "./codes/set-up.ts";
import { telemetryCodes } from "./codes/telemetry.ts";
import { verifyCodes } from "./codes/verify.ts";

/** What the registry knows of a code; `orrery explain CODE` and the errors page show it. */
export interface CodeEntry {
  /** A few words. */
  readonly title: string;
  /** When it appears and what it means for everything else. */
  readonly meaning: string;
  /** How to mend it. */
  readonly remedy: string;
}

/** A code of the {@link registry}. */
export type Code =
  | keyof typeof backendCodes
  | keyof typeof charmCodes
  | keyof typeof cliCodes
  | keyof typeof databagCodes
  | keyof typeof engineCodes
  | keyof typeof engineLocalCodes
  | keyof typeof foreignCharmCodes
  | keyof typeof materialCodes
  | keyof typeof externalCodes
  | keyof typeof jujuHostCodes
  | keyof typeof provisionCodes
  | keyof typeof queryCodes
  | keyof typeof relationCodes
  | keyof typeof rulesCodes
  | keyof typeof secretsCodes
  | keyof typeof setUpCodes
  | keyof typeof telemetryCodes
  | keyof typeof verifyCodes;

/** The codes of each area, by the area's name. */
export const areas: Readonly<Record<string, Readonly<Record<string, CodeEntry>>>> = {
  backends: backendCodes,
  charm: charmCodes,
  cli: cliCodes,
  databag: databagCodes,
  engine: engineCodes,
  "engine-local": engineLocalCodes,
  "foreign-charms": foreignCharmCodes,
  materials: materialCodes,
  external: externalCodes,
  "juju-host": jujuHostCodes,
  provision: provisionCodes,
  query: queryCodes,
  relations: relationCodes,
  rules: rulesCodes,
  secrets: secretsCodes,
  "set-up": setUpCodes,
  telemetry: telemetryCodes,
  verify: verifyCodes,
};

/**
 * Every code that this project can report.
 *
 * `docs/reference/errors.md` is made from this table, and a test holds the two together.
 */
export const registry: Readonly<Record<Code, CodeEntry>> = {
  ...backendCodes,
  ...charmCodes,
  ...cliCodes,
  ...databagCodes,
  ...engineCodes,
  ...engineLocalCodes,
  ...foreignCharmCodes,
  ...materialCodes,
  ...externalCodes,
  ...jujuHostCodes,
  ...provisionCodes,
  ...queryCodes,
  ...relationCodes,
  ...rulesCodes,
  ...secretsCodes,
  ...setUpCodes,
  ...telemetryCodes,
  ...verifyCodes,
};

/** Says whether a text is a registered code. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(registry, text);
}

/** Gives what the registry knows of a code. */
export function entry(code: Code): CodeEntry {
  return registry[code];
}
