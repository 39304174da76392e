import type { ExternalPlan } from "@orrery/engine";
import { table } from "../output/table.ts";
import type { Paint } from "../terminal/terminal.ts";
import { renderProblems } from "./render-problems.ts";

/** Draws what a look at a system found, what is in the way, and what to do next. */
export function renderCard(plan: ExternalPlan, paint: Paint): string {
  const { application, connection, facts, problems } = plan;
  const rows = facts.map(([name, value]) => [name, value]);
  return [
    `${paint("bold", application)} at ${connection["url"] ?? ""}; nothing was written there\n`,
    table([{ title: "Found" }, { title: "" }], rows, paint),
    ...(problems.length === 0 ? [] : [renderProblems(problems, paint)]),
    `Next: ${nextStep(plan)}\n`,
  ].join("\n");
}

function nextStep({ application, changes, problems, unchanged }: ExternalPlan): string {
  const codes = problems.filter(({ severity }) => severity === "error").map(({ code }) => code);
  if (codes.includes("EXTERNAL_NO_DIRECTORY")) return "name a folder, as said above.";
  const related = changes.length + unchanged > 0;
  const relate = `\`orrery integrate PRODUCT ${application}\``;
  const see = `\`orrery plan ${application}\``;
  if (codes.length > 0) return `mend what is said above, then ${related ? see : `${relate} and ${see}`}.`;
  return related
    ? `see what would change: ${see}.`
    : `relate a product: ${relate}, then see what would change: ${see}.`;
}
