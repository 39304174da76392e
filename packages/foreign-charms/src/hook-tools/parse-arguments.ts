import { badArguments } from "./tool-error.ts";

/** What a tool's options are, by their long names. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** One option of a tool. */
export interface OptionSpec {
  /** `flag` stands alone or takes `=true`; `text` takes the next argument or what follows `=`. */
  readonly kind: "flag" | "text";
  /** One letter, as in `-r`. */
  readonly short?: string;
}

/** Arguments as a tool reads them. */
export interface ParsedArguments {
  readonly flags: ReadonlySet<string>;
  readonly texts: Readonly<Record<string, string>>;
  readonly positional: readonly string[];
}

/** The texts that Go takes for a boolean. @see Go, `strconv.ParseBool`. */
const BOOLEANS: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...["1", "t", "T", "TRUE", "true", "True"].map((text) => [text, true] as const),
  ...["0", "f", "F", "FALSE", "false", "False"].map((text) => [text, false] as const),
]);

/**
 * Reads arguments as Juju's hook tools do: options before, between or after the others, `--` ends them, `-` is none.
 *
 * @throws ToolError of exit code 2 with the words of Juju's own parser.
 * @see juju/gnuflag, whose grammar this is.
 */
export function parseArguments(specs: OptionSpecs, given: readonly string[]): ParsedArguments {
  const flags = new Set<string>();
  const texts: Record<string, string> = {};
  const positional: string[] = [];
  const rest = [...given];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      positional.push(...rest);
      break;
    }
    const option = readOption(specs, word);
    if (!option) {
      positional.push(word);
      continue;
    }
    if (option.spec.kind === "flag") {
      if (isTrue(option)) flags.add(option.name);
      else flags.delete(option.name);
      continue;
    }
    const value = option.value ?? rest.shift();
    if (value === undefined) throw badArguments(`option needs an argument: ${option.written}`);
    texts[option.name] = value;
  }
  return { flags, texts, positional };
}

interface ReadOption {
  readonly name: string;
  /** As it was written, for messages. */
  readonly written: string;
  readonly spec: OptionSpec;
  readonly value: string | undefined;
}

function readOption(specs: OptionSpecs, word: string): ReadOption | undefined {
  if (!word.startsWith("-") || word === "-") return undefined;
  if (word.startsWith("--")) {
    const at = word.indexOf("=");
    const name = word.slice(2, at < 0 ? undefined : at);
    return found(specs, { name, written: `--${name}`, value: at < 0 ? undefined : word.slice(at + 1) });
  }
  const letter = word.slice(1, 2);
  const [name = letter] = Object.entries(specs).find(([, { short }]) => short === letter) ?? [];
  const tail = word.slice(2).replace(/^=/u, "");
  return found(specs, { name, written: `-${letter}`, value: tail === "" ? undefined : tail });
}

function found(specs: OptionSpecs, option: Omit<ReadOption, "spec">): ReadOption {
  const spec = Object.hasOwn(specs, option.name) ? specs[option.name] : undefined;
  if (!spec) throw badArguments(`option provided but not defined: ${option.written}`);
  return { ...option, spec };
}

function isTrue({ value, written }: ReadOption): boolean {
  const read = value === undefined ? true : BOOLEANS[value];
  if (read === undefined)
    throw badArguments(
      `invalid value ${JSON.stringify(value)} for option ${written}: strconv.ParseBool: invalid syntax`,
    );
  return read;
}
