import type { Origin, Problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import { reportExternal } from "../external/report-external.ts";
import { leaderOf } from "../model/model.ts";
import { secretProblems } from "../secrets/secret-problems.ts";
import { workloadProblems } from "../settling/effective-status.ts";

/** A problem with who found it. */
export interface ReportedProblem extends Problem {
  /** Unit, or application where its charm as a whole is meant. */
  readonly reporter: string;
}

/** Everything that is wrong now: what failed, what charms found, which files did not go live, what does not run. */
export function reportProblems(core: Core): readonly ReportedProblem[] {
  const { db } = core;
  const found: ReportedProblem[] = core.failures
    .all()
    // What could not be made is among the findings of the run, each material for itself.
    .filter(({ stage }) => stage !== "material")
    .map(({ entity, problem }) => ({ ...problem, reporter: entity }));
  for (const { name } of db.applications.values()) {
    for (const problem of secretProblems(core, name)) found.push({ ...problem, reporter: name });
    for (const problem of core.charms.get(name)?.problems ?? []) {
      found.push({ ...problem, origin: { application: name, ...problem.origin }, reporter: name });
    }
  }
  for (const { name: unit, application } of db.units.values()) {
    const own = { application, unit };
    for (const problem of core.runtimes.get(unit)?.problems ?? []) found.push(reported(problem, unit, own));
    for (const { rejected } of Object.values(db.states.get(unit)?.publications ?? {})) {
      for (const [file, { problem }] of Object.entries(rejected))
        found.push(reported(problem, unit, { ...own, file }));
    }
    for (const problem of workloadProblems(core, unit)) found.push({ ...problem, reporter: unit });
  }
  for (const { application, problem } of reportExternal(core))
    found.push(reported(problem, leaderOf(db, application) ?? application, { application }));
  return found.map((one) => ({ ...one, message: core.mask(one.message), remedy: core.mask(one.remedy) }));
}

/** A finding that does not say whose item is meant is about the unit itself. */
function reported(problem: Problem, reporter: string, own: Origin): ReportedProblem {
  const { origin } = problem;
  const known = origin.application !== undefined || origin.unit !== undefined;
  return { ...problem, origin: known ? origin : { ...own, ...origin }, reporter };
}
