import { quote } from "@orrery/databag";
import type { Json } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Origin, Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import type { SentRuleGroup } from "./log-sender.ts";

/** The most rules that are taken of one relation. */
const MOST_RULES = 10_000;

/** Takes rule groups by their form alone: each rule by itself, and a group that keeps none is left out. */
export function readSentRules(groups: readonly Json[], origin: Origin): Decoded<readonly SentRuleGroup[]> {
  const problems: Problem[] = [];
  let room = MOST_RULES;
  const value = groups.flatMap((group, index): SentRuleGroup[] => {
    const about = { ...origin, item: "alert_rules", index };
    const found = asGroup(group);
    if (!found) {
      const message = `rule group ${index} has no name or no list of rules`;
      problems.push(problem("RULES_GROUP_INVALID", { message, origin: about }));
      return [];
    }
    const rules = found.rules.flatMap((rule, at) => {
      if (isRule(rule)) return [rule];
      const message = `rule ${at} of group ${quote(found.name, 100)} is no object with an expr and one of alert and record`;
      problems.push(problem("RULE_INVALID", { message, origin: about }));
      return [];
    });
    const taken = rules.slice(0, room);
    room -= taken.length;
    if (taken.length < rules.length) {
      const message = `${rules.length - taken.length} rules of group ${quote(found.name, 100)} are past the ${MOST_RULES} that are taken`;
      problems.push(problem("RULES_TOO_MANY", { message, origin: about }));
    }
    return taken.length === 0 ? [] : [{ name: found.name, rules: taken }];
  });
  return { value, problems };
}

function asGroup(group: Json): { readonly name: string; readonly rules: readonly Json[] } | undefined {
  if (!isObject(group)) return undefined;
  const { name, rules } = group;
  return typeof name === "string" && name !== "" && Array.isArray(rules) ? { name, rules } : undefined;
}

function isRule(rule: Json): rule is Readonly<Record<string, Json>> {
  if (!isObject(rule) || typeof rule["expr"] !== "string" || rule["expr"] === "") return false;
  return ["alert", "record"].filter((kind) => typeof rule[kind] === "string").length === 1;
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
