import { OrreryError } from "@orrery/problems";
import type { Code } from "@orrery/problems";
import type { Hook } from "../events/hook.ts";
import { hookName } from "../events/hook.ts";
import type { RunEnd } from "./run-cause.ts";

/** Says why a hook failed, with its last words; nothing where it ended well or the charm has none of that name. */
export function hookFailure(hook: Hook, { end, lastWords }: RunEnd, unit: string): OrreryError | undefined {
  if (end.how === "missing" || (end.how === "ended" && end.exitCode === 0)) return undefined;
  const [code, why] = reason(end);
  const words = lastWords === "" || code !== "HOOK_FAILED" ? "" : `: ${lastWords}`;
  return new OrreryError(code, `hook failed: "${hookName(hook)}" (${why})${words}`, { origin: { unit } });
}

function reason(end: Exclude<RunEnd["end"], { readonly how: "missing" }>): readonly [Code, string] {
  switch (end.how) {
    case "ended":
      return ["HOOK_FAILED", `exit code ${end.exitCode}`];
    case "signal":
      return ["HOOK_FAILED", `it was ended by ${end.signal}`];
    case "late":
      return ["HOOK_TIMEOUT", "it did not end in time"];
    case "limit":
      return ["HOOK_LIMIT", end.what];
    case "aborted":
      return ["HOOK_FAILED", "it was ended with the engine"];
    case "not-started":
      break;
  }
  return ["HOOK_FAILED", end.why];
}
