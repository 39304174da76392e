import { quote } from "@orrery/databag";
import type { Relabeling } from "@orrery/telemetry";
import { IDENTITY_LABELS, isIdentityLabel } from "@orrery/topology";
import type { WireRelabeling } from "../wire/wire-job.ts";
import type { JobReport } from "./job-report.ts";

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** Actions that write one label. */
const WRITING = ["replace", "lowercase", "uppercase", "hashmod"];
/** Actions that keep or drop whole targets or series. */
const SELECTING = ["keep", "drop", "keepequal", "dropequal"];

/**
 * Takes the relabelling steps of a job, or refuses the job: a step left out would change what the others mean.
 *
 * No step may write or drop an identity label or move a target away from what was granted.
 */
export function readRelabelings(
  steps: readonly WireRelabeling[] | undefined,
  phase: "target" | "metric",
  report: JobReport,
): readonly Relabeling[] | undefined {
  if (steps === undefined || steps.length === 0) return undefined;
  return steps.map((step, index) => {
    const refused = refusal(step, phase);
    if (refused !== undefined) {
      report.refuse(
        "SCRAPE_RELABEL_REFUSED",
        `${phase === "metric" ? "metric_" : ""}relabel_configs.${index} ${refused}`,
      );
    }
    return rebuilt(step);
  });
}

function rebuilt(step: WireRelabeling): Relabeling {
  return {
    ...(step.source_labels === undefined ? {} : { sourceLabels: [...step.source_labels] }),
    ...(step.separator === undefined ? {} : { separator: step.separator }),
    ...(step.target_label === undefined ? {} : { targetLabel: step.target_label }),
    ...(step.regex === undefined ? {} : { regex: String(step.regex) }),
    ...(step.modulus === undefined ? {} : { modulus: step.modulus }),
    ...(step.replacement === undefined ? {} : { replacement: String(step.replacement) }),
    ...(step.action === undefined ? {} : { action: step.action.toLowerCase() }),
  };
}

function refusal(step: WireRelabeling, phase: "target" | "metric"): string | undefined {
  for (const label of step.source_labels ?? []) {
    if (!LABEL_NAME.test(label)) return `reads ${quote(label)}, which is no label name`;
  }
  const action = (step.action ?? "replace").toLowerCase();
  if (WRITING.includes(action)) {
    if (action === "hashmod" && step.modulus === undefined) return "is a hashmod without modulus";
    return writeRefusal(step.target_label ?? "", phase);
  }
  if (SELECTING.includes(action)) {
    const compares = action.endsWith("equal");
    if (compares && !LABEL_NAME.test(step.target_label ?? "")) return `is a ${action} without target_label`;
    return undefined;
  }
  if (action === "labelmap") return mapRefusal(String(step.replacement ?? "$1"));
  if (action === "labeldrop") return dropRefusal(String(step.regex ?? "(.*)"));
  if (action === "labelkeep") return "is a labelkeep, which would drop identity labels; drop labels by name";
  return `has the unknown action ${quote(action)}`;
}

function writeRefusal(label: string, phase: "target" | "metric"): string | undefined {
  if (!LABEL_NAME.test(label)) return `writes ${quote(label)}, which is no fixed label name`;
  if (isIdentityLabel(label)) return `writes the identity label ${label}`;
  const free = phase === "metric" ? /^__(name__$|tmp)/ : /^__(param_|tmp)/;
  if (label.startsWith("__") && !free.test(label)) return `writes the reserved label ${label}`;
  return undefined;
}

/** The text before the first reference must already rule out every label that is not the author's to write. */
function mapRefusal(replacement: string): string | undefined {
  const fixed = replacement.split("$")[0] ?? "";
  const reaches = [...IDENTITY_LABELS, "__"].find(
    (label) => label.startsWith(fixed) || fixed.startsWith(label),
  );
  return reaches === undefined
    ? undefined
    : `maps to ${quote(replacement)}, which could write ${reaches}; give names a prefix of their own`;
}

/** Only plain names, each with `.*` or `.+` at its end at most, so that what is dropped can be told without a search. */
function dropRefusal(regex: string): string | undefined {
  for (const part of regex.replace(/^\((.*)\)$/, "$1").split("|")) {
    const found = /^([a-zA-Z0-9_]+)(\.[*+])?$/.exec(part);
    if (!found)
      return `drops ${quote(regex)}; only label names, each with .* or .+ at its end at most, can be dropped`;
    const [, name = "", open] = found;
    const hit = [...IDENTITY_LABELS, "__address__", "__name__", "__scheme__", "__metrics_path__"].find(
      (label) => (open === undefined ? label === name : label.startsWith(name)),
    );
    if (hit !== undefined) return `drops the label ${hit}`;
  }
  return undefined;
}
