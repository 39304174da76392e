import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { MaterialRequest } from "@orrery/charm";
import { OrreryError, isOrreryError, problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import { makeMaterial } from "../make-material.ts";
import type { MakeMaterial, MaterialSource } from "../make-material.ts";
import type { MaterialGeneration } from "./generation.ts";
import { hasPassed, isDue } from "./generation.ts";
import { inputsOf, orderOf } from "./order-of.ts";

/** What renewing takes beside the requests. */
export interface MaterialMaking extends Pick<MaterialSource, "random" | "now"> {
  /** What the unit has, by id. */
  readonly kept: ReadonlyMap<string, MaterialGeneration>;
  /** {@link makeMaterial} when absent. */
  readonly make?: MakeMaterial;
}

/** What a unit has once it was renewed. */
export interface RenewedMaterials {
  /** By id: each as it was, the same object, when nothing calls for another. Ids that are not asked for are not here. */
  readonly generations: ReadonlyMap<string, MaterialGeneration>;
  /** Why materials could not be made; the origin's item is the id. One that was there before stays as it was. */
  readonly problems: readonly Problem[];
}

/**
 * Makes what a unit asks for and does not have, and a new generation where one is called for.
 *
 * It is called for when the request changed in anything but its timing, when a material that it is made from has another
 * value, when `rotateAt` has passed and was not seen to, and when somebody asked. The value before becomes `previous` if it
 * is of the same kind; a later request lets it go by `keepPrevious: false`.
 */
export async function renewMaterials(
  requests: Readonly<Record<string, MaterialRequest>>,
  making: MaterialMaking,
): Promise<RenewedMaterials> {
  const { order, problems: unordered } = orderOf(requests);
  const problems = [...unordered];
  const generations = new Map<string, MaterialGeneration>();
  for (const {
    origin: { item: id = "" },
  } of unordered) {
    const stays = keptOf(requests, making, id);
    if (stays) generations.set(id, stays);
  }
  for (const id of order) {
    const request = requests[id];
    const kept = keptOf(requests, making, id);
    if (!request) continue;
    try {
      generations.set(id, await renew(request, { ...making, kept, generations }));
    } catch (cause) {
      problems.push(problemOf(cause, id));
      if (kept) generations.set(id, kept);
    }
  }
  return { generations, problems };
}

/** What the unit has under an id, if it is of the kind that it wants now: another kind's value would be taken for what it is not. */
function keptOf(
  requests: Readonly<Record<string, MaterialRequest>>,
  { kept }: MaterialMaking,
  id: string,
): MaterialGeneration | undefined {
  const found = kept.get(id);
  return found?.request.kind === requests[id]?.kind ? found : undefined;
}

interface Renewal extends Pick<MaterialMaking, "random" | "now" | "make"> {
  readonly kept: MaterialGeneration | undefined;
  readonly generations: ReadonlyMap<string, MaterialGeneration>;
}

async function renew(request: MaterialRequest, from: Renewal): Promise<MaterialGeneration> {
  const { kept, generations, random, now } = from;
  const of = (id: string): string | undefined => generations.get(id)?.current;
  const madeFrom = Object.fromEntries(inputsOf(request).map((id) => [id, digest(valueOf(id, of))]));
  if (kept && isSame(kept, request, madeFrom) && !isDue({ ...kept, request }, now())) {
    return settled(kept, request);
  }
  const current = await (from.make ?? makeMaterial)(request, { random, now, of });
  // What this request lets go is the one before the value that its charm saw: of the new one it knows nothing yet.
  const previous = kept?.current;
  const rotated = hasPassed(request.rotateAt, now()) ? request.rotateAt : kept?.rotated;
  return {
    request,
    current,
    ...(previous === undefined ? {} : { previous }),
    since: new Date(now()).toISOString(),
    ...(rotated === undefined ? {} : { rotated }),
    madeFrom,
  };
}

function valueOf(id: string, of: MaterialSource["of"]): string {
  const value = of(id);
  if (value !== undefined) return value;
  const message = `it is made from ${JSON.stringify(id)}, which could not be made`;
  throw new OrreryError("MATERIAL_INPUT_MISSING", message);
}

/** The generation with its request as it is now, and without what that lets go. */
function settled(kept: MaterialGeneration, request: MaterialRequest): MaterialGeneration {
  const letsGo = request.keepPrevious === false && kept.previous !== undefined;
  if (!letsGo && isDeepStrictEqual(kept.request, request)) return kept;
  const { previous, ...rest } = kept;
  return { ...rest, request, ...(previous === undefined || letsGo ? {} : { previous }) };
}

function isSame(
  kept: MaterialGeneration,
  request: MaterialRequest,
  madeFrom: MaterialGeneration["madeFrom"],
): boolean {
  return (
    isDeepStrictEqual(untimed(kept.request), untimed(request)) && isDeepStrictEqual(kept.madeFrom, madeFrom)
  );
}

/** What decides what is made; as plain JSON, in which what a store gave back is the same as what a charm said. */
function untimed({ rotateAt: _at, keepPrevious: _keep, ...made }: MaterialRequest): unknown {
  return JSON.parse(JSON.stringify(made));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function problemOf(cause: unknown, id: string): Problem {
  if (isOrreryError(cause)) return { ...cause.toProblem(), origin: { ...cause.origin, item: id } };
  const told = cause instanceof Error ? cause.message : String(cause);
  return problem("MATERIAL_FAILED", {
    message: `material ${JSON.stringify(id)} was not made: ${told.slice(0, 200)}`,
    origin: { item: id },
  });
}
