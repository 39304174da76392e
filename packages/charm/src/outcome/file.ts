import type { Origin } from "@orrery/problems";

/** What has a running service take in changed files: an HTTP POST to its own address, a signal, or a restart. */
export type Change = { readonly http: string } | { readonly signal: "HUP" | "USR1" | "USR2" } | "restart";

/** A file that a container should find. */
export interface FileOutcome {
  readonly content: string;
  /** `0600` for what holds credentials; `0644` when absent. */
  readonly mode?: "0600" | "0644";
  /**
   * What a change of it calls for: `reload` (the service's own way) when absent; `none` for files that the workload
   * watches by itself, which are then replaced in place and never wait for other files.
   */
  readonly onChange?: "none" | "reload" | "restart";
  /**
   * Judges this file alone before it goes live: arguments, with `{}` for the file's path.
   * Exit 0 accepts it; anything else rejects it, and it stays at its last good content or out.
   */
  readonly check?: { readonly command: readonly string[] };
  /** The contributor on whose account the file is here; none for what the charm itself wants. */
  readonly contributor?: string;
  /** Where the content came from, for the one who has to mend it. */
  readonly origin?: Origin;
}
