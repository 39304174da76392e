import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption } from "../output/format.ts";
import { send } from "./send.ts";

/** `orrery remove-unit UNIT…`. */
export function removeUnit(context: Context): CommandUnknownOpts {
  return new Command("remove-unit")
    .summary("remove units")
    .description("Removes units with what they stored. Their numbers are not used again.")
    .argument("<unit...>", "units, such as storefront/1")
    .addOption(formatOption())
    .action(async (units, { format }) => {
      for (const unit of units) await send(context, { command: "remove-unit", unit }, format);
    });
}
