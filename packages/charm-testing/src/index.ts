/** Run a charm on a view; consistency checks; a conformance kit for relation libraries. */
export {};
