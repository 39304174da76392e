import type { PrometheusContribution } from "@orrery/backends/prometheus";
import type { ContainerContext, Status } from "@orrery/charm";
import { active, waiting } from "@orrery/charm";
import type { Problem } from "@orrery/problems";

/** Says in a line how the server is and what it carries; itself is one of the contributors. */
export function summarise(
  { checks, ready, services }: ContainerContext,
  shares: readonly PrometheusContribution[],
  problems: readonly Problem[],
): Status {
  const service = services["prometheus"];
  if (!ready) return waiting("for the container");
  if (service?.status === "backoff")
    return waiting(`prometheus does not stay up: ${service.message ?? "no reason was given"}`);
  if (service?.status !== "running" || checks["ready"]?.status !== "up")
    return waiting("for prometheus to be ready");
  const targets = shares
    .flatMap(({ expectations }) => expectations)
    .filter(({ kind }) => kind === "target").length;
  const rules = shares.reduce((sum, one) => sum + one.rules, 0);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const told = errors === 0 ? "" : `, ${count(errors, "problem")}: see \`orrery verify\``;
  return active(
    `${count(shares.length, "contributor")}, ${count(targets, "target")}, ${count(rules, "rule")}${told}`,
  );
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
