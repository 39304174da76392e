import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption } from "../output/format.ts";
import { send } from "./send.ts";

/** `orrery integrate APPLICATION[:ENDPOINT] APPLICATION[:ENDPOINT]`. */
export function integrate(context: Context): CommandUnknownOpts {
  return new Command("integrate")
    .alias("relate")
    .summary("relate two applications")
    .description(
      "Relates two applications. Endpoints may be left out where only one pair of them fits: one side provides the interface " +
        "that the other requires.",
    )
    .argument("<application[:endpoint]>", "one side")
    .argument("<application[:endpoint]>", "the other side")
    .addOption(formatOption())
    .addHelpText("after", "\nExample:\n  orrery integrate storefront:metrics-endpoint prometheus")
    .action(async (a, b, { format }) => {
      await send(context, { command: "integrate", a, b }, format);
    });
}
