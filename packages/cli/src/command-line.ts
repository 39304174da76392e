import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "./context.ts";
import { verbs } from "./verbs.ts";
import { version } from "./version.ts";

/**
 * Builds the command line with the named commands, or all of them.
 *
 * What it prints goes to the context's terminal; what is wrong with a command line is thrown as commander's own error.
 */
export async function commandLine(
  context: Context,
  names: readonly string[] = Object.keys(verbs),
): Promise<CommandUnknownOpts> {
  const program = new Command("orrery")
    .description(
      "Makes every product observable: deploy applications, relate them, and verify that what they emit arrives.",
    )
    .option("--home <folder>", "data folder of the engine (default: ORRERY_HOME, else the XDG state folder)")
    .version(version(), "-V, --version", "print the version")
    .helpCommand("help [command]", "see how a command is used")
    .configureOutput({
      writeOut: context.terminal.out,
      // Errors are thrown and reported with their code.
      writeErr: () => undefined,
    })
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      "\nStart with `orrery demo`. Codes in messages are explained by `orrery explain CODE`.",
    );
  for (const name of names) {
    const entry = verbs[name];
    if (!entry) continue;
    const verb = (await entry.load())(context);
    program.addCommand(verb.helpGroup(entry.group).copyInheritedSettings(program));
  }
  return program;
}
