declare const nothing: unique symbol;

/** The names of a kind that a charm declares none of: no text is one of them, so a misspelt one is a type error. */
export type Nothing = { readonly [nothing]?: never };
