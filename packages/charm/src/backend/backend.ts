import type { Problem } from "@orrery/problems";
import type { Telemetry } from "@orrery/telemetry";
import type { Expectation, Reading } from "../outcome/expectation.ts";
import type { FileOutcome } from "../outcome/file.ts";

/** What one contributor, or what all share, becomes in a monitoring system. */
export interface Compiled {
  /** By path, relative to the folder that the system reads. */
  readonly files: Readonly<Record<string, FileOutcome>>;
  /** What the system should be found to have once the files are live. */
  readonly expectations: readonly Expectation[];
  /** What could not be carried, or not as it was declared: one problem an item. */
  readonly losses: readonly Problem[];
}

/** Compiles telemetry to one monitoring system's files; pure. */
export interface Compiler<Capabilities> {
  /** One contributor's share; no other contributor changes a byte of it. */
  readonly contributor: (key: string, one: Telemetry, to: Capabilities) => Compiled;
}

/** Asks one monitoring system what it has; looks alone. */
export interface Reader {
  /**
   * Says for each expectation, in the same order, what the system at `url` answers.
   *
   * Never rejects: a system that does not answer makes every reading `unknown`.
   */
  readonly read: (
    url: string,
    expectations: readonly Expectation[],
    http: HttpGet,
  ) => Promise<readonly Reading[]>;
  /**
   * Says whether the system at `url` has loaded exactly these files: contents by path, those that it watches by itself left out.
   *
   * Never rejects. `unknown` where that cannot be told for sure; a host then has it load the files again.
   */
  readonly confirm?: (
    url: string,
    files: Readonly<Record<string, string>>,
    http: HttpGet,
  ) => Promise<Confirmation>;
}

/** Whether a system has loaded what lies before it. */
export type Confirmation = "applied" | "stale" | "unknown";

/** One GET, with a deadline that the host sets; an https server is verified by `ca`, in PEM, else by the machine's certificates. */
export type HttpGet = (
  url: string,
  options?: { readonly ca?: string },
) => Promise<{ readonly status: number; readonly body: string }>;

/** The code that knows one monitoring system. */
export interface Backend<Capabilities> extends Compiler<Capabilities>, Reader {
  /** Name of its door, such as `prometheus`. */
  readonly name: string;
}
