/** Something on a page that a test does, in the page's order. */
export type Step =
  | { readonly kind: "command"; readonly line: number; readonly text: string }
  /** A code block with a `title`: the reader saves it under that name. */
  | { readonly kind: "file"; readonly line: number; readonly path: string; readonly text: string };

/** What a page asks of those who run its commands. */
export interface Page {
  /** Whether the commands speak of the demo model. */
  readonly demo: boolean;
  readonly steps: readonly Step[];
  /** The test that follows all of the page, where that is not the test of all pages. */
  readonly wholeRunBy?: string;
  /** What runs the blocks that are not among the steps. */
  readonly runBy: readonly string[];
}

const BLOCK = /<!--\s*test:\s*([\s\S]*?)-->|^```([^\n]*)\n([\s\S]*?)^```$/gm;
const NOT_HERE = /^(page )?run by (.+)$/;
/** A block of another language might hold commands that nobody runs. */
const LANGUAGES = ["sh", "text", "ts", "js", "json", "yaml"];

/**
 * Reads the commands and files of a Markdown page.
 *
 * Comments say what a reader need not: `<!-- test: with the demo -->`, `<!-- test: run by PATH -->` before a block that another test
 * runs, `<!-- test: page run by PATH -->` for all of a page, and `<!-- test: also … -->` for commands that are run but not shown.
 */
export function readPage(markdown: string): Page {
  const steps: Step[] = [];
  const runBy: string[] = [];
  let demo = false;
  let elsewhere = false;
  let wholeRunBy: string | undefined;
  for (const found of markdown.matchAll(BLOCK)) {
    const [, directive, info = "", body = ""] = found;
    const line = markdown.slice(0, found.index).split("\n").length + 1;
    if (directive !== undefined) {
      const [, page, by] = NOT_HERE.exec(directive) ?? [];
      if (by !== undefined && page !== undefined) wholeRunBy = by.trim();
      else if (by !== undefined) {
        runBy.push(...by.trim().split(" "));
        elsewhere = true;
      } else if (directive.trim() === "with the demo") demo = true;
      else if (directive.startsWith("also\n")) steps.push(...commandsOf(directive.slice(5), line));
      else throw new Error(`line ${line - 1}: the comment "test: ${directive.trim()}" is not known`);
      continue;
    }
    const [language = ""] = info.split(" ");
    if (!LANGUAGES.includes(language))
      throw new Error(`line ${line - 1}: a block is one of ${LANGUAGES.join(", ")}, not "${language}"`);
    const title = /\btitle="([^"]+)"/.exec(info)?.[1];
    if (title !== undefined) steps.push({ kind: "file", line, path: title, text: body });
    else if (language === "sh" && !elsewhere) steps.push(...commandsOf(body, line));
    elsewhere = false;
  }
  return { demo, runBy, steps, ...(wholeRunBy === undefined ? {} : { wholeRunBy }) };
}

/** One command a line, unless the line before ends with a backslash. */
function commandsOf(block: string, firstLine: number): Step[] {
  const steps: Step[] = [];
  let begun = "";
  for (const [index, text] of block.split("\n").entries()) {
    begun += text;
    if (begun.endsWith("\\")) {
      begun = begun.slice(0, -1);
      continue;
    }
    const command = begun.trim();
    begun = "";
    if (command !== "" && !command.startsWith("#"))
      steps.push({ kind: "command", line: firstLine + index, text: command });
  }
  return steps;
}
