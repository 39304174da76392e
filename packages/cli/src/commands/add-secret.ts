import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { secretContent } from "../arguments/secret-content.ts";
import type { Context } from "../context.ts";
import { formatOption, print } from "../output/format.ts";

/** `orrery add-secret NAME KEY=VALUE…`. */
export function addSecret(context: Context): CommandUnknownOpts {
  return new Command("add-secret")
    .summary("add a secret")
    .description(
      "Adds a secret and prints its URI. No application can read it before `grant-secret`. With `key#file=path` the value is what " +
        "the file holds, byte for byte: prefer that, since arguments are seen by others on the machine and kept by shells.",
    )
    .argument("<name>", "name of the secret, such as api-token")
    .argument("[key[#base64|#file]=value...]", "what it holds")
    .option("--file <path>", "YAML file of keys and values")
    .option("--info <text>", "what it is for")
    .addOption(formatOption())
    .addHelpText(
      "after",
      "\nExamples:\n  orrery add-secret api-token token#file=./token\n  orrery add-secret db user=shop password#file=./password\n  orrery add-secret db --file ./db.yaml",
    )
    .action(async (...[name, texts, { file, info, format }]) => {
      const content = await secretContent({ texts, file, folder: context.terminal.folder });
      const engine = await context.engine();
      const { details } = await engine.command({
        command: "add-secret",
        name,
        content,
        ...(info === undefined ? {} : { info }),
      });
      await print(context.terminal, format, { value: details, render: () => `${String(details["uri"])}\n` });
    });
}
