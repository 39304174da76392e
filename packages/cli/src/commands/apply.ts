import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { changeFields, changeForeign } from "../foreign/change-foreign.ts";
import { overwriteOption, waitOption } from "../foreign/change-options.ts";
import { formatOption } from "../output/format.ts";

/** `orrery apply [APPLICATION]`. */
export function apply(context: Context): CommandUnknownOpts {
  return new Command("apply")
    .summary("make a system of yours what its bridge wants")
    .description(
      "Makes the system what its bridge wants, in steps: each is waited for until the system itself reports it. What cannot be done, or is refused, is taken back. Done again, it does nothing.",
    )
    .argument("[application]", "the bridge; the only one when absent")
    .addOption(overwriteOption())
    .addOption(waitOption())
    .addOption(formatOption())
    .action(async (application, { format, ...given }) => {
      await changeForeign(context, { command: "apply", ...changeFields(application, given) }, format);
    });
}
