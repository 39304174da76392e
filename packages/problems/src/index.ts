/** Problem codes, origins, and the error registry that the docs are checked against. */
export { formatOrigin, formatProblem, problem } from "./problem.ts";
export type { Origin, Problem, ProblemDetails, Severity } from "./problem.ts";
export { areas, entry, isCode, registry } from "./registry.ts";
export type { Code, CodeEntry } from "./registry.ts";
export { counted } from "./counted.ts";
export { OrreryError, isOrreryError } from "./orrery-error.ts";
export type { OrreryErrorOptions } from "./orrery-error.ts";
