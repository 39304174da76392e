import type { Manifest } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { CharmRun } from "../run/charm-run.ts";
import type { TestedCharm } from "../run/run-charm.ts";
import { loadedCharm } from "../run/run-charm.ts";
import type { Party, RelatedSides } from "./exchange.ts";
import { exchange } from "./exchange.ts";

/** One side of {@link relate}. */
export interface RelatedParty extends Party {
  /** Needed only where the two charms fit each other in several ways. */
  readonly endpoint?: string;
}

/** What the first unit of each side wants once both have come to rest. */
export interface Related {
  readonly provider: CharmRun;
  readonly requirer: CharmRun;
  /** All units by name: `provider/0`, `requirer/1`. */
  readonly units: ReadonlyMap<string, CharmRun>;
}

/**
 * Relates a charm that provides an interface with one that requires it, as applications `provider` and `requirer`.
 *
 * @throws OrreryError `VIEW_IMPOSSIBLE` when they do not fit each other in exactly one way; else as {@link exchange}.
 */
export function relate(provider: TestedCharm | RelatedParty, requirer: TestedCharm | RelatedParty): Related {
  const { parties, sides } = pairOf(provider, requirer);
  return relatedOf(exchange(parties, [sides]));
}

/** Two parties and the one way in which they fit each other. @throws OrreryError `VIEW_IMPOSSIBLE` when there is not just one. */
export function pairOf(
  provider: TestedCharm | RelatedParty,
  requirer: TestedCharm | RelatedParty,
): { readonly parties: Readonly<Record<string, Party>>; readonly sides: RelatedSides } {
  const [a, b] = [partyOf(provider), partyOf(requirer)];
  const [left, right] = [loadedCharm(a.charm), loadedCharm(b.charm)];
  const pairs = endpoints(left.manifest, "provides", a.endpoint).flatMap(([name, { interface: of }]) =>
    endpoints(right.manifest, "requires", b.endpoint)
      .filter(([, spec]) => spec.interface === of)
      .map(([other]) => [`provider:${name}`, `requirer:${other}`] as const),
  );
  const [sides, ...others] = pairs;
  if (!sides || others.length > 0) {
    const told = pairs.map((pair) => pair.join(" ")).join("; ") || "in no way";
    throw new OrreryError(
      "VIEW_IMPOSSIBLE",
      `${left.manifest.name} and ${right.manifest.name} fit each other: ${told}; name the endpoints`,
    );
  }
  return { parties: { provider: { ...a, charm: left }, requirer: { ...b, charm: right } }, sides };
}

/** What the two sides of a pair want. */
export function relatedOf(units: ReadonlyMap<string, CharmRun>): Related {
  const first = (application: string): CharmRun => {
    const run = units.get(`${application}/0`);
    if (!run) throw new OrreryError("VIEW_IMPOSSIBLE", `${application} has no units`);
    return run;
  };
  return { provider: first("provider"), requirer: first("requirer"), units };
}

function partyOf(given: TestedCharm | RelatedParty): RelatedParty {
  return "charm" in given ? given : { charm: given };
}

function endpoints(
  manifest: Manifest,
  role: "provides" | "requires",
  wanted: string | undefined,
): readonly (readonly [string, Manifest["endpoints"][string]])[] {
  return Object.entries(manifest.endpoints).filter(
    ([name, spec]) => spec.role === role && (wanted === undefined || name === wanted),
  );
}
