import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption } from "../output/format.ts";
import { send } from "./send.ts";

/** `orrery grant-secret SECRET APPLICATION[,APPLICATION…]`. */
export function grantSecret(context: Context): CommandUnknownOpts {
  return granting(context, "grant-secret", {
    summary: "let applications read a secret",
    description:
      "Lets applications read a secret. Each goes on reading it, whatever its revision, until `revoke-secret`.",
  });
}

/** `orrery revoke-secret SECRET APPLICATION[,APPLICATION…]`. */
export function revokeSecret(context: Context): CommandUnknownOpts {
  return granting(context, "revoke-secret", {
    summary: "have applications read a secret no longer",
    description:
      "Has applications read a secret no longer. What they have read they may still know: change it with `update-secret`.",
  });
}

function granting(
  context: Context,
  command: "grant-secret" | "revoke-secret",
  { summary, description }: { readonly summary: string; readonly description: string },
): CommandUnknownOpts {
  return new Command(command)
    .summary(summary)
    .description(description)
    .argument("<secret>", "name, URI or id of the secret")
    .argument("<applications>", "applications, with commas between")
    .addOption(formatOption())
    .addHelpText("after", `\nExample:\n  orrery ${command} api-token storefront,prometheus`)
    .action(async (...[secret, names, { format }]) => {
      const applications = names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "");
      await send(context, { command, secret, applications }, format);
    });
}
