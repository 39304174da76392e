import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { positive } from "../arguments/numbers.ts";
import type { Context } from "../context.ts";
import { formatOption } from "../output/format.ts";
import { send } from "./send.ts";

/** `orrery add-unit APPLICATION`. */
export function addUnit(context: Context): CommandUnknownOpts {
  return new Command("add-unit")
    .summary("add units to an application")
    .description("Adds units to an application. Each gets an address of its own.")
    .argument("<application>", "name of the application")
    .option("-n, --num-units <count>", "how many", positive, 1)
    .addOption(formatOption())
    .action(async (application, { numUnits, format }) => {
      await send(context, { command: "add-unit", application, count: numUnits }, format);
    });
}
