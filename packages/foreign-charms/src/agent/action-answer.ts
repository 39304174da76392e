import type { ActionResults } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { ActionRun } from "../hook-run/action-run.ts";
import type { RunEnd } from "./run-cause.ts";

/**
 * What an action answers: what `action-set` said, the exit code, and what the program printed.
 *
 * @throws OrreryError `ACTION_FAILED` where it said so, or did not end well.
 */
export function answerOf(action: ActionRun, ended: RunEnd, unit: string): ActionResults {
  const { end, stdout, stderr, lastWords } = ended;
  const about = `action ${action.name} on ${unit}`;
  if (end.how === "missing") throw failed(`${about}: action not implemented on unit "${unit}"`);
  if (end.how === "late") throw failed(`${about} did not end in time and was ended`);
  if (end.how !== "ended")
    throw failed(`${about} did not come to its end: ${end.how === "limit" ? end.what : end.how}`);
  if (end.exitCode !== 0 || action.failure !== undefined) {
    const why = action.failure ?? `exit code ${end.exitCode}${lastWords === "" ? "" : `: ${lastWords}`}`;
    const said =
      Object.keys(action.results).length === 0 ? "" : `; results: ${JSON.stringify(action.results)}`;
    throw failed(`${about}: ${why}${said}`);
  }
  return {
    ...action.results,
    "return-code": 0,
    ...(stdout === "" ? {} : { stdout }),
    ...(stderr === "" ? {} : { stderr }),
  };
}

function failed(message: string): OrreryError {
  return new OrreryError("ACTION_FAILED", message);
}
