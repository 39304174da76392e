import type { Core } from "../core.ts";
import { externalKey } from "./external-record.ts";
import { externalRuntime } from "./external-runtime.ts";
import { lookAtExternal } from "./look-at-external.ts";

/** Foreign systems are looked at this often, in milliseconds. */
const AGAIN_MS = 60_000;

/** Begins to look at foreign systems that were not looked at for a while; nothing waits for those that do not answer. */
export function beginLooking(core: Core): void {
  for (const key of dueSystems(core)) {
    const runtime = externalRuntime(core, key);
    const look = lookAtExternal(core, key).then(() => undefined);
    runtime.turn = look;
    core.looking.begin(key, look);
  }
}

/** When the next look is due; milliseconds since 1970, UTC. */
export function nextLook(core: Core): number | undefined {
  const idle = lookedAfter(core).filter(
    (key) => !core.looking.has(key) && core.externals.get(key)?.command === undefined,
  );
  const moments = idle.map((key) => (core.externals.get(key)?.lookedAt ?? 0) + AGAIN_MS);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function dueSystems(core: Core): readonly string[] {
  const now = core.around.clock();
  return lookedAfter(core).filter((key) => {
    const { lookedAt, command } = externalRuntime(core, key);
    return (
      command === undefined &&
      !core.looking.has(key) &&
      (lookedAt === undefined || lookedAt + AGAIN_MS <= now)
    );
  });
}

/** The systems of applications that stand, and those that a run was left behind for. */
function lookedAfter(core: Core): readonly string[] {
  if (!core.around.foreign) return [];
  return core.db.external
    .values()
    .filter(
      ({ application, name }) =>
        (core.db.applications.get(application)?.life === "alive" && core.charms.has(application)) ||
        core.db.externalRuns.has(externalKey(application, name)),
    )
    .map(({ application, name }) => externalKey(application, name));
}
