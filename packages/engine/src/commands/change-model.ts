import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import type { CommandResult, ModelCommand } from "./command.ts";
import { journaled } from "./journal.ts";
import { planCommand } from "./plan-command.ts";

/**
 * Does what a command says to the model: worked out as a whole, committed with its journal entry, then whoever sees the change is run.
 *
 * @throws OrreryError whose code says why it is refused; nothing was changed then.
 */
export async function changeModel(core: Core, command: ModelCommand): Promise<CommandResult> {
  try {
    const plan = await planCommand(core, command);
    core.db.commit(journaled(core, command, plan));
    const dirty = new Set(plan.dirty);
    for (const unit of dirty) core.dirty.add(unit);
    core.failures.hasten(dirty);
    core.rounds.reset();
    core.log.write("INFO", "engine", plan.result.message);
    core.changed();
    return plan.result;
  } catch (cause) {
    const told = isOrreryError(cause) ? `${cause.code}: ${cause.message}` : String(cause);
    core.log.write("WARNING", "engine", `${command.command} refused, ${told}`);
    if (isOrreryError(cause)) throw cause;
    throw new OrreryError("COMMAND_INVALID", `${command.command} failed: ${told}`, { cause });
  }
}
