import type { EndpointSpec, Manifest } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { livingApplication } from "../model/model.ts";
import type { RelationEnd } from "../model/records.ts";
import { charmOf, endpointOf, offers } from "./charm-of.ts";

/** A side of a relation as a person writes it. */
export interface Side {
  readonly application: string;
  readonly endpoint?: string;
}

/** Two ends that fit each other, the provider first. */
export interface Pair {
  readonly interface: string;
  readonly ends: readonly [RelationEnd, RelationEnd];
}

/** Reads `application` or `application:endpoint`. */
export function readSide(text: string): Side {
  const [application = "", endpoint] = text.split(":", 2);
  return endpoint === undefined ? { application } : { application, endpoint };
}

/** All pairs of endpoints by which two sides can be related, as Juju finds them: one provides what the other requires. */
export async function pairsOf(core: Core, a: Side, b: Side): Promise<readonly Pair[]> {
  for (const side of [a, b]) livingApplication(core.db, side.application);
  if (a.application === b.application) {
    throw new OrreryError("RELATION_SELF", `both sides name ${a.application}`, {
      origin: { application: a.application },
    });
  }
  const manifests = [
    (await charmOf(core, a.application)).manifest,
    (await charmOf(core, b.application)).manifest,
  ] as const;
  // Charms may have been loaded in the meantime, and an application may have gone.
  for (const side of [a, b]) livingApplication(core.db, side.application);
  const pairs = candidates(a, manifests[0]).flatMap((left) =>
    candidates(b, manifests[1]).flatMap((right) => pair(left, right)),
  );
  if (pairs.length === 0) throw noInterface([a, b], manifests);
  return pairs;
}

interface Candidate {
  readonly end: RelationEnd;
  readonly spec: EndpointSpec;
}

function candidates(side: Side, manifest: Manifest): readonly Candidate[] {
  const { application, endpoint } = side;
  const names = endpoint === undefined ? Object.keys(manifest.endpoints) : [endpoint];
  return names.map((name) => {
    const spec = endpointOf(application, manifest, name);
    return { spec, end: { application, endpoint: name, role: spec.role } };
  });
}

function pair(a: Candidate, b: Candidate): readonly Pair[] {
  if (a.spec.interface !== b.spec.interface) return [];
  if (a.spec.role === "provides" && b.spec.role === "requires")
    return [{ interface: a.spec.interface, ends: [a.end, b.end] }];
  if (a.spec.role === "requires" && b.spec.role === "provides")
    return [{ interface: a.spec.interface, ends: [b.end, a.end] }];
  return [];
}

function noInterface(sides: readonly [Side, Side], manifests: readonly [Manifest, Manifest]): OrreryError {
  const [a, b] = sides.map(({ application, endpoint }) =>
    endpoint === undefined ? application : `${application}:${endpoint}`,
  );
  return new OrreryError(
    "RELATION_NO_INTERFACE",
    `${a} and ${b} share no interface: ${sides[0].application} has ${offers(manifests[0])}; ${sides[1].application} has ${offers(manifests[1])}`,
    { origin: { application: sides[0].application } },
  );
}
