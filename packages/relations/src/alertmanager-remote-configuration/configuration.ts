import type { Json } from "@orrery/databag";

/**
 * An Alertmanager configuration that one application gives another: Alertmanager's own keys, these alone.
 *
 * @see Alertmanager 0.27, configuration reference.
 */
export interface AlertmanagerConfiguration {
  readonly global?: { readonly [key: string]: Json };
  readonly route?: { readonly [key: string]: Json };
  readonly receivers?: readonly Json[];
  readonly inhibit_rules?: readonly Json[];
  readonly time_intervals?: readonly Json[];
  readonly mute_time_intervals?: readonly Json[];
  /** Contents of template files, not paths. */
  readonly templates?: readonly string[];
}

const list = { type: "array", maxItems: 1000 };

/** The form of the configuration as the bag carries it: without its templates. */
export const configurationSchema: object = {
  type: "object",
  additionalProperties: false,
  properties: {
    global: { type: "object" },
    route: { type: "object" },
    receivers: list,
    inhibit_rules: list,
    time_intervals: list,
    mute_time_intervals: list,
  },
};

/** Keys by which Alertmanager would read a file or go through a proxy. */
const NEVER = /_files?$|^(files?|no_proxy|templates)$|^proxy_/;

/** Gives the place of the first key, at any depth, that is never taken from a relation. */
export function forbiddenKey(value: Json, at: string = ""): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, member] of Object.entries(value) as readonly (readonly [string, Json])[]) {
    const where = at === "" ? key : `${at}.${key}`;
    if (NEVER.test(key)) return where;
    const deeper = forbiddenKey(member, where);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}
