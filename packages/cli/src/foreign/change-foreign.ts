import type { ApplyCommand, DisconnectCommand, UndoCommand } from "@orrery/engine";
import type { Context } from "../context.ts";
import type { Format } from "../output/format.ts";
import { print } from "../output/format.ts";
import { tellSteps } from "./tell-steps.ts";

/** Has a bridge's foreign system changed, tells the steps to stderr, and prints what came of it. */
export async function changeForeign(
  context: Context,
  command: ApplyCommand | UndoCommand | DisconnectCommand,
  format: Format,
): Promise<void> {
  await using model = await context.model(tellSteps(context.terminal, () => command.application));
  const { message, details } = await model.command(command);
  await print(context.terminal, format, { value: details, render: () => `${message}\n` });
}

/** The fields that the commands share, as the command line gives them. */
export function changeFields(
  application: string | undefined,
  given: { readonly overwrite?: true | undefined; readonly wait?: number | undefined },
): Pick<ApplyCommand, "application" | "overwrite" | "waitMs"> {
  return {
    ...(application === undefined ? {} : { application }),
    ...(given.overwrite ? { overwrite: true } : {}),
    ...(given.wait === undefined ? {} : { waitMs: given.wait }),
  };
}
