/** Rule groups: typed parameters, generic rules, scoping, templates, rendering. */
export { ALERT_SEVERITIES } from "./model/parameter.ts";
export type {
  AlertSeverity,
  DurationParameter,
  NumberParameter,
  Parameter,
  ParameterValues,
  RuleOverrides,
  SeverityParameter,
} from "./model/parameter.ts";
export type {
  RenderedAlertRule,
  RenderedRecordingRule,
  RenderedRule,
  RenderedRuleGroup,
  RenderedRuleGroups,
} from "./model/rendered-rule-group.ts";
export type { AlertRule, RecordingRule, Rule, RuleGroup } from "./model/rule-group.ts";
