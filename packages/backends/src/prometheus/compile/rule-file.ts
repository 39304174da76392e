import type { FileOutcome } from "@orrery/charm";
import type { Origin } from "@orrery/problems";
import type { RenderedRuleGroup } from "@orrery/rules";
import { sha256 } from "../../judging/rejections.ts";
import { yamlJson } from "../../writing/yaml-json.ts";
import type { PrometheusCapabilities } from "../capabilities.ts";

const MARK = "orrery_loaded_";

/**
 * Writes groups as a rule file, with one group more that is named by the content and whose one alert never fires.
 *
 * Prometheus shows neither the text of what it loaded nor all of its meaning (not `query_offset`); it shows this name, though only of
 * a group that has a rule.
 */
export function ruleFile(
  groups: readonly RenderedRuleGroup[],
  key: string,
  on: { readonly to: PrometheusCapabilities; readonly origin: Origin },
): FileOutcome {
  return {
    content: `${yamlJson({ groups: [...groups, markGroup(groups)] }, 1)}\n`,
    onChange: "reload",
    check: { command: [on.to.promtool, "check", "rules", "{}"] },
    contributor: key,
    origin: on.origin,
  };
}

/** The group that marks the content of a file with these groups. */
export function markGroup(groups: readonly RenderedRuleGroup[]): RenderedRuleGroup {
  return {
    name: `${MARK}${sha256(JSON.stringify(groups))}`,
    interval: "1d",
    rules: [{ alert: "OrreryRulesLoaded", expr: "vector(0) > 1" }],
  };
}

/** Says whether a group's name marks the content of its file. */
export function isMark(name: string): boolean {
  return name.startsWith(MARK);
}
