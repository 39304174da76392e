import type { ProgramReport } from "@orrery/provision";
import { formatBytes } from "../output/bytes.ts";
import type { Cell } from "../output/table.ts";
import { table } from "../output/table.ts";
import type { Paint } from "../terminal/terminal.ts";

/** Draws what is known of programs: a line for each, then notes, then why something is missing and how to get it. */
export function renderPrograms(programs: readonly ProgramReport[], paint: Paint): string {
  const rows = programs.map((program): readonly Cell[] => {
    const { name, wanted, found, sizeBytes, sources } = program;
    if (!found)
      return [
        name,
        wanted,
        { text: "missing", style: "yellow" },
        "",
        "",
        `can be had by: ${sources.join(", ") || "nothing but the PATH"}`,
      ];
    return [
      name,
      wanted,
      { text: found.version, style: "green" },
      found.source,
      formatBytes(sizeBytes),
      found.path,
    ];
  });
  const parts = [
    table(
      [
        { title: "Program" },
        { title: "Wanted" },
        { title: "Found" },
        { title: "Source" },
        { title: "Size", align: "right" },
        { title: "Path" },
      ],
      rows,
      paint,
    ),
  ];
  const notes = programs.flatMap(({ name, found }) =>
    (found?.notes ?? []).map((note) => `${name}: ${note}\n`),
  );
  if (notes.length > 0) parts.push(`${paint("bold", "Notes")}\n${notes.join("")}`);
  const missing = programs.filter(({ found }) => !found).map(({ name }) => name);
  if (missing.length > 0) {
    parts.push(
      `${missing.length} missing. Get them with \`orrery programs --provision ${missing.join(" ")}\`.\n`,
    );
  }
  return parts.join("\n");
}
