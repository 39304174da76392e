import { OrreryError } from "@orrery/problems";
import type { ApplyCommand, CommandResult, DisconnectCommand, UndoCommand } from "../commands/command.ts";
import { journaled } from "../commands/journal.ts";
import type { Core } from "../core.ts";
import { leaderOf } from "../model/model.ts";
import { applyExternal } from "./apply-external.ts";
import type { RunOptions } from "./carry-out-run.ts";
import { disconnectExternal, planDisconnect } from "./disconnect-external.ts";
import type { DisconnectPlan } from "./disconnect-external.ts";
import type { ExternalRecord } from "./external-record.ts";
import { externalKey } from "./external-record.ts";
import { externalRuntime, inTurn } from "./external-runtime.ts";
import { lookAtExternal } from "./look-at-external.ts";
import type { ExternalPlan } from "./plan-external.ts";
import { planExternal } from "./plan-external.ts";
import { theExternal } from "./the-external.ts";
import { undoExternal } from "./undo-external.ts";

/** A command that changes a foreign system. */
export type ExternalCommand = ApplyCommand | UndoCommand | DisconnectCommand;

/** Has the model come to rest as far as one application is concerned. */
export type Rest = (application: string) => Promise<void>;

/**
 * Says what `apply` would do, after a look at the system: by looking alone, unless a command was interrupted, which is brought to its end first.
 *
 * @throws OrreryError `EXTERNAL_NONE`, `EXTERNAL_BUSY`.
 */
export async function planCommandFor(
  core: Core,
  application: string | undefined,
  rest: Rest,
): Promise<ExternalPlan> {
  const { key, named } = await found(core, application, rest);
  return await inTurn(core, { key, command: "plan" }, async () => {
    const recovered = await look(core, { key, application: named }, rest);
    const plan = await planExternal(core, theExternal(core, named));
    return { ...plan, ...(recovered === undefined ? {} : { recovered }) };
  });
}

/** Says what `disconnect` would take away. @throws OrreryError as `disconnect` does. */
export async function planDisconnectFor(
  core: Core,
  application: string | undefined,
  rest: Rest,
): Promise<DisconnectPlan> {
  const { key, named } = await found(core, application, rest);
  return await inTurn(core, { key, command: "disconnect --dry-run" }, async () => {
    const { objects, drift } = await planDisconnect(core, theExternal(core, named));
    return { objects, drift };
  });
}

/** Changes a foreign system as a person asked, and remembers that in the journal. @throws OrreryError as the commands do. */
export async function changeExternal(
  core: Core,
  command: ExternalCommand,
  rest: Rest,
): Promise<CommandResult> {
  const { key, named } = await found(core, command.application, rest);
  const options: RunOptions = {
    overwrite: command.overwrite === true,
    ...(command.waitMs === undefined ? {} : { waitMs: command.waitMs }),
    ...(command.command === "disconnect" && command.force === true ? { unverified: true } : {}),
  };
  const result = await inTurn(core, { key, command: command.command }, async () => {
    const recovered = await look(core, { key, application: named, options }, rest);
    expectFinished(core, key);
    // A disconnect that was interrupted has been finished by the look.
    const record = core.db.external.get(key);
    const done = record ? await change(core, command, { record, options }) : ended(core, command, named);
    return recovered === undefined ? done : { ...done, message: `${recovered}; ${done.message}` };
  });
  core.db.commit(journaled(core, command, { changes: [], result }));
  delete core.externals.get(key)?.lookedAt;
  core.changed();
  return result;
}

async function change(
  core: Core,
  { command }: ExternalCommand,
  { record, options }: { readonly record: ExternalRecord; readonly options: RunOptions },
): Promise<CommandResult> {
  if (command === "apply") return await applyExternal(core, record, options);
  return command === "undo"
    ? await undoExternal(core, record, options)
    : await disconnectExternal(core, record, options);
}

/** The end of a disconnect that the look has finished. */
function ended(core: Core, { command }: ExternalCommand, application: string): CommandResult {
  if (command !== "disconnect") theExternal(core, application);
  return { message: `disconnected ${application}`, details: { application, removed: [] } };
}

/** What was begun before and is not at its end comes first. */
function expectFinished(core: Core, key: string): void {
  if (!core.db.externalRuns.has(key)) return;
  const why = externalRuntime(core, key).problems.find(({ severity }) => severity === "error");
  if (why) throw new OrreryError(why.code, why.message, { remedy: why.remedy, origin: why.origin });
}

/** What the model has come to rest on may name the system only then. */
async function found(
  core: Core,
  application: string | undefined,
  rest: Rest,
): Promise<{ readonly key: string; readonly named: string }> {
  if (application !== undefined) await rest(application);
  const { application: named, name } = theExternal(core, application);
  return { key: externalKey(named, name), named };
}

/** Looks at the system, and has its charm compile for what was found. */
async function look(
  core: Core,
  of: { readonly key: string; readonly application: string; readonly options?: RunOptions },
  rest: Rest,
): Promise<string | undefined> {
  const recovered = await lookAtExternal(core, of.key, of.options);
  if (leaderOf(core.db, of.application) !== undefined) await rest(of.application);
  return recovered;
}
