/** A value as JSON has it. Integers beyond 2^53 lose digits, as everywhere in JavaScript. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
