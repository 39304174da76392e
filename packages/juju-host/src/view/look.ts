import { effectiveConfig } from "@orrery/charm";
import type { ConfigValue, Manifest } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import type { HookContext } from "../hook/hook-context.ts";
import type { UnitState } from "../state/unit-state.ts";
import { loadState } from "../state/unit-state.ts";
import type { HookTools } from "../tools/hook-tools.ts";
import type { SecretContent } from "../tools/secret-tools.ts";
import { readSecret } from "../tools/secret-tools.ts";
import { bindAddress, isLeader, openedPorts, plannedUnits, readConfig } from "../tools/unit-tools.ts";
import { readOwnSecrets } from "./own-secrets.ts";
import type { OwnSecret } from "./own-secrets.ts";
import { readRelations } from "./read-relations.ts";
import { secretReferences } from "./secret-references.ts";
import type { SeenRelation } from "./seen-relation.ts";
import { byNumber } from "./unit-number.ts";

/** All that hook tools tell a unit, as it stood when the hook began. */
export interface Seen {
  readonly leader: boolean;
  readonly units: readonly string[];
  readonly config: Readonly<Record<string, ConfigValue>>;
  /** Options whose values do not fit: Juju knows of no limits. */
  readonly configProblems: readonly Problem[];
  readonly address: string;
  readonly relations: readonly SeenRelation[];
  readonly ownSecrets: readonly OwnSecret[];
  /** Others' secrets that this unit may read, by URI. */
  readonly secrets: Readonly<Record<string, ReadableSecret>>;
  readonly openedPorts: readonly string[];
  readonly state: UnitState;
}

/** Another's secret that this unit may read. */
export interface ReadableSecret {
  readonly content: SecretContent;
  /** Ids of the relations on whose behalf it may be used. */
  readonly sharedWith: readonly number[];
}

/** A binding that every charm has. @see juju-protocol, Charm metadata: every charm implicitly provides it. */
const BINDING = "juju-info";

/**
 * Asks hook tools for all that a unit may see; nothing while the unit has no address.
 *
 * Everything is read anew at each hook: what Juju tells is right at that moment, whatever happened to the hook before.
 */
export async function look(
  tools: HookTools,
  context: HookContext,
  manifest: Manifest,
): Promise<Seen | undefined> {
  const address = await bindAddress(tools, BINDING);
  if (address === undefined) return undefined;
  const leader = await isLeader(tools);
  const set = Object.keys(manifest.config).length > 0 ? await readConfig(tools) : {};
  const { values: config, problems: configProblems } = effectiveConfig(manifest, fitting(set));
  const relations = await readRelations({ tools, context, manifest, leader });
  const secrets: Record<string, ReadableSecret> = {};
  for (const [uri, namedBy] of secretReferences(config, relations)) {
    const content = await readSecret(tools, uri, "--refresh");
    if (content) secrets[uri] = { content, sharedWith: sharers(namedBy) };
  }
  return {
    leader,
    units: byNumber([...new Set([...(await plannedUnits(tools)), context.unit])]),
    config,
    configProblems,
    address,
    relations,
    ownSecrets: await readOwnSecrets(tools),
    secrets,
    openedPorts: await openedPorts(tools),
    state: await loadState(tools),
  };
}

function fitting(set: Readonly<Record<string, unknown>>): Readonly<Record<string, ConfigValue>> {
  return Object.fromEntries(
    Object.entries(set).filter(
      (entry): entry is [string, ConfigValue] =>
        typeof entry[1] === "string" || typeof entry[1] === "number" || typeof entry[1] === "boolean",
    ),
  );
}

/**
 * Juju does not tell readers whose a secret is. It is taken for that of the application that names it; where several do, one of them
 * may only have learnt its URI, and it is nobody's.
 */
function sharers(namedBy: readonly SeenRelation[]): readonly number[] {
  const applications = new Set(namedBy.map(({ application }) => application));
  return applications.size === 1 ? namedBy.map(({ id }) => id) : [];
}
