import { posix } from "node:path";
import type { Expectation, ExternalObject } from "@orrery/charm";
import { counted } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { Telemetry } from "@orrery/telemetry";
import type { CompileRulesOptions } from "../../prometheus/compile/compile-rules.ts";
import { compileRules } from "../../prometheus/compile/compile-rules.ts";
import { expectRules } from "../../prometheus/compile/contributor.ts";
import { markGroup } from "../../prometheus/compile/rule-file.ts";
import { markedYaml } from "../marked.ts";
import { objectKey } from "../object-kind.ts";
import type { FilesTarget } from "./files-target.ts";
import type { TargetLabels } from "./overlaps.ts";
import { overlaps } from "./overlaps.ts";
import { renameIdentity } from "./rename-identity.ts";

/** A contributor's rules as a file. */
export interface RuleObjects {
  readonly objects: Readonly<Record<string, ExternalObject>>;
  readonly expectations: readonly Expectation[];
  readonly problems: readonly Problem[];
  readonly rules: number;
}

/** What {@link ruleObjects} takes beside the name and the telemetry. */
export interface RuleObjectsOptions extends Omit<CompileRulesOptions, "origin"> {
  readonly to: FilesTarget;
  readonly contributor: string;
  /** What the targets that the rules watch bear in the server. */
  readonly targets: readonly TargetLabels[];
}

/** Makes the file with a contributor's rules, scoped to what their series bear in the server, and marked by its content. */
export function ruleObjects(name: string, one: Telemetry, on: RuleObjectsOptions): RuleObjects {
  const { to, contributor, targets, ...scope } = on;
  const origin = { application: one.identity.application };
  const compiled = compileRules(
    one,
    { version: to.capabilities.version, ruleScoping: to.ruleScoping },
    { ...scope, origin },
  );
  const renamed = renameIdentity(compiled.value, to.labelPrefix);
  const groups = renamed.value;
  const problems = [
    ...compiled.problems,
    ...renamed.problems.map((found) => ({ ...found, origin: { ...origin, ...found.origin } })),
  ];
  const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
  if (rules === 0) return { objects: {}, expectations: [], problems, rules };
  const key = objectKey("rules", name);
  const file = posix.join(to.capabilities.folder, key);
  return {
    objects: {
      [key]: {
        stage: "rules",
        content: markedYaml(to.mark, { groups: [...groups, markGroup(groups)] }),
        contributor,
        summary: counted(rules, "rule"),
      },
    },
    expectations: groups.flatMap((group) =>
      expectRules(group, file, { to: { container: to.system }, origin }),
    ),
    problems: [...problems, ...overlaps(groups, to, { targets, origin })],
    rules,
  };
}
