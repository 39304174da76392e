import { ToolFailure } from "./tool-failure.ts";

/** What a tool takes. */
export interface ToolForm {
  /** Options with a value, by each spelling that the tool knows. */
  readonly values?: Readonly<Record<string, string>>;
  /** Options that are there or not; `--name=false` turns one off. */
  readonly flags?: readonly string[];
  /** The fewest and the most words beside options. */
  readonly words: readonly [number, number];
}

/** Arguments taken apart. */
export interface ParsedArguments {
  readonly values: Readonly<Record<string, string>>;
  readonly flags: ReadonlySet<string>;
  readonly words: readonly string[];
}

/** Takes arguments apart as Juju's tools do; `-` is a word, `--` ends the options. @throws ToolFailure with exit code 2. */
export function parseArguments(args: readonly string[], form: ToolForm): ParsedArguments {
  const values: Record<string, string> = {};
  const flags = new Set<string>();
  const words: string[] = [];
  let open = true;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (!open || arg === "-" || !arg.startsWith("-")) {
      words.push(arg);
      continue;
    }
    if (arg === "--") {
      open = false;
      continue;
    }
    const [name = "", ...rest] = arg.split("=");
    const given = rest.length === 0 ? undefined : rest.join("=");
    const value = form.values?.[name];
    if (value !== undefined) {
      const next = given ?? args[(at += 1)];
      if (next === undefined) throw new ToolFailure(`flag needs an argument: ${name}`, 2);
      values[value] = next;
    } else if (form.flags?.includes(name)) {
      if (given === undefined || /^(1|t|T|TRUE|true|True)$/.test(given)) flags.add(name);
      else if (!/^(0|f|F|FALSE|false|False)$/.test(given)) {
        throw new ToolFailure(`invalid boolean value ${JSON.stringify(given)} for ${name}`, 2);
      }
    } else throw new ToolFailure(`option provided but not defined: ${name}`, 2);
  }
  const [least, most] = form.words;
  if (words.length < least) throw new ToolFailure("arguments are missing", 2);
  if (words.length > most)
    throw new ToolFailure(`unrecognized args: ${JSON.stringify(words.slice(most))}`, 2);
  return { values, flags, words };
}
