import type { ProgressEvent } from "@orrery/provision";
import type { Failure } from "./worker-messages.ts";

/** What a detached engine tells the one who started it, until it runs. */
export type SpawnMessage =
  | { readonly tell: "progress"; readonly event: ProgressEvent }
  | { readonly tell: "ready" }
  | { readonly tell: "failed"; readonly failure: Failure };
