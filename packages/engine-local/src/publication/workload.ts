/** What came of having a workload take in its files. */
export type LoadResult =
  /** It was seen to have them, or said so. */
  | { readonly state: "loaded" }
  /** It refused them, in these words: by its answer, or by ending when it was started with them. */
  | { readonly state: "refused"; readonly words: string; readonly by: "answer" | "ending" }
  /** It does not run, does not answer, or does not tell. */
  | { readonly state: "unknown"; readonly why: string };

/** How a change of files is taken in. */
export type LoadKind = "reload" | "restart";

/** The running side of a container, as publication needs it. */
export interface Workload {
  /**
   * Has the services take in what is live now; those that were started after `sinceMs` have it already.
   *
   * Never rejects because of what the workload answers. @throws OrreryError when the supervisor fails.
   */
  readonly load: (kind: LoadKind, sinceMs: number) => Promise<LoadResult>;
}
