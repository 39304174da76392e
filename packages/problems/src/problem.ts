import type { Code } from "./registry.ts";
import { entry } from "./registry.ts";

/** How much a problem matters: an `error` leaves its item out, a `warning` lets it through changed, an `info` only tells. */
export type Severity = "error" | "warning" | "info";

/**
 * Where an item came from, as exactly as is known.
 *
 * Every line of a generated file can be traced to one of these.
 */
export interface Origin {
  /** Juju application that declared the item. */
  readonly application?: string;
  /** Unit, such as `storefront/0`, where one unit alone is meant. */
  readonly unit?: string;
  /** Endpoint through which the item arrived, such as `metrics-endpoint`. */
  readonly endpoint?: string;
  /** Relation id, as Juju numbers it. */
  readonly relation?: number;
  /** File that held the item, relative to its charm's folder or its declaration. */
  readonly file?: string;
  /** What the item is called by its author: a rule's, a job's or a panel's name. */
  readonly item?: string;
  /** Position among its kind, from 0. */
  readonly index?: number;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Column in the line, from 1, in UTF-16 code units. */
  readonly column?: number;
}

/** A coded finding about one item, with a remedy. It is data: it travels through bags, views and reports. */
export interface Problem {
  readonly code: Code;
  readonly severity: Severity;
  /** What was found and what was allowed; lower case, starting with the thing. */
  readonly message: string;
  /** What the reader can do about it. */
  readonly remedy: string;
  readonly origin: Origin;
}

/** What {@link problem} takes beside the code. */
export interface ProblemDetails {
  readonly message: string;
  readonly origin?: Origin;
  /** The registry's remedy when absent. */
  readonly remedy?: string;
  /** `error` when absent. */
  readonly severity?: Severity;
}

/** Makes a {@link Problem}, with the registry's remedy unless a better one is given. */
export function problem(code: Code, details: ProblemDetails): Problem {
  return {
    code,
    severity: details.severity ?? "error",
    message: details.message,
    remedy: details.remedy ?? entry(code).remedy,
    origin: details.origin ?? {},
  };
}

/** Writes an origin as a person reads it: `storefront:metrics-endpoint rules/errors.yaml:3 (HighErrors)`. */
export function formatOrigin(origin: Origin): string {
  const who = origin.unit ?? origin.application ?? "";
  const at = [who, origin.endpoint].filter(Boolean).join(":");
  const relation = origin.relation === undefined ? "" : `relation ${origin.relation}`;
  const position = [origin.line, origin.column].filter((n) => n !== undefined).join(":");
  const file = origin.file ? [origin.file, position].filter(Boolean).join(":") : "";
  const item = origin.item ? `(${origin.item})` : origin.index === undefined ? "" : `(#${origin.index})`;
  return [at, relation, file, item].filter(Boolean).join(" ");
}

/** Writes a problem on one line: code, where, what, and how to mend it. */
export function formatProblem(found: Problem): string {
  const where = formatOrigin(found.origin);
  return `${found.code}${where ? ` ${where}` : ""}: ${found.message}; ${found.remedy}`;
}
