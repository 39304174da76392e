import type { ExternalPlan, PlannedChange } from "@orrery/engine";
import type { Problem } from "@orrery/problems";
import { table } from "../output/table.ts";
import type { Paint, Style } from "../terminal/terminal.ts";
import { renderProblems } from "./render-problems.ts";

const SIGNS: Readonly<Record<PlannedChange["action"], string>> = { create: "+", change: "~", remove: "-" };
const STYLES: Readonly<Record<PlannedChange["action"], Style>> = {
  create: "green",
  change: "yellow",
  remove: "red",
};
const DRIFT: Readonly<Record<ExternalPlan["drift"][number]["how"], string>> = {
  changed: "was changed by somebody else",
  removed: "was removed by somebody else",
  unexpected: "is there, and is not known to have been applied",
  theirs: "is not ours, and stands in the place of ours",
};

/** Draws what `apply` would do: the changes, what is adopted, what is lost, what somebody else has done, and what is in the way. */
export function renderPlan(plan: ExternalPlan, paint: Paint): string {
  const { application, changes, connection, drift, losses, problems, recovered } = plan;
  const adopted = losses.filter(({ severity }) => severity === "info");
  const lost = losses.filter(({ severity }) => severity !== "info");
  const where = [connection["url"], connection["directory"]].filter(Boolean).join(", files in ");
  const parts = [
    `${paint("bold", application)}: ${where}\n`,
    ...(recovered === undefined ? [] : [`${recovered}\n`]),
    ...(changes.length === 0 ? [] : [changeTable(changes, paint)]),
    ...titled("Scraped already, and adopted:", adopted, paint),
    ...titled("Not carried, or not as declared:", lost, paint),
    ...(drift.length === 0 ? [] : [driftLines(plan)]),
    ...titled("Found:", problems, paint),
    summary(plan),
  ];
  return parts.join("\n");
}

function titled(title: string, problems: readonly Problem[], paint: Paint): readonly string[] {
  return problems.length === 0 ? [] : [`${paint("bold", title)}\n${renderProblems(problems, paint)}`];
}

function changeTable(changes: readonly PlannedChange[], paint: Paint): string {
  const rows = changes.map((change) => [
    { text: SIGNS[change.action], style: STYLES[change.action] },
    change.key,
    change.stage,
    [change.summary, linesOf(change)].filter(Boolean).join(", "),
    change.contributor ?? "",
  ]);
  return table(
    [{ title: "" }, { title: "Object" }, { title: "Stage" }, { title: "Holds" }, { title: "For" }],
    rows,
    paint,
  );
}

/** How many lines of a text come and go. */
function linesOf({ before, after }: PlannedChange): string {
  if (typeof before !== "string" || typeof after !== "string") return "";
  const [old, now] = [before.split("\n"), after.split("\n")];
  const [left, stays] = [new Map<string, number>(), { count: 0 }];
  for (const line of old) left.set(line, (left.get(line) ?? 0) + 1);
  for (const line of now) {
    const count = left.get(line) ?? 0;
    if (count === 0) continue;
    left.set(line, count - 1);
    stays.count += 1;
  }
  const more = now.length - stays.count;
  return `${more} line${more === 1 ? "" : "s"} more, ${old.length - stays.count} less`;
}

function driftLines({ drift, application }: ExternalPlan): string {
  const lines = drift.map(({ key, how }) => `  ${key} ${DRIFT[how]}\n`);
  return `Not as it was applied:\n${lines.join("")}  go over it with \`orrery apply ${application} --overwrite\`\n`;
}

function summary({ application, changes, problems, unchanged }: ExternalPlan): string {
  const count = (action: PlannedChange["action"]): number =>
    changes.filter((one) => one.action === action).length;
  const told = `${count("create")} to create, ${count("change")} to change, ${count("remove")} to remove, ${unchanged} as they are`;
  if (changes.length === 0) return `Nothing to apply: ${unchanged} objects are as they are wanted.\n`;
  const against = problems.some(({ severity }) => severity === "error");
  return `${told}. ${against ? "What is found above keeps them from being applied." : `Make it so: \`orrery apply ${application}\``}\n`;
}
