import type { MaterialRequest } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Code, Problem } from "@orrery/problems";

/** In which order materials are made, and which ones cannot be. */
export interface MaterialOrder {
  /** Each after all that it is made from; the same for the same requests, however they are sorted. */
  readonly order: readonly string[];
  /** What keeps the others from being made; the origin's item is the material's id. */
  readonly problems: readonly Problem[];
}

/** Ids of the materials that this one is made from. */
export function inputsOf(request: MaterialRequest): readonly string[] {
  return needsOf(request).map(({ id }) => id);
}

/**
 * The order in which a unit's materials are made.
 *
 * Left out, each with a problem: what is made from a material that is not asked for (`MATERIAL_UNKNOWN`), from itself
 * (`MATERIAL_CYCLE`), from one of the wrong kind (`MATERIAL_KIND_MISMATCH`), or from one that is left out
 * (`MATERIAL_INPUT_MISSING`).
 */
export function orderOf(requests: Readonly<Record<string, MaterialRequest>>): MaterialOrder {
  const all: Requests = new Map(Object.entries(requests).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const inputs: Inputs = new Map([...all].map(([id, request]) => [id, inputsOf(request)]));
  const found = new Map<string, Problem>();
  for (const circle of circlesOf(inputs)) {
    const told = [...circle, circle[0] ?? ""].map(quote).join(", from ");
    for (const id of circle)
      found.set(id, about(id, "MATERIAL_CYCLE", `material is made in a circle: ${told}`));
  }
  for (const [id, request] of all) {
    const fault = found.has(id) ? undefined : faultOf(request, { id, all });
    if (fault) found.set(id, fault);
  }
  const order = ordered(new Map([...inputs].filter(([id]) => !found.has(id))));
  const placed = new Set(order);
  for (const [id, from] of inputs) {
    if (placed.has(id) || found.has(id)) continue;
    const missing = quote(from.find((input) => !placed.has(input)) ?? "");
    const message = `material ${quote(id)} is made from ${missing}, which cannot be made`;
    found.set(id, about(id, "MATERIAL_INPUT_MISSING", message));
  }
  return { order, problems: [...all.keys()].flatMap((id) => found.get(id) ?? []) };
}

type Requests = ReadonlyMap<string, MaterialRequest>;
type Inputs = ReadonlyMap<string, readonly string[]>;

interface Need {
  /** The request's own word for it. */
  readonly as: string;
  readonly id: string;
  readonly kind: MaterialRequest["kind"];
}

function needsOf(request: MaterialRequest): readonly Need[] {
  const { kind } = request;
  if (kind === "password" || kind === "private-key") return [];
  const key: Need = { as: "key", id: request.key, kind: "private-key" };
  return kind === "certificate" ? [key, { as: "ca", id: request.ca, kind: "ca-certificate" }] : [key];
}

/** What is wrong with the materials that one names. */
function faultOf(
  request: MaterialRequest,
  { id, all }: { readonly id: string; readonly all: Requests },
): Problem | undefined {
  for (const need of needsOf(request)) {
    const named = all.get(need.id);
    if (named?.kind === need.kind) continue;
    const what = `${need.as} of material ${quote(id)} names ${quote(need.id)}`;
    const fitting = [...all].filter(([, { kind }]) => kind === need.kind).map(([other]) => quote(other));
    const allowed = fitting.slice(0, 10).join(", ") || `a ${need.kind}, and none is asked for`;
    return named
      ? about(id, "MATERIAL_KIND_MISMATCH", `${what}, which is a ${named.kind}; allowed is ${allowed}`)
      : about(id, "MATERIAL_UNKNOWN", `${what}, which is not asked for; allowed is ${allowed}`);
  }
  return undefined;
}

/** Each after all of its inputs. One with an input that is not here, or behind such a one, is left out. */
function ordered(inputs: Inputs): readonly string[] {
  const missing = new Map<string, number>();
  const behind = new Map<string, string[]>();
  const ready: string[] = [];
  for (const [id, from] of inputs) {
    missing.set(id, from.length);
    if (from.length === 0) ready.push(id);
    for (const input of from) {
      const list = behind.get(input);
      if (list) list.push(id);
      else behind.set(input, [id]);
    }
  }
  // What becomes ready is appended and comes up in its turn.
  for (const id of ready) {
    for (const next of behind.get(id) ?? []) {
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return ready;
}

/** Circles: from each one that has no place in the order, along its inputs until one comes again. */
function circlesOf(inputs: Inputs): readonly (readonly string[])[] {
  const placed = new Set(ordered(inputs));
  const circles: string[][] = [];
  const seen = new Set<string>();
  for (const start of inputs.keys()) {
    const path: string[] = [];
    let at: string | undefined = placed.has(start) ? undefined : start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      path.push(at);
      at = inputs.get(at)?.find((input) => inputs.has(input) && !placed.has(input));
    }
    if (at !== undefined && path.includes(at)) circles.push(path.slice(path.indexOf(at)));
  }
  return circles;
}

function about(item: string, code: Code, message: string): Problem {
  return problem(code, { message, origin: { item } });
}

function quote(id: string): string {
  return JSON.stringify(id.slice(0, 100));
}
