import { problem } from "@orrery/problems";
import type { Origin, Problem } from "@orrery/problems";

/** The most problems that one relation reports; a hostile bag could make a hundred thousand. */
const MAX_PROBLEMS = 100;

/** Gives the first hundred problems of a relation, and how many more there are. */
export function atMost(problems: readonly Problem[], origin: Origin): readonly Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const message = `${problems.length - MAX_PROBLEMS} more findings are not shown`;
  return [...problems.slice(0, MAX_PROBLEMS), problem("RELATION_INVALID_VALUE", { message, origin })];
}
