import { ALERT_SEVERITIES } from "@orrery/rules";
import type { TunableParameter } from "@orrery/rules";

/** An option of a charm by which an operator tunes a rule; the form is that of a charm's own options. */
export type RuleOption = { readonly name: string; readonly description: string } & (
  | { readonly type: "float"; readonly default: number; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: "string"; readonly default: string; readonly pattern: string }
  | { readonly type: "string"; readonly default: string; readonly oneOf: readonly string[] }
);

const DURATION = "^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$";

/** Makes the option for a rule's parameter, with what a host can check before it takes a value. */
export function ruleOption({ option: name, rule, name: called, parameter }: TunableParameter): RuleOption {
  const description = parameter.description ?? `${called} of ${rule}`;
  if (parameter.type === "severity") {
    return { name, description, type: "string", default: parameter.default, oneOf: ALERT_SEVERITIES };
  }
  if (parameter.type === "duration") {
    return { name, description, type: "string", default: parameter.default, pattern: DURATION };
  }
  const { minimum, maximum, unit } = parameter;
  return {
    name,
    description: unit === undefined ? description : `${description} (${unit})`,
    type: "float",
    default: parameter.default,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}
