import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption } from "../output/format.ts";
import { send } from "./send.ts";

/** `orrery remove-application APPLICATION…`. */
export function removeApplication(context: Context): CommandUnknownOpts {
  return new Command("remove-application")
    .summary("remove applications with their units and relations")
    .description("Removes applications with their units, their relations, and what their units stored.")
    .argument("<application...>", "names of applications")
    .addOption(formatOption())
    .action(async (applications, { format }) => {
      for (const application of applications)
        await send(context, { command: "remove-application", application }, format);
    });
}
