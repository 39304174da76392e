/** What happened, as far as it matters to a charm that is a function of what it sees. */
export type HookEvent =
  | { readonly kind: "lifecycle"; readonly name: LifecycleName }
  | RelationEvent
  | { readonly kind: "secret-remove"; readonly uri: string; readonly revision?: number }
  /** A secret, storage or workload is another; all that it can have changed is looked at anyway. */
  | { readonly kind: "other"; readonly name: string }
  | { readonly kind: "action"; readonly name: string };

/** Something happened in a relation. */
export interface RelationEvent {
  readonly kind: "relation";
  readonly what: "created" | "joined" | "changed" | "departed" | "broken";
  readonly endpoint: string;
  readonly id: number;
  /** The application on the other side. */
  readonly application: string;
  /** The unit that it is about; absent where it is about the relation or its application. */
  readonly unit?: string;
  /** The unit that goes; only for `departed`. */
  readonly departing?: string;
}

/** What happens in the life of a unit. */
export type LifecycleName = (typeof LIFECYCLE)[number];

/** Hooks that have no other parts than their name. */
const LIFECYCLE = [
  "install",
  "start",
  "stop",
  "remove",
  "config-changed",
  "update-status",
  "upgrade-charm",
  "leader-elected",
  "leader-settings-changed",
  "pre-series-upgrade",
  "post-series-upgrade",
] as const;

const OTHER =
  /^(?:secret-(?:changed|rotate|expired)|.+-(?:storage-(?:attached|detaching)|pebble-(?:ready|custom-notice|check-failed|check-recovered)))$/;
const RELATION = /^.+-relation-(created|joined|changed|departed|broken)$/;

/** Whether a hook is one of a unit's life. */
export function isLifecycle(name: string): name is LifecycleName {
  return LIFECYCLE.some((one) => one === name);
}

/** Whether a hook says that something is another which has no name of its own in a view. */
export function isOther(name: string): boolean {
  return OTHER.test(name);
}

/** What a relation's hook says; nothing for the hook of anything else. */
export function relationWhat(name: string): RelationEvent["what"] | undefined {
  const [, what] = RELATION.exec(name) ?? [];
  return ["created", "joined", "changed", "departed", "broken"].find(
    (one): one is RelationEvent["what"] => one === what,
  );
}
