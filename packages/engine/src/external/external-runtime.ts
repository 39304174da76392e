import type { ExternalObjectView } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import type { Drift } from "./compare-objects.ts";

/** What is known of a foreign system beside its record; made again at each start. */
export interface ExternalRuntime {
  /** When it was last looked at, in milliseconds since 1970; absent when it has to be looked at anew. */
  lookedAt?: number;
  /** What the last look found wrong. */
  problems: readonly Problem[];
  /** How the objects that were applied were last seen. */
  states: Readonly<Record<string, ExternalObjectView["state"]>>;
  drift: readonly Drift[];
  /** The command that changes it now. */
  command?: string;
  /** Ends when whoever has the turn is done. */
  turn: Promise<unknown>;
}

/** A foreign system's runtime, made when first asked for. */
export function externalRuntime(core: Core, key: string): ExternalRuntime {
  const found = core.externals.get(key);
  if (found) return found;
  const made: ExternalRuntime = { problems: [], states: {}, drift: [], turn: Promise.resolve() };
  core.externals.set(key, made);
  return made;
}

/**
 * Has a command work on a foreign system alone; it waits for a look that is under way.
 *
 * @throws OrreryError `EXTERNAL_BUSY` while another command does.
 */
export async function inTurn<Result>(
  core: Core,
  { key, command }: { readonly key: string; readonly command: string },
  work: () => Promise<Result>,
): Promise<Result> {
  const runtime = externalRuntime(core, key);
  if (runtime.command !== undefined) {
    throw new OrreryError(
      "EXTERNAL_BUSY",
      `foreign system of ${key.split(" ")[0]} is being worked on: ${runtime.command}`,
    );
  }
  runtime.command = command;
  try {
    await runtime.turn;
    return await work();
  } finally {
    delete runtime.command;
  }
}
