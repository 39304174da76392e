import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { changeFields, changeForeign } from "../foreign/change-foreign.ts";
import { overwriteOption, waitOption } from "../foreign/change-options.ts";
import { formatOption } from "../output/format.ts";

/** `orrery undo [APPLICATION]`. */
export function undo(context: Context): CommandUnknownOpts {
  return new Command("undo")
    .summary("take the last apply back")
    .description(
      "Gives every object that the last apply changed the content that it had before, and waits until the system reports that.",
    )
    .argument("[application]", "the bridge; the only one when absent")
    .addOption(overwriteOption())
    .addOption(waitOption())
    .addOption(formatOption())
    .action(async (application, { format, ...given }) => {
      await changeForeign(context, { command: "undo", ...changeFields(application, given) }, format);
    });
}
