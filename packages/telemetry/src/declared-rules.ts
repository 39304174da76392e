import {
  groupName,
  hostHealth,
  listParameters,
  presenceRules,
  readRuleFiles,
  renderRuleGroups,
  ruleName,
  scopeRules,
} from "@orrery/rules";
import type { ListedParameters, RenderedRuleGroup, RuleGroup, TunableParameter } from "@orrery/rules";
import type { Problem } from "@orrery/problems";
import { identifier } from "@orrery/topology";
import type { Topology } from "@orrery/topology";
import type { TelemetryDeclaration, Texts } from "./declaration.ts";
import type { Decoded } from "./model.ts";

/** The rules of a declaration before any unit runs. */
export interface DeclaredRules {
  /** The product's own groups, parameters unbound, named without the application's identity. */
  readonly groups: readonly RuleGroup[];
  /** What operators may tune, the generic rules' parameters among it. */
  readonly parameters: readonly TunableParameter[];
  readonly problems: readonly Problem[];
}

/** What makes declared rules one application's. */
export interface RuleBindings {
  readonly identity: Topology;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** Units whose absence is noticed; none where targets are not the application's units. */
  readonly units: readonly string[];
  /** Whether the application is scraped at all: only then are its health and presence watched. */
  readonly scraped: boolean;
  readonly owner?: string;
}

/** The names of generic rules and their parameters do not depend on whose they are. */
const ANYBODY: Topology = { model: "", modelUuid: "", application: "" };

/** Reads a declaration's rule files and lists what may be tuned. */
export function readDeclaredRules(
  { product, metrics = [] }: TelemetryDeclaration,
  texts: Texts,
): DeclaredRules {
  const read = readRuleFiles(texts, { origin: { application: product } });
  const generic = metrics.length === 0 ? [] : [hostHealth(ANYBODY), presenceRules(ANYBODY, ["unit/0"])];
  const listed: ListedParameters = listParameters([...read.groups, ...generic]);
  return {
    groups: read.groups,
    parameters: listed.parameters,
    problems: [...read.problems, ...listed.problems],
  };
}

/** Binds declared and generic rules to an application: in Prometheus's form, scoped, with values for their parameters. */
export function bindDeclaredRules(
  declared: Pick<DeclaredRules, "groups" | "parameters">,
  bindings: RuleBindings,
): Decoded<readonly RenderedRuleGroup[]> {
  const { identity, units, scraped, owner } = bindings;
  const own = declared.groups.map((group) => ({
    ...group,
    name: groupName({ identifier: identifier(identity), name: group.name }),
  }));
  const present = scraped && units.length > 0 ? [presenceRules(identity, units)] : [];
  const groups = [...own, ...(scraped ? [hostHealth(identity)] : []), ...present];
  const scoped = scopeRules(groups, {
    topology: identity,
    mode: "strict",
    overrides: overridesOf(declared.parameters, bindings.options, groups),
    ...(owner === undefined ? {} : { owner }),
  });
  return {
    value: renderRuleGroups(scoped.groups, { keepFiringFor: true, queryOffset: true }).groups,
    problems: scoped.problems,
  };
}

/** Options that tune a rule that is among the groups, by rule and parameter. */
function overridesOf(
  parameters: readonly TunableParameter[],
  options: Readonly<Record<string, string | number | boolean>>,
  groups: readonly RuleGroup[],
): Record<string, Record<string, string | number>> {
  const rules = new Set(groups.flatMap((group) => group.rules.map(ruleName)));
  const overrides: Record<string, Record<string, string | number>> = {};
  for (const { rule, name, option } of parameters) {
    const value = Object.hasOwn(options, option) ? options[option] : undefined;
    if (value === undefined || !rules.has(rule)) continue;
    overrides[rule] = { ...overrides[rule], [name]: typeof value === "boolean" ? String(value) : value };
  }
  return overrides;
}
