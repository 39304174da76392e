import type { Problem } from "@orrery/problems";
import { tell } from "../reporting/tell.ts";

/** What a log store tells an application whose rules it was sent: a text for their author, absent when all was taken. */
export interface LogsFeedback {
  readonly errors?: string;
}

/** Makes feedback of what a relation's data was found wrong in; warnings are not among it. */
export function feedback(problems: readonly Problem[]): LogsFeedback {
  const errors = problems.filter(({ severity }) => severity === "error");
  return errors.length === 0 ? {} : { errors: tell(errors) };
}
