import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { OrreryError, entry, isCode, registry } from "@orrery/problems";
import type { Code } from "@orrery/problems";
import { nearMatches } from "../arguments/near-matches.ts";
import type { Context } from "../context.ts";
import { formatOption, print } from "../output/format.ts";
import { table } from "../output/table.ts";
import type { Paint } from "../terminal/terminal.ts";

/** `orrery explain CODE`. */
export function explain(context: Context): CommandUnknownOpts {
  return new Command("explain")
    .summary("see what a code means and how to mend it")
    .description(
      "Explains a code that a message, a status or a report shows: what it means for everything else, and how to mend it.",
    )
    .argument("[code]", "such as ADDRESS_NOT_GRANTED")
    .option("--all", "list every code")
    .addOption(formatOption())
    .action(async (text, { all, format }) => {
      const { terminal } = context;
      if (all) {
        return await print(terminal, format, { value: registry, render: () => renderAll(terminal.paint) });
      }
      const code = known(text);
      const value = { code, ...entry(code) };
      await print(terminal, format, { value, render: () => renderCode(code, terminal.paint) });
    });
}

function known(text: string | undefined): Code {
  if (text === undefined)
    throw new OrreryError("CLI_USAGE", "code is missing", {
      remedy: "name one, or see all with `orrery explain --all`",
    });
  const code = text.trim().toUpperCase().replaceAll("-", "_");
  if (isCode(code)) return code;
  const near = nearMatches(code, Object.keys(registry));
  const hint = near.length > 0 ? ` (did you mean ${near.join(" or ")}?)` : "";
  throw new OrreryError("CODE_UNKNOWN", `code ${JSON.stringify(text.slice(0, 64))} is not known${hint}`);
}

function renderCode(code: Code, paint: Paint): string {
  const { title, meaning, remedy } = entry(code);
  return `${paint("bold", code)}: ${title}\n\n${meaning}\n\nWhat to do: ${remedy}\n`;
}

function renderAll(paint: Paint): string {
  const codes = Object.entries(registry).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = codes.map(([code, { title }]) => [code, title]);
  return table([{ title: "Code" }, { title: "Title" }], rows, paint);
}
