import type { ConfigSchema } from "../definition/config.ts";
import type { View } from "../view/view.ts";

/**
 * The addresses that an operator named in options that grant them, where the product is not the charm's own workload.
 *
 * Absent for a charm that runs its product itself and was given none; empty for one that runs nothing and was given none.
 */
export function operatorTargets(
  definition: { readonly config?: ConfigSchema; readonly containers?: object },
  view: View,
): readonly string[] | undefined {
  const options = Object.entries(definition.config ?? {}).filter(
    ([, option]) => option.type === "string" && option.grants === true,
  );
  const targets = options
    .flatMap(([name]) => String(view.config[name] ?? "").split(","))
    .map((one) => one.trim())
    .filter((one) => one !== "");
  if (targets.length > 0) return targets;
  const runsNothing = Object.keys(definition.containers ?? {}).length === 0;
  return options.length > 0 && runsNothing ? [] : undefined;
}
