import type { Expectation } from "@orrery/charm";

/**
 * Says what is expected in a few words: `target storefront/0 at 127.0.0.1:8080`, `rule StorefrontErrorRate`.
 *
 * Of the system's own name, which holds the model and its UUID to be unique, only the end is kept.
 */
export function titleOf({ kind, name, unit }: Expectation): string {
  const last = name.split(/[ /]/).at(-1) ?? name;
  return unit === undefined ? `${kind} ${last}` : `${kind} ${unit} at ${last}`;
}
