import { fileURLToPath } from "node:url";
import type { Installed } from "./installed.ts";
import type { ProgramManifest } from "./program-manifest.ts";
import { programCatalog } from "./program-catalog.ts";
import type { Turns } from "./process/turns.ts";
import { createTurns } from "./process/turns.ts";
import type { ProgressEvent, SourceName } from "./progress/progress-event.ts";
import type { Surroundings } from "./surroundings.ts";
import { realSurroundings } from "./surroundings.ts";

/** What provisioning takes from its caller. */
export interface ProvisionOptions {
  /** Folder of the cache, made when absent; see `defaultCacheFolder`. */
  readonly cacheFolder: string;
  /** Paths given by configuration, by program name; they come before `ORRERY_PROGRAM_NAME`. */
  readonly paths?: Readonly<Record<string, string>>;
  /** Told each step, in order of time. It must not throw. */
  readonly onProgress?: (event: ProgressEvent) => void;
  /** Ends what runs and rejects. */
  readonly signal?: AbortSignal;
  /** The manifests to go by, this package's own when absent. */
  readonly catalog?: readonly ProgramManifest[];
  /** Folder that holds a go.mod and go.sum for each Go build, this package's own when absent. */
  readonly recipesFolder?: string;
  /** The outside world; what is absent is the real one. */
  readonly surroundings?: Partial<Surroundings>;
}

/** One call of provisioning: the options with their defaults, and the turns that its programs take. */
export interface Session {
  readonly options: ProvisionOptions;
  readonly catalog: readonly ProgramManifest[];
  readonly world: Surroundings;
  readonly recipesFolder: string;
  /** At most two sources make something at once. */
  readonly makingTurns: Turns;
  /** Whether sources may make something; otherwise only what is there already is taken. */
  readonly mayMake: boolean;
  /** Provides another program that a source needs, such as Go for a build; the same one is looked for once. */
  readonly need: (manifest: ProgramManifest) => Promise<Installed>;
  /** One Go build at a time: two would compile the packages that they share twice. */
  readonly goTurns: Turns;
}

/** One program's way through its sources. */
export interface Search {
  readonly session: Session;
  readonly manifest: ProgramManifest;
  /** Milliseconds since the epoch at which it began. */
  readonly startedAt: number;
}

/** Tells a step of a search. */
export type Report = (step: Omit<ProgressEvent, "program" | "source" | "elapsedMs">) => void;

/** What kind of session to open. */
export interface SessionKind {
  readonly mayMake: boolean;
  /** Provides one program; given here because the sources that need it are what it calls. */
  readonly provide: (session: Session, manifest: ProgramManifest) => Promise<Installed>;
}

/** Opens a session with the defaults filled in. */
export function openSession(options: ProvisionOptions, how: SessionKind): Session {
  const needed = new Map<string, Promise<Installed>>();
  const session: Session = {
    options,
    mayMake: how.mayMake,
    need: (manifest) => {
      const key = `${manifest.name} ${manifest.versions}`;
      const found = needed.get(key) ?? how.provide(session, manifest);
      needed.set(key, found);
      return found;
    },
    catalog: options.catalog ?? programCatalog,
    world: { ...realSurroundings(), ...options.surroundings },
    // src/ and dist/ both stand beside programs/, so this holds in the repository and in the published package.
    recipesFolder: options.recipesFolder ?? fileURLToPath(new URL("../programs", import.meta.url)),
    makingTurns: createTurns(2),
    goTurns: createTurns(1),
  };
  return session;
}

/** Gives the reporter of one source of a search. */
export function reporter(search: Search, source: SourceName): Report {
  const { options, world } = search.session;
  return (step) =>
    options.onProgress?.({
      program: search.manifest.name,
      source,
      ...step,
      elapsedMs: world.now() - search.startedAt,
    });
}
