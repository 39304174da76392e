import type { Bag, Status, View } from "@orrery/charm";
import type { Level } from "@orrery/engine";
import type { Hook } from "../events/hook.ts";
import type { CharmMetadata } from "../metadata/charm-metadata.ts";
import type { ActionRun } from "./action-run.ts";
import type { Work } from "./work.ts";

/** Bags as they were when a charm was last told of them: those who left have none in the view any more. */
export interface LastSeenBags {
  readonly read: (relation: number, owner: string) => Bag | undefined;
}

/** Why a charm's program runs. */
export type Cause =
  | { readonly kind: "hook"; readonly hook: Hook }
  | { readonly kind: "action"; readonly action: ActionRun };

/** What one run of a charm's program sees and does; hook tools work on it. */
export interface HookRun {
  readonly view: View;
  readonly cause: Cause;
  readonly metadata: CharmMetadata;
  readonly lastSeen: LastSeenBags;
  /** Folder of a storage such as `data/0`; nothing for one that the unit does not have. */
  readonly storageFolder: (name: string) => string | undefined;
  /** Told each status that the program sets for its unit, at once. */
  readonly onStatus: (status: Status) => void;
  readonly log: (level: Level, message: string) => void;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** What the run has made of the unit's work so far; replaced at each write. */
  work: Work;
}

/** The relation of the run's hook, if it is about one. */
export function relationOf(run: Pick<HookRun, "cause">): Extract<Hook, { kind: "relation" }> | undefined {
  return run.cause.kind === "hook" && run.cause.hook.kind === "relation" ? run.cause.hook : undefined;
}
