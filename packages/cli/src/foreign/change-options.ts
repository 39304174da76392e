import { Option } from "@commander-js/extra-typings";
import { duration } from "../arguments/numbers.ts";

/** The option by which what somebody else has changed is gone over. */
export function overwriteOption(): Option<"--overwrite"> {
  return new Option(
    "--overwrite",
    "go over what somebody else has changed of ours; see it first with `orrery plan`",
  );
}

/** The option that says how long to wait for each step. */
export function waitOption(): Option<"--wait <seconds>", undefined, undefined, undefined, false, number> {
  return new Option(
    "--wait <seconds>",
    "longest wait for the system to report each step (default: 60, 300 where a person has to act)",
  ).argParser(duration);
}
