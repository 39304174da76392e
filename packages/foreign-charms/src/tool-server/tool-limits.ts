/** What one run of a charm's program may ask of its hook tools; past it, it is slowed down or refused. */
export interface ToolLimits {
  /** Calls that come faster are answered later. */
  readonly callsPerSecond: number;
  /** So many calls in a row are answered at once. */
  readonly burst: number;
  /** Further calls are refused. */
  readonly calls: number;
  /** Tools that run at the same time; further ones are refused. */
  readonly connections: number;
  /** Bytes of one call's arguments. Linux itself allows 2 MiB. */
  readonly requestBytes: number;
  /** Bytes of one call's standard input, and of each file that it names. */
  readonly inputBytes: number;
  /** Bytes of all calls together. */
  readonly totalBytes: number;
}

/** Far above what charms of the field use: a hook of a large one makes some hundred calls. */
export const TOOL_LIMITS: ToolLimits = {
  callsPerSecond: 200,
  burst: 1000,
  calls: 20_000,
  connections: 32,
  requestBytes: 4 * 1024 * 1024,
  inputBytes: 16 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
};
