/** A row of the README's map: a task, and the folder or file to go to. */
export interface TaskMapRow {
  readonly task: string;
  /** Relative to the root. */
  readonly folders: readonly string[];
}

/** Reads the table below the README's heading `Where to go`. */
export function readTaskMap(readme: string): TaskMapRow[] {
  const section = readme.split(/^## Where to go$/m)[1]?.split(/^## /m)[0] ?? "";
  const rows = section.split("\n").filter((line) => /^\|(?!\s*-|\s*You want)/.test(line));
  return rows.map((row) => {
    const [, task = "", where = ""] = row.split("|");
    const folders = [...where.matchAll(/\]\(([^)]+)\)/g)].map((found) => found[1] ?? "");
    return { task: task.trim(), folders };
  });
}
