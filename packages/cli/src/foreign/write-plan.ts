import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ExternalPlan } from "@orrery/engine";
import { OrreryError } from "@orrery/problems";

/** What was written of a plan. */
export interface WrittenPlan {
  readonly folder: string;
  readonly files: readonly string[];
  /** Files of an earlier plan that are no longer wanted. */
  readonly removed: number;
}

/** Says what stands in a folder of planned files, which files are of it, and that the rest is somebody else's. */
const README = "README.md";
const HEAD = "<!-- orrery plan -->\n";

/**
 * Writes all objects of a plan as files into a folder, with a page that says how they come to be read. Files of an earlier plan that are
 * no longer wanted are removed; nothing else in the folder is touched.
 *
 * @throws OrreryError `CLI_PLAN_FOLDER` when something that is no plan's stands in the way.
 */
export function writePlan(folder: string, plan: ExternalPlan): WrittenPlan {
  const files = Object.fromEntries(
    Object.entries(plan.objects).map(([key, { content }]) => [
      key,
      typeof content === "string" ? content : `${JSON.stringify(content, undefined, 2)}\n`,
    ]),
  );
  const names = Object.keys(files);
  mkdirSync(folder, { recursive: true });
  const before = readdirSync(folder, { withFileTypes: true });
  const earlier = before
    .filter((entry) => entry.isFile() && isPlanned(join(folder, entry.name), plan.mark))
    .map(({ name }) => name);
  for (const name of [README, ...names]) {
    if (before.some((entry) => entry.name === name) && !earlier.includes(name)) {
      throw new OrreryError(
        "CLI_PLAN_FOLDER",
        `file ${join(folder, name)} is there already, and is no earlier plan's`,
      );
    }
  }
  const stale = earlier.filter((name) => name !== README && !Object.hasOwn(files, name));
  for (const name of stale) rmSync(join(folder, name));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, README), page(plan, names));
  return { folder, files: names, removed: stale.length };
}

/** Files of the same bridge, and the page. */
function isPlanned(path: string, mark: string): boolean {
  const text = readFileSync(path, "utf8");
  return text.startsWith(HEAD) || text.startsWith(`# ${mark}\n`);
}

function page({ application, connection, losses, problems }: ExternalPlan, names: readonly string[]): string {
  const folder =
    connection["server-directory"] ?? connection["directory"] ?? "a folder that your server reads";
  return [
    `${HEAD}# What \`orrery apply ${application}\` writes\n`,
    `For ${connection["url"] ?? "a server"}. ${names.length} files, as they would be in ${folder}; your own tools can check them, such as`,
    "`promtool check rules rules-*.yml`.\n",
    ...told(
      "To be mended first",
      problems.filter(({ severity }) => severity === "error"),
    ),
    ...told("Not carried, or in another way", losses),
  ].join("\n");
}

function told(title: string, found: ExternalPlan["losses"]): readonly string[] {
  if (found.length === 0) return [];
  const lines = found.map(({ code, message, remedy }) => `- \`${code}\`: ${message}\n\n  ${remedy}\n`);
  return [`## ${title}\n`, ...lines];
}
