import type { Expectation } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Telemetry } from "@orrery/telemetry";
import type { Adoption } from "./adoption.ts";
import { adopt } from "./adoption.ts";
import type { FilesTarget } from "./files-target.ts";
import { reachable } from "./reachable.ts";
import type { TargetLabels } from "./overlaps.ts";
import type { RuleObjects } from "./rule-objects.ts";
import { ruleObjects } from "./rule-objects.ts";
import { scrapeObjects } from "./scrape-objects.ts";
import type { FilesShare } from "./share.ts";

/**
 * Compiles what one contributor emits to files for a server of somebody else's; pure, and no other contributor changes a byte of it.
 *
 * Targets that the server scrapes already are adopted: left to it, with rules that ask for the labels they bear there. The rest is
 * scraped by jobs of ours, with rules that ask for the identity.
 *
 * @param key - Fit for a file name, and unique among the contributors.
 */
export function compileShare(key: string, one: Telemetry, to: FilesTarget): FilesShare {
  const { application } = one.identity;
  const chosen = Object.hasOwn(to.adopt, application) ? to.adopt[application] : undefined;
  const adoption = adopt(one, to.capabilities.targets, chosen);
  const { value: rest, problems: unreachable } = reachable(adoption.rest, to.capabilities);
  const scraped = scrapeObjects(key, rest, to);
  const hasAdopted = adoption.adopted.length > 0 || chosen !== undefined;
  const emits = one.scrapes.some(({ targets }) => targets.length > 0);
  const watched = scraped.expectations.length > 0;
  const parts: RuleObjects[] = [];
  if (to.capabilities.evaluates) {
    // Rules about nothing that is scraped here could only alarm falsely; a contributor that only has rules keeps them.
    if (watched || (!emits && !hasAdopted))
      parts.push(ownRules(key, rest, { to, adoption, targets: scraped.targets }));
    if (adoption.matchers) parts.push(adoptedRules(key, one, { to, adoption, targets: scraped.targets }));
  }
  const carried = parts.length > 0 || one.ruleGroups.length === 0;
  const leftOut = carried
    ? []
    : [
        problem("EXTERNAL_RULES_LEFT_OUT", {
          message: to.capabilities.evaluates
            ? `rules of ${application} are left out: none of its targets would be scraped`
            : `rules of ${application} are left out: the server evaluates none`,
          origin: { application },
        }),
      ];
  return {
    objects: Object.assign({}, scraped.objects, ...parts.map(({ objects }) => objects)),
    expectations: [
      ...scraped.expectations,
      ...expectAdopted(adoption, application, to.system),
      ...parts.flatMap(({ expectations }) => expectations),
    ],
    losses: [
      ...adoption.problems,
      ...unreachable,
      ...scraped.problems,
      ...parts.flatMap(({ problems }) => problems),
      ...leftOut,
    ],
    rules: parts.reduce((sum, { rules }) => sum + rules, 0),
    adopted: adoption.adopted.length,
  };
}

interface On {
  readonly to: FilesTarget;
  readonly adoption: Adoption;
  /** What the targets of ours bear in the server. */
  readonly targets: readonly TargetLabels[];
}

function ownRules(key: string, one: Telemetry, { to, adoption, targets }: On): RuleObjects {
  const adopted = new Set(adoption.adopted.map(({ unit }) => unit));
  return ruleObjects(key, one, {
    to,
    contributor: key,
    targets,
    keeps: ({ unit }) => unit === undefined || !adopted.has(unit),
  });
}

/** Where some targets are scraped by us, what is recorded of them must not be recorded twice under the same labels. */
function adoptedRules(key: string, one: Telemetry, { to, adoption, targets }: On): RuleObjects {
  const { matchers = [], units } = adoption;
  return ruleObjects(`${key}-adopted`, one, {
    to,
    contributor: key,
    targets: adoption.adopted.map(({ target }) => target.labels),
    standIn: { matchers, units },
    keeps: (rule) =>
      (rule.unit === undefined || Object.hasOwn(units, rule.unit)) &&
      !(targets.length > 0 && rule.kind === "record"),
  });
}

function expectAdopted(
  { adopted }: Adoption,
  application: string,
  container: string,
): readonly Expectation[] {
  return adopted.map(({ target: { pool, address }, unit }) => ({
    signal: "metrics",
    kind: "target",
    name: `${pool} ${address}`,
    application,
    ...(unit === undefined ? {} : { unit }),
    container,
    match: { pool, address },
  }));
}
