import type { View } from "../view/view.ts";

/** What an action may do beside looking at the view: read its backends, run commands in its containers, rotate materials. */
export interface ActionTools {
  /**
   * GET on an address that was granted to the unit, or on a path, such as `/api/v1/targets`, of the monitoring system that
   * its container runs, verified as the charm says; at most 10 s and 8 MiB.
   */
  readonly get: (url: string) => Promise<{ readonly status: number; readonly body: string }>;
  /** Runs a command in a container's folder; at most 60 s. */
  readonly exec: (container: string, command: readonly string[]) => Promise<ExecResult>;
  /**
   * Has a new generation of a material made at the reconcile that follows, also when the action itself fails later.
   *
   * @throws OrreryError `MATERIAL_UNKNOWN` for one that the unit does not have.
   */
  readonly rotate: (material: string) => Promise<void>;
}

/** What a command left. */
export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What an action answers: plain JSON by name, shown by `orrery run`. */
export type ActionResults = Readonly<Record<string, unknown>>;

/** One action of a charm. It writes no bags; a reconcile follows it. */
export interface Action {
  readonly description: string;
  /** Parameters by name, as Juju has them: JSON Schema for each. */
  readonly params?: Readonly<
    Record<
      string,
      {
        readonly type: "string" | "number" | "integer" | "boolean";
        readonly description?: string;
        readonly default?: string | number | boolean;
      }
    >
  >;
  readonly required?: readonly string[];
  readonly run: (
    view: View,
    params: Readonly<Record<string, unknown>>,
    tools: ActionTools,
  ) => Promise<ActionResults>;
}
