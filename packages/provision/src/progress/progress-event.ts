/** The name of a source, as people read it. */
export type SourceName =
  | "path given"
  | "PATH"
  | "cache"
  | "this process"
  | "Debian package"
  | "Go build"
  | "Go toolchain"
  | "release";

/** What a source is doing. */
export type Phase = "waiting" | "downloading" | "unpacking" | "building" | "checking" | "failed" | "ready";

/** One step of provisioning, told as it happens. */
export interface ProgressEvent {
  /** The program's name, such as `prometheus`. */
  readonly program: string;
  readonly source: SourceName;
  readonly phase: Phase;
  /** What happens, for a person; one line. */
  readonly message: string;
  /** Bytes so far, or of the whole where the phase is `ready`. */
  readonly bytes?: number;
  /** Bytes that are expected, where known. */
  readonly totalBytes?: number;
  /** Milliseconds since provisioning of this program began. */
  readonly elapsedMs: number;
}
