import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { repositoryRoot } from "../workspace/read-workspace.ts";
import type { SourceFile } from "../workspace/read-workspace.ts";

const FENCE = /^(```|~~~)[\s\S]*?^\1/gm;
const INLINE_CODE = /`[^`\n]*`/g;
const LINK = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)/gm;
const ELSEWHERE = /^[a-z][a-z0-9+.-]*:/i;

/**
 * Finds relative links of Markdown files that lead to no file of the repository, or to no heading of a page.
 *
 * @returns one line for each dead link, empty when all is well
 */
export function findDeadLinks(pages: readonly SourceFile[]): string[] {
  const anchors = new Map(pages.map((page) => [page.path, anchorsOf(page.text)]));
  return pages.flatMap((page) =>
    linksOf(page.text)
      .filter((link) => !ELSEWHERE.test(link))
      .flatMap((link) => {
        const [file = "", anchor] = decodeURI(link).split("#");
        const target = file === "" ? page.path : normalize(join(dirname(page.path), file));
        if (target.startsWith("..") || !existsSync(join(repositoryRoot, target)))
          return [`${page.path}: ${link} leads nowhere`];
        const dead = anchor !== undefined && anchors.has(target) && !anchors.get(target)?.has(anchor);
        return dead ? [`${page.path}: ${link} names no heading of ${target}`] : [];
      }),
  );
}

function linksOf(text: string): string[] {
  const prose = text.replace(FENCE, "").replace(INLINE_CODE, "");
  return [...prose.matchAll(LINK)].map((found) => found[1] ?? found[2] ?? "");
}

/** The anchors that GitHub gives to headings: lower case, no punctuation, spaces as dashes, `-1` on the second of a name. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = [...text.replace(FENCE, "").matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)];
  return new Set(
    headings.map((found) => {
      const plain = (found[1] ?? "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
      const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      return count === 0 ? slug : `${slug}-${count}`;
    }),
  );
}
