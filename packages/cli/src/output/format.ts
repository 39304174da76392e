import { Option } from "@commander-js/extra-typings";
import type { Terminal } from "../terminal/terminal.ts";

/** The forms in which data is printed. */
export const FORMATS = ["tabular", "json", "yaml"] as const;

/** One of the forms in which data is printed. */
export type Format = (typeof FORMATS)[number];

/** The option that every command which prints data has. */
export function formatOption(): Option<"--format <format>", undefined, "tabular", undefined, false, Format> {
  return new Option("--format <format>", "how to print it").choices(FORMATS).default("tabular");
}

/** One value in both of its forms: as data, and as a person reads it. */
export interface Shown {
  readonly value: unknown;
  readonly render: () => string | Promise<string>;
}

/** Prints a value in the form that was asked for. */
export async function print(terminal: Terminal, format: Format, shown: Shown): Promise<void> {
  terminal.out(await write(format, shown));
}

/** Writes a value in the form that was asked for, with a newline at its end. */
export async function write(format: Format, { value, render }: Shown): Promise<string> {
  if (format === "json") return `${JSON.stringify(value)}\n`;
  return format === "yaml" ? await toYaml(value) : await render();
}

/** Writes a value as YAML; the library is loaded for this alone. */
export async function toYaml(value: unknown): Promise<string> {
  const { stringify } = await import("yaml");
  // By way of JSON: what JSON leaves out should not be there as null.
  return stringify(JSON.parse(JSON.stringify(value)), { lineWidth: 0, aliasDuplicateObjects: false });
}
