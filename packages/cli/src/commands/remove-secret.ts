import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption } from "../output/format.ts";
import { send } from "./send.ts";

/** `orrery remove-secret SECRET`. */
export function removeSecret(context: Context): CommandUnknownOpts {
  return new Command("remove-secret")
    .summary("remove a secret")
    .description("Removes a secret. Options that name it go on naming it, and `verify` tells of them.")
    .argument("<secret>", "name, URI or id of the secret")
    .addOption(formatOption())
    .action(async (secret, { format }) => {
      await send(context, { command: "remove-secret", secret }, format);
    });
}
