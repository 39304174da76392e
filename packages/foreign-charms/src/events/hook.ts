/** One run of a charm's program, as Juju names its cause. */
export type Hook = LifeHook | RelationHook | SecretHook | StorageHook;

/** Something about the unit itself. */
export interface LifeHook {
  readonly kind: "life";
  readonly event:
    | "install"
    | "leader-elected"
    | "config-changed"
    | "start"
    | "update-status"
    | "upgrade-charm"
    | "stop"
    | "remove";
}

/** Something about one relation. */
export interface RelationHook {
  readonly kind: "relation";
  readonly event: "created" | "joined" | "changed" | "departed" | "broken";
  readonly relation: number;
  readonly endpoint: string;
  /** The application on the other side; the unit's own for peers. */
  readonly application: string;
  /** Absent where the relation or the other application as a whole is meant. */
  readonly unit?: string;
  /** Who leaves: set for `departed`. */
  readonly departing?: string;
}

/** Something about one secret, by its bare id. */
export interface SecretHook {
  readonly kind: "secret";
  readonly event: "changed" | "rotate" | "expired";
  readonly id: string;
  readonly label: string;
  /** Set for `expired`. */
  readonly revision?: number;
}

/** A storage comes or goes. */
export interface StorageHook {
  readonly kind: "storage";
  readonly event: "attached" | "detaching";
  readonly storage: string;
  readonly index: number;
}

/** The hook's name as Juju writes it: `db-relation-changed`, with the endpoint's name as it stands in the metadata. */
export function hookName(hook: Hook): string {
  switch (hook.kind) {
    case "life":
      return hook.event;
    case "relation":
      return `${hook.endpoint}-relation-${hook.event}`;
    case "secret":
      return `secret-${hook.event}`;
    case "storage":
      break;
  }
  return `${hook.storage}-storage-${hook.event}`;
}
