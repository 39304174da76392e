import type { Paint, Style } from "../terminal/terminal.ts";

/** A text, or one with a style. Cells hold one line of characters that are one column wide. */
export type Cell = string | { readonly text: string; readonly style: Style | undefined };

/** One column: its heading, and where its texts stand. */
export interface Column {
  readonly title: string;
  readonly align?: "right";
}

/**
 * Sets rows below headings, two spaces apart, as Juju does. Lines have no spaces at their end.
 *
 * Widths are counted before styles are put on, so that colours change no column.
 */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[], paint: Paint): string {
  const widths = columns.map(({ title }, i) =>
    Math.max(title.length, ...rows.map((row) => textOf(row[i]).length)),
  );
  const line = (cells: readonly Cell[]): string => {
    const last = cells.findLastIndex((cell) => textOf(cell) !== "");
    const set = cells.slice(0, last + 1).map((cell, i) => {
      const text = textOf(cell);
      const room = " ".repeat(Math.max(0, (widths[i] ?? 0) - text.length));
      const dressed = typeof cell === "string" || !cell.style ? text : paint(cell.style, text);
      if (columns[i]?.align === "right") return room + dressed;
      return i === last ? dressed : dressed + room;
    });
    return `${set.join("  ")}\n`;
  };
  const headings = columns.map(({ title }): Cell => ({ text: title, style: "bold" }));
  return [headings, ...rows].map(line).join("");
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === "string" ? cell : (cell?.text ?? "");
}
