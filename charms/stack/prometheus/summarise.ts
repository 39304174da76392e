import type { PrometheusContribution } from "@orrery/backends/prometheus";
import type { ContainerContext, Status } from "@orrery/charm";
import { active, notReady } from "@orrery/charm";
import { counted } from "@orrery/problems";
import type { Problem } from "@orrery/problems";

/** Says in a line how the server is and what it carries; itself is one of the contributors. */
export function summarise(
  container: ContainerContext,
  shares: readonly PrometheusContribution[],
  problems: readonly Problem[],
): Status {
  const waits = notReady(container, "prometheus");
  if (waits) return waits;
  const targets = shares
    .flatMap(({ expectations }) => expectations)
    .filter(({ kind }) => kind === "target").length;
  const rules = shares.reduce((sum, one) => sum + one.rules, 0);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const told = errors === 0 ? "" : `, ${counted(errors, "problem")}: see \`orrery verify\``;
  return active(
    `${counted(shares.length, "contributor")}, ${counted(targets, "target")}, ${counted(rules, "rule")}${told}`,
  );
}
