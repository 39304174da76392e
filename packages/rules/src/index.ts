/** Rule groups: typed parameters, generic rules, scoping, templates, rendering. */
export { hostHealth, presenceRules } from "./generic/host-health.ts";
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
export { ruleName } from "./model/rule-group.ts";
export type { AlertRule, RecordingRule, Rule, RuleGroup } from "./model/rule-group.ts";
export { groupName } from "./naming/group-name.ts";
export type { GroupNameParts } from "./naming/group-name.ts";
export { optionName } from "./naming/option-name.ts";
export { bindParameters } from "./parameters/bind-parameters.ts";
export type { BoundRule } from "./parameters/bind-parameters.ts";
export { listParameters } from "./parameters/list-parameters.ts";
export type { ListedParameters, TunableParameter } from "./parameters/list-parameters.ts";
export { readRuleFiles } from "./reading/read-rule-files.ts";
export type { ReadRuleFilesOptions } from "./reading/read-rule-files.ts";
export { readRuleGroups } from "./reading/read-rule-groups.ts";
export type { GroupContext, ReadGroups } from "./reading/read-rule-groups.ts";
export { renderRuleGroups } from "./rendering/render-rule-groups.ts";
export type { RenderRuleGroupsOptions } from "./rendering/render-rule-groups.ts";
export { scopeRules } from "./scoping/scope-rules.ts";
export type { ScopeRulesOptions } from "./scoping/scope-rules.ts";
export { scopingBudget } from "./scoping/scoping-budget.ts";
export type { ScopingBudget } from "./scoping/scoping-budget.ts";
export { checkTemplate } from "./templates/check-template.ts";
