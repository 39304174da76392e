import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption } from "../output/format.ts";
import { send } from "./send.ts";

/** `orrery remove-relation APPLICATION[:ENDPOINT] APPLICATION[:ENDPOINT]`. */
export function removeRelation(context: Context): CommandUnknownOpts {
  return new Command("remove-relation")
    .summary("remove the relation of two applications")
    .description(
      "Removes a relation. What one side had on the other's account goes with it, and nothing else does.",
    )
    .argument("<application[:endpoint]>", "one side")
    .argument("<application[:endpoint]>", "the other side")
    .addOption(formatOption())
    .action(async (a, b, { format }) => {
      await send(context, { command: "remove-relation", a, b }, format);
    });
}
