import type { Origin, Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { Decoded, Relabeling } from "@orrery/telemetry";
import { IDENTITY_LABELS, isIdentityLabel } from "@orrery/topology";

/** A step as Prometheus's configuration has it. */
export type RelabelConfig = Readonly<Record<string, unknown>>;

/** Where a step works: on targets before they are scraped, or on samples before they are stored. */
export type RelabelPhase = "target" | "metric";

const SELECTING = ["keep", "drop", "keepequal", "dropequal"];
const WRITING = ["replace", "hashmod", "lowercase", "uppercase"];
const SOURCE_LABEL = /^[a-zA-Z_]\w*$/;
const WRITABLE = {
  target: /^(?:__tmp\w*|__param_\w+|(?!__)[a-zA-Z_]\w*)$/,
  metric: /^(?:__tmp\w*|__name__|(?!__)[a-zA-Z_]\w*)$/,
} as const;
/** A label's plain name, or the plain start of one. */
const DROPPED = /^([a-zA-Z]\w*)(\.[*+])?$/;

/**
 * Carries over the author's steps that can harm nobody; each other one is left out and told.
 *
 * No step may write or drop an identity label, or write an address. Relation libraries look at this too: telemetry reaches a server
 * by more than one way, and this is the last place before its configuration.
 */
export function compileRelabelings(
  steps: readonly Relabeling[],
  on: { readonly phase: RelabelPhase; readonly origin: Origin },
): Decoded<readonly RelabelConfig[]> {
  const value: RelabelConfig[] = [];
  const problems: Problem[] = [];
  for (const [index, step] of steps.entries()) {
    const refusal = refuse(step, on.phase);
    if (refusal === undefined) {
      value.push(render(step));
      continue;
    }
    const message = `${on.phase} relabelling step ${index + 1} ${refusal}`;
    problems.push(problem("SCRAPE_RELABEL_REFUSED", { message, origin: on.origin }));
  }
  return { value, problems };
}

function refuse(step: Relabeling, phase: RelabelPhase): string | undefined {
  const { action = "replace", targetLabel = "" } = step;
  if (step.sourceLabels?.some((label) => !SOURCE_LABEL.test(label)))
    return "reads a label whose name is not valid";
  if (SELECTING.includes(action)) return undefined;
  if (WRITING.includes(action)) {
    const fits = WRITABLE[phase].test(targetLabel) && !isIdentityLabel(targetLabel);
    return fits ? undefined : `writes ${JSON.stringify(targetLabel)}, which is not the author's to write`;
  }
  if (action === "labelmap") return reachable((step.replacement ?? "$1").split("$")[0] ?? "", "maps to");
  if (action === "labeldrop") {
    const parts = (step.regex ?? "(.*)").replace(/^\((.*)\)$/, "$1").split("|");
    for (const part of parts) {
      const [, name = "", open] = DROPPED.exec(part) ?? [];
      const refusal =
        open === undefined && name !== "" && !isIdentityLabel(name) ? undefined : reachable(name, "drops");
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }
  return `has the action ${JSON.stringify(action)}, which is not carried`;
}

/** A name that starts so must neither be hidden nor tell an identity, whatever follows. */
function reachable(start: string, verb: string): string | undefined {
  const hit = ["__", ...IDENTITY_LABELS].find((label) => label.startsWith(start) || start.startsWith(label));
  return hit === undefined
    ? undefined
    : `${verb} names that start with ${JSON.stringify(start)}, among them ${hit}`;
}

function render(step: Relabeling): RelabelConfig {
  return {
    ...(step.sourceLabels === undefined ? {} : { source_labels: step.sourceLabels }),
    ...(step.separator === undefined ? {} : { separator: step.separator }),
    ...(step.regex === undefined ? {} : { regex: step.regex }),
    ...(step.modulus === undefined ? {} : { modulus: step.modulus }),
    ...(step.targetLabel === undefined ? {} : { target_label: step.targetLabel }),
    ...(step.replacement === undefined ? {} : { replacement: step.replacement }),
    ...(step.action === undefined ? {} : { action: step.action }),
  };
}
