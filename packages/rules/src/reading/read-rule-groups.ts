import { durationSeconds } from "@orrery/query";
import type { Origin, Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { Rule, RuleGroup } from "../model/rule-group.ts";
import type { GroupNameParts } from "../naming/group-name.ts";
import { groupName } from "../naming/group-name.ts";
import { readRule } from "./read-rule.ts";
import type { Mapping } from "./rule-record.ts";
import { get, isMapping, readText, readTexts } from "./rule-record.ts";

/** Groups that could be read, and what could not. */
export interface ReadGroups {
  readonly groups: readonly RuleGroup[];
  readonly problems: readonly Problem[];
}

/** The most rules that are read of one contributor. */
export const MAX_RULES = 10_000;

/** The shortest interval at which a product may have its rules evaluated, in seconds. */
export const MIN_INTERVAL_SECONDS = 1;

/** Where a group stands, for its name and the origins of its rules. */
export interface GroupContext extends Omit<GroupNameParts, "name"> {
  readonly origin: Origin;
  /** Gives line and column of a group or of a rule in it, where the text is at hand. */
  readonly locate?: (group: number, rule?: number) => Pick<Origin, "line" | "column">;
}

const KEYS = ["name", "interval", "query_offset", "limit", "labels", "rules"];

/**
 * Reads the `groups` of a rule file, or of a relation's bag, one by one: a bad group or rule is left out alone.
 *
 * Names are made complete by {@link groupName}; a name that comes twice gets a number. A group's labels are given to its rules.
 *
 * Problems: `RULES_GROUP_INVALID`, `RULES_GROUP_SETTING`, `RULES_GROUP_RENAMED`, `RULES_TOO_MANY`, `RULE_INVALID`.
 *
 * @see Prometheus 3.x, `model/rulefmt`, `RuleGroup`.
 */
export function readRuleGroups(groups: readonly unknown[], context: GroupContext): ReadGroups {
  const read = groups.map((group, index) => readGroup(group, index, context));
  return distinct(
    read.flatMap(({ group }) => group ?? []),
    read.flatMap(({ problems }) => problems),
  );
}

/** Gives later groups of a name a number, and leaves out rules past {@link MAX_RULES}. */
export function distinct(groups: readonly RuleGroup[], problems: readonly Problem[]): ReadGroups {
  const names = new Set<string>();
  const found = [...problems];
  const kept: RuleGroup[] = [];
  let room = MAX_RULES;
  for (const group of groups) {
    const name = freeName(group.name, names);
    names.add(name);
    if (name !== group.name) {
      const message = `group ${group.name} stands twice, the later one goes out as ${name}`;
      found.push(problem("RULES_GROUP_RENAMED", { origin: group.origin, severity: "warning", message }));
    }
    if (group.rules.length > room) {
      const message = `group ${group.name} holds rules past the ${MAX_RULES} that are taken, ${group.rules.length - room} are left out`;
      found.push(problem("RULES_TOO_MANY", { origin: group.origin, message }));
    }
    const rules = group.rules.slice(0, room);
    room -= rules.length;
    kept.push({ ...group, name, rules });
  }
  return { groups: kept, problems: found };
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const [stem, suffix] = name.endsWith("_rules") ? [name.slice(0, -"_rules".length), "_rules"] : [name, ""];
  for (let number = 2, free = name; ; number++) {
    if (!taken.has(free)) return free;
    free = `${stem}_${number}${suffix}`;
  }
}

function invalid(message: string, origin: Origin): { readonly problems: readonly Problem[] } {
  return { problems: [problem("RULES_GROUP_INVALID", { origin, message })] };
}

function readGroup(
  value: unknown,
  index: number,
  context: GroupContext,
): { readonly group?: RuleGroup; readonly problems: readonly Problem[] } {
  const origin = { ...context.origin, ...context.locate?.(index) };
  if (!isMapping(value)) return invalid("group is not a mapping", { ...origin, index });
  const name = readText(get(value, "name"));
  if (name === undefined || name === "") return invalid("group has no name", { ...origin, index });
  const named = { ...origin, item: name };
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    return invalid(
      `group ${name} has the key ${JSON.stringify(unknown)}, which Prometheus does not know`,
      named,
    );
  const list = get(value, "rules") ?? [];
  if (!Array.isArray(list)) return invalid(`group ${name} has rules that are no list`, named);
  const labels = readTexts(get(value, "labels"));
  if (typeof labels === "string") return invalid(`group ${name} has labels that ${labels}`, named);
  const problems: Problem[] = [];
  const rules: Rule[] = [];
  for (const [place, one] of list.entries()) {
    const read = readRule(one, labels, {
      ...context.origin,
      index: place,
      ...context.locate?.(index, place),
    });
    if (read.ok) rules.push(read.rule);
    else
      problems.push(
        ...read.reasons.map((message) => problem("RULE_INVALID", { origin: read.origin, message })),
      );
  }
  const settings = readSettings(value, named);
  const full = groupName({ ...context, name });
  return {
    group: { name: full, ...settings.settings, rules, origin: named },
    problems: [...settings.problems, ...problems],
  };
}

type Settings = Pick<RuleGroup, "interval" | "queryOffset" | "limit">;

function readSettings(
  value: Mapping,
  origin: Origin,
): { readonly settings: Settings; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const refuse = (message: string): undefined => {
    problems.push(problem("RULES_GROUP_SETTING", { origin, severity: "warning", message }));
    return undefined;
  };
  const duration = (key: string, minimum: number): string | undefined => {
    const text = readText(get(value, key));
    if (text === undefined || text === "") return undefined;
    const seconds = text === "0" ? 0 : durationSeconds(text);
    if (seconds === undefined) return refuse(`${key} ${JSON.stringify(text)} is not a duration such as 1m`);
    if (seconds === 0) return undefined;
    return seconds < minimum ? refuse(`${key} ${text} is shorter than ${minimum}s`) : text;
  };
  const interval = duration("interval", MIN_INTERVAL_SECONDS);
  const queryOffset = duration("query_offset", 0);
  const limit = get(value, "limit") ?? 0;
  const whole =
    typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 0
      ? limit
      : refuse(`limit ${JSON.stringify(limit)} is not a whole number of 0 or more`);
  return {
    settings: {
      ...(interval !== undefined && { interval }),
      ...(queryOffset !== undefined && { queryOffset }),
      ...(whole !== undefined && whole > 0 && { limit: whole }),
    },
    problems,
  };
}
