import { nextLook } from "../external/begin-looking.ts";
import type { Core } from "../core.ts";

/** The earliest moment at which something is tried again or falls due; milliseconds since 1970, UTC. */
export function nextWake(core: Core): number | undefined {
  const now = core.around.clock();
  const retries = core.failures.all().filter(({ stage }) => stage !== "observe");
  const waiting = new Set(retries.filter(({ retryAt }) => retryAt > now).map(({ entity }) => entity));
  // What is due for a unit that must wait for a retry is done then, and wakes nobody before.
  const isHeld = (unit: string): boolean =>
    waiting.has(unit) || waiting.has(core.db.units.get(unit)?.application ?? "");
  const moments = [
    ...retries.flatMap(({ stage, entity, retryAt }) =>
      stage === "material" && retryAt <= now && isHeld(entity) ? [] : [retryAt],
    ),
    ...core.db.states
      .values()
      .flatMap(({ deadlines }) => deadlines.map(({ at }) => Date.parse(at)).filter((at) => at > now)),
    ...core.db.materials
      .values()
      .filter(({ request, rotated }) => request.rotateAt !== undefined && request.rotateAt !== rotated)
      .map(({ unit, request }) => ({ unit, at: Date.parse(request.rotateAt ?? "") }))
      .flatMap(({ unit, at }) => (at <= now && isHeld(unit) ? [] : [at])),
    nextLook(core) ?? Infinity,
  ].filter((moment) => Number.isFinite(moment));
  return moments.length === 0 ? undefined : moments.reduce((a, b) => Math.min(a, b));
}
