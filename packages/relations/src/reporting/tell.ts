import { formatProblem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";

/** The most problems that one feedback names. */
const MOST = 20;

/** Tells problems to their author in one text: the first twenty, and how many more there are. */
export function tell(problems: readonly Problem[]): string {
  const more = problems.length - MOST;
  return [...problems.slice(0, MOST).map(formatProblem), ...(more > 0 ? [`and ${more} more`] : [])].join(
    "; ",
  );
}
