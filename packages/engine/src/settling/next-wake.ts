import type { Core } from "../core.ts";

/** The earliest moment at which something is tried again or falls due; milliseconds since 1970, UTC. */
export function nextWake(core: Core): number | undefined {
  const now = core.around.clock();
  const retries = core.failures.all().filter(({ stage }) => stage !== "observe");
  const moments = [
    ...retries.map(({ retryAt }) => retryAt),
    ...core.db.states
      .values()
      .flatMap(({ deadlines }) => deadlines.map(({ at }) => Date.parse(at)).filter((at) => at > now)),
    ...core.db.materials
      .values()
      .flatMap(({ request, rotated }) =>
        request.rotateAt === undefined || request.rotateAt === rotated ? [] : [Date.parse(request.rotateAt)],
      ),
  ].filter((moment) => Number.isFinite(moment));
  return moments.length === 0 ? undefined : moments.reduce((a, b) => Math.min(a, b));
}
