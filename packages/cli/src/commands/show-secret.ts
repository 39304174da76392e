import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption, print, toYaml } from "../output/format.ts";

/** `orrery show-secret SECRET [--reveal]`. */
export function showSecret(context: Context): CommandUnknownOpts {
  return new Command("show-secret")
    .summary("see all about a secret")
    .description("Shows a secret and who may read it; to a person it is shown as YAML, as Juju does.")
    .argument("<secret>", "name, URI or id of the secret")
    .option("--reveal", "show what it holds, too")
    .addOption(formatOption())
    .addHelpText(
      "after",
      "\nExamples:\n  orrery show-secret api-token\n  orrery show-secret api-token --reveal --format json",
    )
    .action(async (secret, { reveal, format }) => {
      const engine = await context.engine();
      const value = await engine.secret(secret, { reveal: reveal === true });
      await print(context.terminal, format, { value, render: async () => await toYaml(value) });
    });
}
