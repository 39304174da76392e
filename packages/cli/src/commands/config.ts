import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { ApplicationConfig } from "@orrery/engine";
import { OrreryError } from "@orrery/problems";
import { keyValues } from "../arguments/key-values.ts";
import { nearMatches } from "../arguments/near-matches.ts";
import type { Context } from "../context.ts";
import type { Format } from "../output/format.ts";
import { formatOption, print } from "../output/format.ts";
import { table } from "../output/table.ts";
import type { Paint } from "../terminal/terminal.ts";
import { send } from "./send.ts";

/** `orrery config APPLICATION [KEY | KEY=VALUE…]`. */
export function config(context: Context): CommandUnknownOpts {
  return new Command("config")
    .summary("see or set an application's options")
    .description("Shows all of an application's options, the value of one, or sets some.")
    .argument("<application>", "name of the application")
    .argument("[key[=value]...]", "one option to see, or options to set")
    .option("--reset <keys>", "options to take back to their defaults, with commas between")
    .addOption(formatOption())
    .addHelpText(
      "after",
      "\nExamples:\n  orrery config storefront\n  orrery config storefront fault\n  orrery config storefront fault=errors\n  orrery config storefront --reset fault",
    )
    .action(async (application, given, { reset, format }) => {
      const [first] = given;
      if (reset === undefined && first === undefined) return await showAll(context, application, format);
      if (reset === undefined && given.length === 1 && first !== undefined && !first.includes("=")) {
        return await showOne(context, { application, key: first }, format);
      }
      const set = keyValues(given);
      const keys = reset?.split(",").filter((key) => key !== "");
      await send(context, { command: "config", application, set, ...(keys ? { reset: keys } : {}) }, format);
    });
}

async function showAll(context: Context, application: string, format: Format): Promise<void> {
  const value = await (await context.engine()).config(application);
  await print(context.terminal, format, { value, render: () => renderConfig(value, context.terminal.paint) });
}

async function showOne(
  context: Context,
  wanted: { readonly application: string; readonly key: string },
  format: Format,
): Promise<void> {
  const { settings } = await (await context.engine()).config(wanted.application);
  const option = settings[wanted.key];
  if (!option) {
    const known = Object.keys(settings);
    const near = nearMatches(wanted.key, known);
    const hint = near.length > 0 ? ` (did you mean ${near.join(" or ")}?)` : "";
    throw new OrreryError(
      "CONFIG_UNKNOWN_OPTION",
      `option ${wanted.key} is not one of ${wanted.application}'s${hint}`,
      {
        remedy:
          known.length > 0 ? `name one of: ${known.join(", ")}` : `${wanted.application} has no options`,
      },
    );
  }
  const value = option.value ?? null;
  await print(context.terminal, format, { value, render: () => `${option.value ?? ""}\n` });
}

/** Draws an application's options; what was set by a person stands out. */
export function renderConfig({ application, charm, settings }: ApplicationConfig, paint: Paint): string {
  const options = Object.entries(settings);
  const head = `${application} (charm ${charm})\n`;
  if (options.length === 0) return `${head}\nThe charm has no options.\n`;
  const rows = options.map(([name, { value, source, type, allowed, description }]) => [
    name,
    { text: String(value ?? ""), style: source === "user" ? ("cyan" as const) : undefined },
    source,
    // A pattern tells a person less than the description does; it is in the data.
    allowed === "" || allowed.startsWith("matching ") ? type : `${type}: ${allowed}`,
    description,
  ]);
  const titles = ["Option", "Value", "Source", "Allowed", "Description"];
  return `${head}\n${table(
    titles.map((title) => ({ title })),
    rows,
    paint,
  )}`;
}
