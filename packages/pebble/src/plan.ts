/** What to do with a service that ended or whose check failed. */
export type ServiceAction = "restart" | "shutdown" | "failure-shutdown" | "success-shutdown" | "ignore";

/**
 * A service as a Pebble plan has it, except that the command is a list of arguments, never a line to split.
 *
 * Durations are texts such as `500ms` or `5s`. @see juju-protocol: Pebble layers and plan.
 */
export interface Service {
  readonly command: readonly string[];
  readonly summary?: string;
  /** `enabled` when absent: a service in an outcome is meant to run. */
  readonly startup?: "enabled" | "disabled";
  readonly after?: readonly string[];
  readonly requires?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The container's own folder of the charm's `workload/` when absent. */
  readonly workingDir?: string;
  readonly onSuccess?: ServiceAction;
  readonly onFailure?: ServiceAction;
  readonly onCheckFailure?: Readonly<Record<string, ServiceAction>>;
  /** From SIGTERM to SIGKILL; `5s` when absent. */
  readonly killDelay?: string;
}

/** A health check as a Pebble plan has it; exactly one of `http`, `tcp`, `exec`. */
export interface Check {
  readonly level?: "alive" | "ready";
  readonly period?: string;
  readonly timeout?: string;
  /** Failures in a row before the check is down; 3 when absent. */
  readonly threshold?: number;
  readonly http?: { readonly url: string; readonly headers?: Readonly<Record<string, string>> };
  readonly tcp?: { readonly port: number; readonly host?: string };
  readonly exec?: { readonly command: readonly string[] };
}
