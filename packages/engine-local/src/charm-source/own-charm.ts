import type { LoadedCharm } from "@orrery/charm";
import type { CharmRunner, RunnableCharm } from "@orrery/engine";
import { OrreryError, isOrreryError } from "@orrery/problems";
import { loadCharmFolder } from "./charm-folder.ts";

/** Told before and after a charm of this process runs, so that one which never returns can be named and ended. */
export interface Watch {
  /** Says that a unit's charm begins to run; throws what keeps it from running now. Call the result when it has ended. */
  readonly begin: (run: { readonly unit: string; readonly view: unknown }) => (ok: boolean) => void;
}

/**
 * Loads a charm of this repository into this process.
 *
 * @throws OrreryError `CHARM_INVALID` when it does not load.
 */
export async function loadOwnCharm(folder: string, watch: Watch): Promise<RunnableCharm> {
  try {
    // It comes from the repository's own framework, whose types hold.
    const loaded = (await loadCharmFolder(folder)) as LoadedCharm;
    return watched(loaded, { folder, watch });
  } catch (cause) {
    if (isOrreryError(cause)) throw cause;
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("CHARM_INVALID", `charm in ${folder} does not load: ${told}`, { cause });
  }
}

/** Makes a loaded charm one that an engine runs, announcing each run. */
export function watched(
  loaded: LoadedCharm,
  { folder, watch }: { readonly folder: string; readonly watch: Watch },
): RunnableCharm {
  return {
    manifest: loaded.manifest,
    problems: loaded.problems,
    folder,
    act: loaded.act,
    session: (): CharmRunner => {
      const session = loaded.session();
      return {
        evaluate: (view) => {
          const end = watch.begin({ unit: view.unit, view });
          let ok = false;
          try {
            const outcome = session.evaluate(view);
            ok = true;
            return outcome;
          } finally {
            end(ok);
          }
        },
        get counters() {
          return session.counters;
        },
      };
    },
  };
}
