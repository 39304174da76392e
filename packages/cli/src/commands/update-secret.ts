import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { secretContent } from "../arguments/secret-content.ts";
import type { Context } from "../context.ts";
import { formatOption } from "../output/format.ts";
import { send } from "./send.ts";

/** `orrery update-secret SECRET KEY=VALUE…`. */
export function updateSecret(context: Context): CommandUnknownOpts {
  return new Command("update-secret")
    .summary("change a secret")
    .description(
      "Gives a secret new content, as its next revision, which all who may read it see at once. What is given is all that it " +
        "holds from then on.",
    )
    .argument("<secret>", "name, URI or id of the secret")
    .argument("[key[#base64|#file]=value...]", "all that it holds from now on")
    .option("--file <path>", "YAML file of keys and values")
    .option("--info <text>", "what it is for")
    .option("--name <name>", "its new name")
    .addOption(formatOption())
    .addHelpText("after", "\nExample:\n  orrery update-secret api-token token#file=./new-token")
    .action(async (...[secret, texts, { file, info, name, format }]) => {
      const given = texts.length > 0 || file !== undefined;
      const content = given
        ? await secretContent({ texts, file, folder: context.terminal.folder })
        : undefined;
      await send(
        context,
        {
          command: "update-secret",
          secret,
          ...(content === undefined ? {} : { content }),
          ...(info === undefined ? {} : { info }),
          ...(name === undefined ? {} : { name }),
        },
        format,
      );
    });
}
