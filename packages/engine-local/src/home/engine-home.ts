import { chmodSync, mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { OrreryError } from "@orrery/problems";

/** Where one engine keeps its things; all paths are absolute. */
export interface EngineHome {
  readonly folder: string;
  readonly database: string;
  /** Seals what the database holds of secrets; 0600. */
  readonly key: string;
  /** Held by the engine for as long as it lives. */
  readonly lock: string;
  /** Who holds the lock, for people: JSON with `pid` and `startedAt`. */
  readonly owner: string;
  readonly socket: string;
  readonly log: string;
  /** What the runner of units that timed out is kept in. */
  readonly marks: string;
  /** On which address units listen, where not each has a loopback address of its own. */
  readonly network: string;
  readonly units: string;
  /** Tells from one another the times in which workloads ran without all being ended: 32 hexadecimal digits. */
  readonly boot: string;
  /** The supervisor's folder. */
  readonly supervisor: string;
  /** The programs that charms which live by hooks find on their PATH. */
  readonly hookTools: string;
}

/** Chooses the data folder: `ORRERY_HOME`, else `orrery` in the XDG state folder. */
export function defaultHome(env: Readonly<Record<string, string | undefined>>): string {
  const given = env["ORRERY_HOME"];
  if (given) return resolve(given);
  const state = env["XDG_STATE_HOME"];
  return join(state && isAbsolute(state) ? state : join(homedir(), ".local", "state"), "orrery");
}

/** Names what a data folder holds; nothing is made. */
export function engineHome(folder: string): EngineHome {
  return {
    folder,
    database: join(folder, "orrery.db"),
    key: join(folder, "secrets.key"),
    lock: join(folder, "engine.lock"),
    owner: join(folder, "engine.json"),
    socket: join(folder, "socket"),
    log: join(folder, "engine.log"),
    marks: join(folder, "running.json"),
    network: join(folder, "network.json"),
    units: join(folder, "units"),
    boot: join(folder, "boot"),
    supervisor: join(folder, "supervisor"),
    hookTools: join(folder, "hook-tools"),
  };
}

/**
 * Makes the data folder, for its owner alone (0700).
 *
 * @throws OrreryError `HOME_UNUSABLE` when it cannot be made, is no folder, or belongs to someone else.
 */
export function openHome(folder: string): EngineHome {
  const home = engineHome(resolve(folder));
  try {
    mkdirSync(home.units, { recursive: true, mode: 0o700 });
    const found = statSync(home.folder);
    const me = process.getuid?.();
    if (me !== undefined && found.uid !== me) {
      throw new OrreryError(
        "HOME_UNUSABLE",
        `data folder ${home.folder} belongs to user ${found.uid}, not to ${me}`,
      );
    }
    if ((found.mode & 0o077) !== 0) chmodSync(home.folder, 0o700);
  } catch (cause) {
    if (cause instanceof OrreryError) throw cause;
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("HOME_UNUSABLE", `data folder ${home.folder} cannot be used: ${told}`, { cause });
  }
  return home;
}
