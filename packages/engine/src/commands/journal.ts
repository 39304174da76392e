import type { Core } from "../core.ts";
import { now } from "../core.ts";
import { theModel } from "../model/model.ts";
import type { ModelRecord } from "../model/records.ts";
import type { TableChange } from "../store/table.ts";
import type { Command, CommandResult } from "./command.ts";

/** Commands that are remembered. */
const KEPT = 1000;

/**
 * The changes of a command with its entry in the journal: one commit, so that neither stands without the other.
 *
 * The change of the model's own row, if there is one among them, is merged with the journal's count.
 */
export function journaled(
  core: Core,
  command: Command,
  plan: { readonly changes: readonly TableChange[]; readonly result: CommandResult },
): readonly TableChange[] {
  const row = plan.changes.findLast(({ row: { kind } }) => kind === core.db.models.kind)?.row;
  const model = row?.value === undefined ? theModel(core.db) : (JSON.parse(row.value) as ModelRecord);
  const sequence = model.nextCommand;
  const oldest = core.db.journal.keys().slice(0, Math.max(0, core.db.journal.keys().length + 1 - KEPT));
  return [
    ...plan.changes.filter(({ row: { kind } }) => kind !== core.db.models.kind),
    core.db.models.put("model", { ...model, nextCommand: sequence + 1 }),
    core.db.journal.put(String(sequence), {
      sequence,
      time: now(core),
      command: withoutValues(command),
      result: plan.result.message,
    }),
    ...oldest.map((key) => core.db.journal.drop(key)),
  ];
}

const HIDDEN = "*****";

/** The command as it may be remembered: what secrets hold, and what actions were given, is nobody's to read later. */
function withoutValues(command: Command): Command {
  if (command.command === "run" && command.params) return { ...command, params: hidden(command.params) };
  if ((command.command === "add-secret" || command.command === "update-secret") && command.content)
    return { ...command, content: hidden(command.content) };
  return command;
}

function hidden(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(values).map((key) => [key, HIDDEN]));
}
