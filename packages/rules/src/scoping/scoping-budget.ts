/**
 * How many tokens of one contributor's expressions may still be read, as the limits of PromQL count them; what scoping makes of an
 * expression is read again and counts too. Each rule takes its own away.
 */
export interface ScopingBudget {
  left: number;
}

/** Some 6,000 rules with what scoping adds to them: half a second of work. */
export const MAX_SCOPING_TOKENS = 400_000;

/** Gives a contributor's whole budget. */
export function scopingBudget(): ScopingBudget {
  return { left: MAX_SCOPING_TOKENS };
}
