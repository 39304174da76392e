import type { Bag, CharmSession, LoadedCharm, Outcome, View } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { CharmRun } from "../run/charm-run.ts";
import type { TestedCharm } from "../run/run-charm.ts";
import { evaluatePurely, frozen, loadedCharm } from "../run/run-charm.ts";
import { buildView } from "../view/build-view.ts";
import type { RelationInput, ViewInput } from "../view/view-input.ts";
import { ExchangedSecrets } from "./exchanged-secrets.ts";
import type { Keeper } from "./exchanged-secrets.ts";

/** One application of an exchange. */
export interface Party {
  readonly charm: TestedCharm;
  /** 1 when absent. */
  readonly units?: number;
  readonly config?: ViewInput["config"];
  readonly containers?: ViewInput["containers"];
  readonly materials?: ViewInput["materials"];
  readonly external?: ViewInput["external"];
}

/** What an exchange takes beside its parties and relations. */
export interface ExchangeOptions {
  /** Materials of single units, by the unit's name; beside those of its party. */
  readonly materials?: (unit: string) => ViewInput["materials"];
}

/** Two sides that are related, each `application:endpoint`. */
export type RelatedSides = readonly [string, string];

interface Unit {
  readonly application: string;
  readonly number: number;
  readonly address: string;
  readonly party: Party;
  readonly charm: LoadedCharm;
  readonly session: CharmSession;
  readonly materials: NonNullable<ViewInput["materials"]>;
}

const MOST_ROUNDS = 50;

/**
 * Has charms read and answer each other's relation data and secrets until nothing changes, with no host: what each unit wants then.
 *
 * @throws OrreryError `CHARMS_RESTLESS` when they do not come to rest, `CHARM_IMPURE`, or what a charm fails with.
 */
export function exchange(
  parties: Readonly<Record<string, Party>>,
  relations: readonly RelatedSides[],
  options: ExchangeOptions = {},
): ReadonlyMap<string, CharmRun> {
  const units = Object.entries(parties).flatMap(([application, party], position) =>
    unitsOf(application, party, { position, options }),
  );
  const bags = new Map<string, Bag>();
  const versions = new Map<string, { readonly text: string; readonly version: number }>();
  const secrets = new ExchangedSecrets();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let changed = false;
    for (const unit of units) {
      const view = viewOf(unit, { units, relations, bags, versions, secrets });
      const outcome = unit.session.evaluate(view);
      changed = write(unit, { outcome, bags }) || changed;
      changed = secrets.keep(keeperOf(unit), outcome.secrets) || changed;
    }
    if (changed) continue;
    return new Map(
      units.map((unit) => {
        const view = viewOf(unit, { units, relations, bags, versions, secrets });
        return [nameOf(unit), new CharmRun(view, evaluatePurely(unit.charm, view))];
      }),
    );
  }
  throw new OrreryError(
    "CHARMS_RESTLESS",
    `charms ${Object.keys(parties).join(", ")} did not come to rest in ${MOST_ROUNDS} rounds`,
  );
}

function unitsOf(
  application: string,
  party: Party,
  { position, options }: { readonly position: number; readonly options: ExchangeOptions },
): readonly Unit[] {
  const charm = loadedCharm(party.charm);
  return Array.from({ length: party.units ?? 1 }, (_, number) => ({
    application,
    number,
    address: `127.0.${position + 1}.${number + 2}`,
    party,
    charm,
    session: charm.session(),
    materials: { ...party.materials, ...options.materials?.(`${application}/${number}`) },
  }));
}

interface World {
  readonly units: readonly Unit[];
  readonly relations: readonly RelatedSides[];
  readonly bags: ReadonlyMap<string, Bag>;
  readonly versions: Map<string, { readonly text: string; readonly version: number }>;
  readonly secrets: ExchangedSecrets;
}

function viewOf(unit: Unit, world: World): View {
  const { application, number, party } = unit;
  const given = world.relations.flatMap(([a, b], i): RelationInput[] => {
    const sides = [a, b].map((side) => side.split(":", 2));
    const at = sides.findIndex(([name]) => name === application);
    const [, endpoint = ""] = sides[at] ?? [];
    const [remote = ""] = sides[1 - at] ?? [];
    return at === -1 ? [] : [relationOf(unit, { id: i + 1, endpoint, remote, world })];
  });
  return frozen(
    buildView(unit.charm.manifest, {
      application,
      unit: number,
      units: party.units ?? 1,
      leader: number === 0,
      network: { address: unit.address },
      relations: given,
      secrets: world.secrets.readBy(
        keeperOf(unit),
        given.map(({ id }) => id ?? 0),
      ),
      ...(party.config ? { config: party.config } : {}),
      ...(party.containers ? { containers: party.containers } : {}),
      materials: unit.materials,
      ...(party.external ? { external: party.external } : {}),
    }),
  );
}

function relationOf(
  unit: Unit,
  of: { readonly id: number; readonly endpoint: string; readonly remote: string; readonly world: World },
): RelationInput {
  const { id, endpoint, remote, world } = of;
  const others = world.units.filter(({ application }) => application === remote);
  const read = (owner: string): Bag => world.bags.get(`${id} ${owner}`) ?? {};
  const bags = {
    localApplication: unit.number === 0 ? read(unit.application) : {},
    localUnit: read(nameOf(unit)),
    remoteApplication: read(remote),
    remoteUnits: Object.fromEntries(others.map((other) => [nameOf(other), read(nameOf(other))])),
  };
  const ports = Object.values(others[0]?.charm.manifest.ports ?? {});
  const granted = others.flatMap(({ address }) => ports.map(({ prefer }) => `${address}:${prefer}`));
  const key = `${id} ${nameOf(unit)}`;
  const text = JSON.stringify(bags);
  const before = world.versions.get(key);
  const version = before?.text === text ? before.version : (before?.version ?? 0) + 1;
  world.versions.set(key, { text, version });
  return { id, endpoint, application: remote, units: others.map(nameOf), bags, granted, version };
}

/** Writes as a host would: the application's bag by the leader alone. Says whether anything changed. */
function write(unit: Unit, of: { readonly outcome: Outcome; readonly bags: Map<string, Bag> }): boolean {
  const { outcome, bags } = of;
  let changed = false;
  for (const [id, writes] of Object.entries(outcome.bags)) {
    const own: readonly (readonly [string, Bag | undefined])[] = [
      [nameOf(unit), writes.unit],
      [unit.application, unit.number === 0 ? writes.application : undefined],
    ];
    for (const [owner, bag] of own) {
      const key = `${id} ${owner}`;
      if (!bag || JSON.stringify(bags.get(key) ?? {}) === JSON.stringify(bag)) continue;
      bags.set(key, bag);
      changed = true;
    }
  }
  return changed;
}

function keeperOf(unit: Unit): Keeper {
  return { application: unit.application, unit: nameOf(unit), leads: unit.number === 0 };
}

function nameOf({ application, number }: Unit): string {
  return `${application}/${number}`;
}
