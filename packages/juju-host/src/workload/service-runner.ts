import type { CheckView, ContainerOutcome, ServiceView } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import type { OwnNames } from "./files/publication-record.ts";
import type { ServiceControl } from "./files/take-in-files.ts";

/** What came of making services as they are wanted. */
export interface AppliedServices {
  /** Enabled services that have run since before the call. */
  readonly running: readonly string[];
  /** Services that were started or restarted by it. */
  readonly started: readonly string[];
  readonly problems: readonly Problem[];
}

/** The services of one container under whatever supervises them. */
export interface ServiceRunner extends ServiceControl {
  /**
   * Makes services and checks as they are wanted; what does not differ runs on.
   *
   * @param before - What an earlier hook put there: what is no longer wanted of it is ended.
   */
  readonly apply: (outcome: ContainerOutcome, before: OwnNames) => Promise<AppliedServices>;
  /** Looks at services and checks that are wanted. */
  readonly observe: (outcome: ContainerOutcome) => Promise<{
    readonly services: Readonly<Record<string, ServiceView>>;
    readonly checks: Readonly<Record<string, CheckView>>;
  }>;
}
