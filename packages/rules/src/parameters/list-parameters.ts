import { isDeepStrictEqual } from "node:util";
import type { Origin, Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { Parameter } from "../model/parameter.ts";
import type { RuleGroup } from "../model/rule-group.ts";
import { ruleName } from "../model/rule-group.ts";
import { optionName } from "../naming/option-name.ts";

/** A parameter that an operator may tune. */
export interface TunableParameter {
  /** The alert, or the recorded series; several rules may bear the name, and are tuned together. */
  readonly rule: string;
  /** The parameter's name, such as `threshold`. */
  readonly name: string;
  /** The charm's option, such as `high-error-rate-threshold`. */
  readonly option: string;
  readonly parameter: Parameter;
  readonly origin: Origin;
}

/** Every parameter of some groups. */
export interface ListedParameters {
  /** Sorted by option; each option once. */
  readonly parameters: readonly TunableParameter[];
  /** `RULE_PARAMETER_CLASH` where two rules would share an option and declare it differently. */
  readonly problems: readonly Problem[];
}

/** Lists what an operator may tune, as the options that a charm offers for it. */
export function listParameters(groups: readonly RuleGroup[]): ListedParameters {
  const listed = new Map<string, TunableParameter>();
  const problems: Problem[] = [];
  for (const rule of groups.flatMap((group) => group.rules)) {
    for (const [name, parameter] of Object.entries(rule.parameters)) {
      const one = {
        rule: ruleName(rule),
        name,
        option: optionName(ruleName(rule), name),
        parameter,
        origin: rule.origin,
      };
      const before = listed.get(one.option);
      if (!before) listed.set(one.option, one);
      else if (!isDeepStrictEqual(before.parameter, parameter) || before.rule !== one.rule) {
        const message = `option ${one.option} is declared twice and differently, first by ${before.rule}`;
        problems.push(problem("RULE_PARAMETER_CLASH", { origin: rule.origin, severity: "warning", message }));
      }
    }
  }
  return { parameters: [...listed.values()].toSorted((a, b) => (a.option < b.option ? -1 : 1)), problems };
}
