import type { Problem } from "@orrery/problems";
import type { HttpGet, Reader } from "./backend.ts";
import type { Folder, FolderReader } from "./folder.ts";
import type { ObjectStore } from "./object-store.ts";

/** A backend for systems that we do not run: how to look, and how to read and write one object. Hosts do all else. */
export interface ForeignBackend<Capabilities> extends Reader {
  /** Name of its door, such as `prometheus-files`. */
  readonly name: string;
  /** Tells one place of objects from another: connections of one place may differ in everything else, such as a URL. */
  readonly place: (connection: Connection) => string;
  /**
   * Finds out what the system is and can do, by looking alone.
   *
   * @throws OrreryError `EXTERNAL_UNREACHABLE` when it does not answer, `EXTERNAL_UNSUITABLE` when it is something else.
   */
  readonly discover: (site: Site) => Promise<Discovered<Capabilities>>;
  /** The objects of the system that bear our mark. @throws OrreryError `EXTERNAL_UNSUITABLE` for a connection that names no place. */
  readonly store: (site: WritableSite) => ObjectStore;
}

/** Where a foreign system is, as a charm's outcome names it: texts by name, never a secret. */
export type Connection = Readonly<Record<string, string>>;

/** A foreign system as one who looks may reach it. Credentials and certificates are the host's matter. */
export interface Site {
  readonly connection: Connection;
  /** What all objects of this connection bear; see {@link externalMark}. */
  readonly mark: string;
  readonly get: HttpGet;
  /** Looks into a folder of this machine. */
  readonly look: (path: string) => FolderReader;
  /** This machine, to tell whether the system runs on it. */
  readonly machine: { readonly hostname: string; readonly addresses: readonly string[] };
}

/** A foreign system as one who writes may reach it. */
export interface WritableSite extends Site {
  /** One POST without body, with a deadline that the host sets. */
  readonly post: HttpGet;
  readonly folder: (path: string) => Folder;
}

/** What a look found. */
export interface Discovered<Capabilities> {
  /** Plain JSON; the same for as long as the system is the same, so no ages or counts of what comes and goes. */
  readonly capabilities: Capabilities;
  /** What a person should see of it, in order: `["version", "3.16.0"]`. */
  readonly facts: readonly Fact[];
  /** What keeps objects from being applied is an `error`. */
  readonly problems: readonly Problem[];
}

/** One thing found, in words. */
export type Fact = readonly [name: string, value: string];

/** What all objects of one connection bear: whose they are, so that nobody else's are ever touched. */
export function externalMark(of: {
  readonly modelUuid: string;
  readonly application: string;
  /** The foreign system's name in the charm's outcome. */
  readonly name: string;
}): string {
  return `orrery ${of.modelUuid}/${of.application}/${of.name}`;
}
