import { resolve } from "node:path";
import { CommanderError } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { connectEngine, defaultHome } from "@orrery/engine-local/client";
import { OrreryError } from "@orrery/problems";
import { commandLine } from "./command-line.ts";
import type { Context, ExitCode } from "./context.ts";
import { openSession } from "./engine/open-session.ts";
import { reportError } from "./failure/report-error.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { verbOf } from "./verbs.ts";

/** Runs one command line and gives its exit code; errors are told, never thrown. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  let program: CommandUnknownOpts | undefined;
  const home = (): string => {
    const given: unknown = program?.opts()["home"];
    return typeof given === "string" ? resolve(terminal.folder, given) : defaultHome(terminal.environment);
  };
  const context: Context = {
    terminal,
    home,
    usualHome: () => defaultHome({ ...terminal.environment, ORRERY_HOME: "" }),
    engine: async () => await connectEngine({ home: home() }),
    model: async (onEvent) => await openSession(home(), onEvent),
    end: (wanted) => {
      code = wanted;
    },
  };
  try {
    const verb = verbOf(args);
    program = await commandLine(context, verb === undefined ? undefined : [verb]);
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    const found = error instanceof CommanderError ? usage(error, verbOf(args)) : error;
    if (found === undefined) return 0;
    reportError(found, terminal, asksForJson(args));
    return 1;
  }
}

/** What commander found wrong, as one of our errors; nothing where help or version was asked for. */
function usage(error: CommanderError, verb: string | undefined): OrreryError | undefined {
  if (error.exitCode === 0) return undefined;
  const message = error.message.replace(/^error: /, "").replaceAll(/\s*\n\s*/g, " ");
  if (error.code === "commander.unknownCommand") {
    return new OrreryError(
      "CLI_COMMAND_UNKNOWN",
      message.replace("unknown command", "command").replace(/'(?= |$)/, "' is unknown"),
    );
  }
  const remedy = verb === undefined ? "see `orrery help`" : `see \`orrery help ${verb}\``;
  return new OrreryError("CLI_USAGE", message, { remedy });
}

function asksForJson(args: readonly string[]): boolean {
  return (
    args.includes("--format=json") ||
    (args[args.indexOf("--format") + 1] === "json" && args.includes("--format"))
  );
}
