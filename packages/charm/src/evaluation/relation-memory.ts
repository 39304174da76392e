import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import type { AnyEndpoint, Contributor, Endpoints, Relations, Self } from "../definition/endpoint.ts";
import type { BagWrites } from "../outcome/outcome.ts";
import type { RelationView, View } from "../view/view.ts";

interface Remembered {
  readonly version: number;
  /** Absent where the library failed. */
  readonly contributor?: Contributor<unknown>;
  readonly problems: readonly Problem[];
}

interface Written {
  readonly value: unknown;
  readonly version: number;
  readonly self: string;
  readonly writes: BagWrites;
}

/** Decodes each relation once for each of its versions, and encodes again only what changed. */
export class RelationMemory {
  readonly counters: { decoded: number; encoded: number } = { decoded: 0, encoded: 0 };
  #decoded = new Map<number, Remembered>();
  #written = new Map<number, Written>();
  #collections = new Map<string, Relations<unknown>>();

  /** The key of a relation: made of the charm's own endpoint name and Juju's id, never of what the other side chose. */
  keyOf(relation: RelationView): string {
    return `${relation.endpoint}-${relation.id}`;
  }

  /** Gives the relations of each endpoint; a collection keeps its identity while none of its relations changed. */
  decode(
    endpoints: Endpoints,
    view: View,
  ): {
    readonly endpoints: Readonly<Record<string, Relations<unknown>>>;
    /** Of relations that were left out whole. */
    readonly problems: readonly Problem[];
  } {
    const kept = new Map<number, Remembered>();
    const byEndpoint = new Map<string, Contributor<unknown>[]>();
    for (const relation of view.relations) {
      const endpoint = endpoints[relation.endpoint];
      if (!endpoint) continue;
      const before = this.#decoded.get(relation.id);
      const now = before?.version === relation.version ? before : this.#read(endpoint, relation);
      kept.set(relation.id, now);
      const list = byEndpoint.get(relation.endpoint) ?? [];
      if (now.contributor) list.push(now.contributor);
      byEndpoint.set(relation.endpoint, list);
    }
    this.#decoded = kept;
    for (const id of this.#written.keys()) if (!kept.has(id)) this.#written.delete(id);
    return {
      endpoints: Object.fromEntries(
        Object.keys(endpoints).map((name) => [name, this.#collect(name, byEndpoint.get(name) ?? [])]),
      ),
      problems: [...kept.values()].flatMap(({ contributor, problems }) => (contributor ? [] : problems)),
    };
  }

  /** Writes a value unless value, relation and writer are those of last time. */
  encode(
    endpoint: AnyEndpoint,
    what: { readonly value: unknown; readonly relation: RelationView; readonly self: Self },
  ): BagWrites {
    const { value, relation, self } = what;
    const who = JSON.stringify(self);
    const before = this.#written.get(relation.id);
    if (
      before &&
      Object.is(before.value, value) &&
      before.version === relation.version &&
      before.self === who
    ) {
      return before.writes;
    }
    this.counters.encoded += 1;
    const writes = endpoint.encode(value as never, relation, self);
    this.#written.set(relation.id, { value, version: relation.version, self: who, writes });
    return writes;
  }

  #read(endpoint: AnyEndpoint, relation: RelationView): Remembered {
    this.counters.decoded += 1;
    const decoded = readSafely(endpoint, relation);
    if (!("value" in decoded)) return { version: relation.version, problems: [decoded.failed] };
    const { value, problems } = decoded;
    const contributor: Contributor<unknown> = {
      key: this.keyOf(relation),
      id: relation.id,
      application: relation.application,
      units: relation.units,
      granted: relation.granted,
      value,
      problems,
    };
    return { version: relation.version, contributor, problems };
  }

  #collect(name: string, found: readonly Contributor<unknown>[]): Relations<unknown> {
    const relations = found.toSorted((a, b) => a.id - b.id);
    const before = this.#collections.get(name);
    if (
      before &&
      before.relations.length === relations.length &&
      relations.every((one, i) => one === before.relations[i])
    ) {
      return before;
    }
    const collection: Relations<unknown> = {
      relations,
      keys: relations.map(({ key }) => key),
      problems: relations.flatMap(({ problems }) => problems),
    };
    this.#collections.set(name, collection);
    return collection;
  }
}

/** One relation's data that a library stumbles over must not cost the others theirs. */
function readSafely(
  endpoint: AnyEndpoint,
  relation: RelationView,
): Decoded<unknown> | { readonly failed: Problem } {
  try {
    return endpoint.decode(relation);
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    const origin = { application: relation.application, endpoint: relation.endpoint, relation: relation.id };
    return {
      failed: problem("RELATION_UNREADABLE", {
        message: `relation library of ${endpoint.interface} failed: ${told}`,
        origin,
      }),
    };
  }
}
