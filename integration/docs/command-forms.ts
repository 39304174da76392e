/** The options of each command, by its name. */
export type CommandForms = ReadonlyMap<string, ReadonlySet<string>>;

const OPTION = /(?<=^|[\s`,])(--?[a-z][a-z-]*)/g;

/** Reads names and options from the reference of the command line, whose sections are the commands. */
export function commandForms(reference: string): CommandForms {
  const [, common = "", ...sections] = reference.split(/^## /m);
  const every = optionsOf(common);
  const known = sections.map((section): [string, ReadonlySet<string>] => [
    section.slice(0, section.indexOf("\n")),
    new Set([...every, "--help", ...optionsOf(section)]),
  ]);
  return new Map([["help", new Set<string>()], ...known]);
}

/** Gives the commands and options that stand between backticks in a text and do not exist. */
export function unknownIn(markdown: string, forms: CommandForms): readonly string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gm, "");
  return [...prose.matchAll(/`(?:npx )?orrery ([^`]+)`/g)].flatMap(([, command = ""]) => {
    const [verb = ""] = command.split(" ");
    const options = forms.get(verb);
    if (!options) return [`orrery ${verb}`];
    return [...command.matchAll(OPTION)].flatMap(([option]) =>
      options.has(option) ? [] : [`orrery ${verb} ${option}`],
    );
  });
}

function optionsOf(section: string): readonly string[] {
  return [...section.matchAll(/^- `(--?.*?)`:/gm)].flatMap(([, flags = ""]) =>
    [...flags.matchAll(OPTION)].map(([flag]) => flag),
  );
}
