import { stringify } from "yaml";
import { badArguments } from "./tool-error.ts";

/** Forms in which a tool that reads may answer. */
export type OutputFormat = "json" | "smart" | "yaml";

/** Takes the value of `--format`. @throws ToolError of exit code 2. */
export function readFormat(text: string): OutputFormat {
  if (text === "json" || text === "smart" || text === "yaml") return text;
  throw badArguments(
    `invalid value ${JSON.stringify(text)} for option --format: unknown format ${JSON.stringify(text)}`,
  );
}

/** Writes a value as a tool answers it, its end of line included. */
export function formatOutput(value: unknown, format: OutputFormat): string {
  if (format === "json") return `${goJson(value)}\n`;
  return format === "yaml" ? yaml(value) : smart(value);
}

/** JSON with names sorted and with the characters escaped that Go escapes. @see Go, `json.Marshal`. */
function goJson(value: unknown): string {
  const escaped: Readonly<Record<string, string>> = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
  };
  return JSON.stringify(sorted(value)).replaceAll(/[<>&\u2028\u2029]/gu, (found) => escaped[found] ?? found);
}

function yaml(value: unknown): string {
  return stringify(sorted(value), { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
}

/** Juju's form for people and shells. @see juju/cmd, `FormatSmart`. */
function smart(value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "string") return `${value}\n`;
  if (typeof value === "boolean") return value ? "True\n" : "False\n";
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
    return value.length === 0 ? "" : `${value.join("\n")}\n`;
  }
  return yaml(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value ?? null;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)]),
  );
}
