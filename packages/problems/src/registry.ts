import { backendCodes } from "./codes/backends.ts";
import { charmCodes } from "./codes/charm.ts";
import { cliCodes } from "./codes/cli.ts";
import { databagCodes } from "./codes/databag.ts";
import { engineCodes } from "./codes/engine.ts";
import { engineLocalCodes } from "./codes/engine-local.ts";
import { provisionCodes } from "./codes/provision.ts";
import { queryCodes } from "./codes/query.ts";
import { relationCodes } from "./codes/relations.ts";
import { rulesCodes } from "./codes/rules.ts";
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

/**
 * Every code that this project can report, by area.
 *
 * `docs/reference/errors.md` is made from this table, and a test holds the two together.
 */
export const registry = {
  ...backendCodes,
  ...charmCodes,
  ...cliCodes,
  ...databagCodes,
  ...engineCodes,
  ...engineLocalCodes,
  ...provisionCodes,
  ...queryCodes,
  ...relationCodes,
  ...rulesCodes,
  ...setUpCodes,
  ...telemetryCodes,
  ...verifyCodes,
} as const satisfies Record<string, CodeEntry>;

/** A code of the {@link registry}. */
export type Code = keyof typeof registry;

/** Says whether a text is a registered code. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(registry, text);
}

/** Gives what the registry knows of a code. */
export function entry(code: Code): CodeEntry {
  return registry[code];
}
