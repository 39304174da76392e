/** Rule groups: typed parameters, generic rules, scoping, templates, rendering. */
export {};
