/** What is read of one expression; all of it is checked before parsing, so that no text can hold up the rest. */
export interface PromqlLimits {
  /** Bytes of UTF-8. */
  readonly bytes: number;
  /** Words, numbers, strings and punctuation, comments apart. */
  readonly tokens: number;
  /** Parentheses, brackets and braces that are open at once. */
  readonly depth: number;
}

/**
 * 32 KiB, 2,000 tokens, 100 deep: several times what the longest rules of the field need.
 *
 * More tokens can be asked for, but the grammar gives up by itself near 1,100 operators in a row.
 */
export const PROMQL_LIMITS: PromqlLimits = { bytes: 32 * 1024, tokens: 2_000, depth: 100 };
