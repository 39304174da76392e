import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultCacheFolder } from "@orrery/provision";
import type { WorkerStart } from "./worker-messages.ts";

/** How an engine is to be run; plain JSON. */
export interface EngineSettings {
  /** The data folder; see `defaultHome`. */
  readonly home: string;
  /** Cache of programs; the usual one when absent. */
  readonly cacheFolder?: string;
  /** Paths given for programs, by name. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Folders of charms by group, whose charms are trusted: they run in the engine. The repository's own when absent. */
  readonly charms?: readonly string[];
  /** Name of a new model; `orrery` when absent. */
  readonly model?: string;
  /** Deadline of a foreign charm's load and of each of its evaluations, in milliseconds; 10 000 when absent. */
  readonly deadlineMs?: number;
  /** Deadline of each hook of a charm that lives by hooks, in milliseconds; 15 minutes when absent. */
  readonly hookDeadlineMs?: number;
  /**
   * IPv4 address of the machine on which all units listen, so that other machines reach them; `loopback` for loopback addresses of
   * their own. The one of the last start when absent.
   */
  readonly listen?: string;
}

const DEADLINE_MS = 10_000;
/** Hooks of the field's charms install packages and wait for clusters; Juju itself waits for ever. */
const HOOK_DEADLINE_MS = 900_000;

/** Fills in what was left out, but the address on which units listen. */
export function workerStart(settings: EngineSettings): Omit<WorkerStart, "marks" | "listen"> {
  return {
    home: resolve(settings.home),
    cacheFolder: settings.cacheFolder ?? defaultCacheFolder(process.env),
    programs: settings.programs ?? {},
    charms: settings.charms ?? repositoryCharms(),
    deadlineMs: settings.deadlineMs ?? DEADLINE_MS,
    hookDeadlineMs: settings.hookDeadlineMs ?? HOOK_DEADLINE_MS,
    model: settings.model ?? "orrery",
  };
}

/** The charms of the repository that this package lies in, if it does. */
function repositoryCharms(): string[] {
  // From src/engine-process as from dist/engine-process it is four folders up to the repository.
  const root = fileURLToPath(new URL("../../../..", import.meta.url));
  const charms = join(root, "charms");
  return existsSync(charms) && existsSync(join(root, "packages", "engine-local")) ? [charms] : [];
}
