import { OrreryError } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { RuleGroup, TunableParameter } from "@orrery/rules";
import type { Assets, TelemetryDeclaration, Texts } from "./declaration.ts";
import { readDeclaredRules } from "./declared-rules.ts";
import { ruleOption } from "./rule-option.ts";
import type { RuleOption } from "./rule-option.ts";

/** A declaration with its texts read: all that can be known of it before any unit runs. */
export interface ResolvedTelemetry {
  readonly declaration: TelemetryDeclaration;
  /** The product's own rules, parameters unbound; the generic ones come with the application. */
  readonly groups: readonly RuleGroup[];
  /** What operators may tune; `options` are made of them, in the same order. */
  readonly parameters: readonly TunableParameter[];
  /** Options by which operators tune rules: `<alert>-<parameter>` in kebab-case. */
  readonly options: readonly RuleOption[];
  /** What is wrong with rule files; the files, groups and rules concerned are left out. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the rule files that a declaration names or holds, and lists the options that their parameters become.
 *
 * A product with metrics also gets the generic rules on its health and presence.
 *
 * @throws OrreryError `CHARM_INVALID` when a marked folder is missing among the assets.
 */
export function resolveDeclaration(declaration: TelemetryDeclaration, assets: Assets): ResolvedTelemetry {
  const { groups, parameters, problems } = readDeclaredRules(declaration, textsOf(declaration, assets));
  return { declaration, groups, parameters, options: parameters.map(ruleOption), problems };
}

function textsOf({ product, rules }: TelemetryDeclaration, assets: Assets): Texts {
  if (rules === undefined) return {};
  const marker = rules["files"];
  if (marker === undefined) return rules as Texts;
  const texts = Object.hasOwn(assets, marker) ? assets[marker] : undefined;
  if (texts) return texts;
  throw new OrreryError("CHARM_INVALID", `the rules folder ${marker} of ${product} is missing`, {
    remedy: "put the folder beside the charm, or correct its name in the declaration",
  });
}
