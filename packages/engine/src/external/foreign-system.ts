import type { Connection, Discovered, HttpGet, ObjectStore } from "@orrery/charm";

/** Which foreign system, and how it is reached. */
export interface ForeignAccess {
  /** Name of a door of `@orrery/backends`. */
  readonly backend: string;
  readonly connection: Connection;
  /** What the connection's secret holds; never logged, never kept. */
  readonly credentials: Readonly<Record<string, string>>;
  /** What all of our objects there bear. */
  readonly mark: string;
}

/** A system that we do not run, as its backend and the host reach it. */
export interface ForeignSystem {
  /** Tells one place of objects from another. */
  readonly place: string;
  /** Looks at it. @throws OrreryError `EXTERNAL_UNREACHABLE`, `EXTERNAL_UNSUITABLE`. */
  readonly discover: () => Promise<Discovered<unknown>>;
  /** @throws OrreryError for a connection that names no place for objects. */
  readonly store: () => ObjectStore;
  /** One GET with the connection's credentials, on addresses below its URL alone. */
  readonly get: HttpGet;
}

/** How foreign systems are reached. */
export interface ForeignSystems {
  /** Reaches one by its backend; nothing for a backend that this host does not have. */
  readonly open: (access: ForeignAccess) => Promise<ForeignSystem | undefined>;
  /** Waits so many milliseconds, until it is asked again whether it has what was written. */
  readonly pause: (ms: number) => Promise<void>;
}
