import { withDefaults } from "@orrery/charm";
import type { ContainerView, Manifest, RelationView, View } from "@orrery/charm";
import { checkView } from "./check-view.ts";
import type { RelationInput, ViewInput } from "./view-input.ts";

const SINCE = "2026-01-01T00:00:00.000Z";
const MODEL: View["model"] = { name: "test", uuid: "00000000-0000-4000-8000-000000000000" };

/**
 * Makes the view that a host would give: what the input does not say is filled in from the charm's manifest.
 *
 * @throws OrreryError `VIEW_IMPOSSIBLE` with all that could not be.
 */
export function buildView(manifest: Manifest, input: ViewInput = {}): View {
  const application = input.application ?? manifest.name;
  const number = input.unit ?? 0;
  const leader = input.leader ?? number === 0;
  const count = input.units ?? Math.max(number + 1, leader ? 1 : 2);
  const unit = `${application}/${number}`;
  const view: View = {
    protocol: 1,
    model: input.model ?? MODEL,
    application,
    unit,
    charm: manifest.name,
    leader,
    life: input.life ?? "alive",
    units: Array.from({ length: count }, (_, i) => `${application}/${i}`),
    config: { ...withDefaults(manifest.config, {}), ...input.config },
    network: {
      address: input.network?.address ?? `127.0.0.${number + 2}`,
      ports: {
        ...Object.fromEntries(Object.entries(manifest.ports).map(([name, { prefer }]) => [name, prefer])),
        ...input.network?.ports,
      },
    },
    relations: (input.relations ?? []).map((relation, i) =>
      relationOf(manifest, { relation, i, application, unit, count }),
    ),
    containers: containersOf(manifest, { unit, given: input.containers ?? {} }),
    materials: materialsOf(input.materials ?? {}),
    secrets: input.secrets ?? {},
    due: input.due ?? [],
    external: input.external ?? {},
    ...(input.memory === undefined ? {} : { memory: input.memory }),
  };
  checkView(manifest, view);
  return view;
}

function materialsOf(given: NonNullable<ViewInput["materials"]>): View["materials"] {
  return Object.fromEntries(
    Object.entries(given).map(([id, one]) => [
      id,
      { since: SINCE, ...(typeof one === "string" ? { current: one } : one) },
    ]),
  );
}

function relationOf(
  manifest: Manifest,
  from: {
    readonly relation: RelationInput;
    readonly i: number;
    readonly application: string;
    readonly unit: string;
    readonly count: number;
  },
): RelationView {
  const { relation, i, application, unit, count } = from;
  const spec = Object.hasOwn(manifest.endpoints, relation.endpoint)
    ? manifest.endpoints[relation.endpoint]
    : undefined;
  const peers = spec?.role === "peers";
  const id = relation.id ?? i + 1;
  const remote = relation.application ?? (peers ? application : `remote${i === 0 ? "" : id}`);
  const names = (of: number): readonly string[] => Array.from({ length: of }, (_, n) => `${remote}/${n}`);
  const given =
    typeof relation.units === "object" ? relation.units : names(relation.units ?? (peers ? count : 1));
  const units = peers ? given.filter((name) => name !== unit) : given;
  return {
    id,
    endpoint: relation.endpoint,
    interface: spec?.interface ?? "unknown",
    application: remote,
    ...(relation.charm === undefined ? {} : { charm: relation.charm }),
    units,
    version: relation.version ?? 1,
    bags: {
      localApplication: relation.bags?.localApplication ?? {},
      localUnit: relation.bags?.localUnit ?? {},
      remoteApplication: relation.bags?.remoteApplication ?? {},
      remoteUnits: { ...Object.fromEntries(units.map((name) => [name, {}])), ...relation.bags?.remoteUnits },
    },
    granted: relation.granted ?? [],
  };
}

function program(of: string): ContainerView["program"] {
  return { path: `/programs/${of}`, version: "1.0.0" };
}

function containersOf(
  manifest: Manifest,
  from: { readonly unit: string; readonly given: Readonly<Record<string, Partial<ContainerView>>> },
): Readonly<Record<string, ContainerView>> {
  const { unit, given } = from;
  const names = new Set([...Object.keys(manifest.containers), ...Object.keys(given)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const spec = Object.hasOwn(manifest.containers, name) ? manifest.containers[name] : undefined;
      const container: ContainerView = {
        ready: true,
        program: program(spec?.program ?? name),
        tools: Object.fromEntries((spec?.tools ?? []).map((tool) => [tool, program(tool)])),
        folder: `/units/${unit}/${name}`,
        storage: `/storage/${unit}/${name}`,
        services: {},
        checks: {},
        rejected: {},
        ...given[name],
      };
      return [name, container];
    }),
  );
}
