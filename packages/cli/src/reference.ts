import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { commandLine } from "./command-line.ts";
import type { Context } from "./context.ts";
import { verbs } from "./verbs.ts";

const HEAD = `# The command line

<!-- Made from the commands themselves by cliReference() of @orrery/cli; a test keeps the two together. -->

In a clone the command is \`npx orrery\`; where the package is installed it is \`orrery\`.

- **Exit codes**: 0 fine; 1 error; 2 something is missing or was found (\`verify\`, \`programs\`, \`demo --check\`,
  \`plan\`, \`deploy --dry-run\`).
- **Output**: what was asked for goes to stdout, progress and errors to stderr. \`--format json\` and \`--format yaml\` print data for
  programs; errors are JSON then too where JSON was asked for. \`NO_COLOR\` and anything that is no terminal get no colours.
- **Errors**: \`ERROR CODE: what was found\`, and below it how to mend it. \`orrery explain CODE\` tells more.
- **Nothing is asked**: no command waits for an answer on the terminal.
- **Environment**: \`ORRERY_HOME\` is the data folder of the engine, \`ORRERY_CACHE\` the folder of the programs, \`ORRERY_DEBUG=1\` adds
  stack traces to errors.
`;

/** Writes the reference of the command line as Markdown, from the commands themselves. */
export async function cliReference(): Promise<string> {
  const program = await commandLine(silent);
  const sections = Object.keys(verbs).flatMap((name) => {
    const command = program.commands.find((one) => one.name() === name);
    return command ? [section(command)] : [];
  });
  return [HEAD, `## Options of every command\n\n${options(program)}`, ...sections].join("\n");
}

function section(command: CommandUnknownOpts): string {
  const alias = command.alias();
  const usage = `orrery ${command.name()} ${command.usage()}`.replace(/\[options\] ?/, "");
  const parts = [
    `## ${command.name()}`,
    command.description(),
    `\`\`\`sh\n${usage.trim()}\n\`\`\``,
    ...(alias ? [`Also \`${alias}\`.`] : []),
    ...(command.registeredArguments.length > 0 ? [argumentsOf(command)] : []),
    options(command),
  ];
  return parts.join("\n\n");
}

function argumentsOf(command: CommandUnknownOpts): string {
  const lines = command.registeredArguments.map((one) => `- \`${one.name()}\`: ${one.description}`);
  return lines.join("\n");
}

function options(command: CommandUnknownOpts): string {
  const lines = command.options.map(
    ({ flags, description, defaultValue, defaultValueDescription, argChoices }) => {
      const choices = argChoices ? `; one of ${argChoices.map((one) => `\`${one}\``).join(", ")}` : "";
      const plain = typeof defaultValue === "string" || typeof defaultValue === "number";
      const shown = defaultValueDescription ?? String(defaultValue);
      return `- \`${flags}\`: ${description}${choices}${plain ? ` (default: \`${shown}\`)` : ""}`;
    },
  );
  return `${lines.join("\n")}\n`;
}

/** The commands are looked at and never run. */
const silent: Context = {
  terminal: {
    out: () => undefined,
    tell: () => undefined,
    paint: (_, text) => text,
    paintTold: (_, text) => text,
    live: false,
    environment: {},
    folder: "",
    interrupted: () => new AbortController().signal,
  },
  home: () => "",
  usualHome: () => "",
  engine: () => Promise.reject(new Error("the reference asks no engine")),
  model: () => Promise.reject(new Error("the reference opens no model")),
  end: () => undefined,
};
