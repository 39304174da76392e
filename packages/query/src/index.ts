/** PromQL: parse, type-check, scope to an identity, list selectors and metrics. */
export {};
