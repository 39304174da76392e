import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption, print } from "../output/format.ts";
import { version as ours } from "../version.ts";

/** `orrery version`. */
export function version(context: Context): CommandUnknownOpts {
  return new Command("version")
    .summary("print the version")
    .description("Prints the version of orrery.")
    .addOption(formatOption())
    .action(async ({ format }) => {
      const value = { version: ours(), node: process.versions.node };
      await print(context.terminal, format, { value, render: () => `${value.version}\n` });
    });
}
