import { isOrreryError } from "@orrery/problems";
import { runAction } from "../action/run-action.ts";
import { log } from "../tools/unit-tools.ts";
import { removeSecret } from "../tools/secret-tools.ts";
import type { Host } from "./host.ts";
import { reconcileUnit } from "./reconcile-unit.ts";

/**
 * Does what one hook or action calls for.
 *
 * A charm that is a function of what it sees does the same at nearly every hook: it looks, and makes true what it wants. A unit that
 * goes only ends what it began.
 */
export async function runHook(host: Host): Promise<void> {
  const { tools, workload, context } = host;
  const { event } = context;
  switch (event?.kind) {
    case undefined:
      return await log(tools, "DEBUG", "this hook is not known to this charm and was passed over");
    case "action":
      return await runAction(host, event.name);
    case "secret-remove":
      await removeSecret(tools, event.uri, event.revision);
      return await reconcileUnit(host);
    case "lifecycle":
      if (event.name === "stop") return await workload.stop();
      if (event.name === "remove") return await workload.remove();
      return await reconcileUnit(host);
    case "relation":
    case "other":
      return await reconcileUnit(host);
  }
}

/**
 * Runs one hook and gives the exit code of its process: anything but 0 has Juju keep nothing of it and run it again.
 *
 * What failed is in Juju's log then, as far as that takes it.
 */
export async function exitCodeOf(host: Host, run: (host: Host) => Promise<void> = runHook): Promise<0 | 1> {
  try {
    await run(host);
    return 0;
  } catch (cause) {
    await tell(host, cause);
    return 1;
  }
}

async function tell({ tools }: Host, cause: unknown): Promise<void> {
  const told = wordsOf(cause);
  try {
    await log(tools, "ERROR", told);
  } catch (failure) {
    // Juju keeps what a failed hook writes there, too.
    process.stderr.write(`${told}\n${wordsOf(failure)}\n`);
  }
}

/** What failed, with the stack that its author needs where it is a fault of a program. */
function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (!isOrreryError(cause)) return cause.stack ?? cause.message;
  const { stack } = cause.cause instanceof Error ? cause.cause : {};
  return `${cause.code}: ${cause.message}${stack === undefined ? "" : `\n${stack}`}`;
}
