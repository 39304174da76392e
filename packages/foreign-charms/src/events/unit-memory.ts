import type { Status } from "@orrery/charm";

/**
 * What a unit's agent remembers from hook to hook: which events its charm was told, and what the charm had kept by hook tools.
 *
 * Plain JSON. It goes through the engine as the memory of the unit's outcome, so it is committed together with the bags that the
 * same hooks wrote. It holds no content of a secret.
 */
export interface UnitMemory {
  /** Of this form. */
  readonly version: 1;
  /** Hooks and actions that have ended well so far: tells one state of the unit from another. */
  readonly turn: number;
  /** Digest of the charm's files that the last hooks were run from. */
  readonly charm: string;
  readonly phase: Phase;
  /** The run of the machine in which `start` was told last. */
  readonly boot: string;
  /** Whether `leader-elected` was told since the unit became leader. */
  readonly leader: boolean;
  /** Digest of options and address as `config-changed` last saw them. */
  readonly settings: string;
  /** By relation id. */
  readonly relations: Readonly<Record<string, RelationMemory>>;
  /** Storage that was attached, as `data/0`. */
  readonly storage: readonly string[];
  /** When `update-status` is due, RFC 3339; empty before `start`. */
  readonly updateStatusAt: string;
  readonly status: Status;
  readonly applicationStatus?: Status;
  /** What `application-version-set` said. */
  readonly workloadVersion?: string;
  /** Ports that were opened, as Juju writes them, sorted. */
  readonly ports: readonly string[];
  /** What `state-set` kept. */
  readonly state: Readonly<Record<string, string>>;
  /** Secrets that the charm has read, by bare id. */
  readonly read: Readonly<Record<string, ReadSecret>>;
  /** Secrets that the charm has made, by bare id. */
  readonly owned: Readonly<Record<string, OwnedSecret>>;
}

/** How far a unit is: the last of these that was told. `new` is none, `configured` is `config-changed` after `install` or an upgrade. */
export type Phase = "new" | "installed" | "upgraded" | "configured" | "started" | "stopped" | "removed";

/** One relation as the charm was told of it; `created` was told when it is there. */
export interface RelationMemory {
  readonly endpoint: string;
  readonly application: string;
  readonly peer: boolean;
  /** Digest of the other application's bag as last told; that of an empty bag at first. */
  readonly seen: string;
  /** Units that joined, with the digest of their bags as last told; empty until `changed` was. */
  readonly units: Readonly<Record<string, string>>;
}

/** A secret of somebody else. */
export interface ReadSecret {
  /** The revision that the charm was last given. */
  readonly revision: number;
  /** The newest revision of which it was told. */
  readonly told: number;
  readonly label?: string;
}

/** What a charm said of a secret of its own, beside the content. */
export interface OwnedSecret {
  readonly owner: "application" | "unit";
  readonly label?: string;
  readonly description?: string;
  readonly rotate?: RotatePolicy;
  /** RFC 3339. */
  readonly rotateAt?: string;
  readonly expireAt?: string;
  /** Ids of the relations whose other side may read it. */
  readonly grants: readonly number[];
}

/** How often a secret should change. */
export type RotatePolicy = "never" | "hourly" | "daily" | "weekly" | "monthly" | "quarterly" | "yearly";

/** The memory of a unit that was told nothing yet. */
export const NEW_UNIT: UnitMemory = {
  version: 1,
  turn: 0,
  charm: "",
  phase: "new",
  boot: "",
  leader: false,
  settings: "",
  relations: {},
  storage: [],
  updateStatusAt: "",
  status: { status: "maintenance", message: "installing charm software" },
  ports: [],
  state: {},
  read: {},
  owned: {},
};

/** Takes what a view gives back for the memory; a unit that has none is new, and so is one of another form. */
export function readMemory(value: unknown): UnitMemory {
  return isMemory(value) ? value : NEW_UNIT;
}

function isMemory(value: unknown): value is UnitMemory {
  return typeof value === "object" && value !== null && "version" in value && value.version === 1;
}
