import type { Command } from "@orrery/engine";
import type { ProgressEvent } from "@orrery/provision";
import type { NewEvent } from "../log/log-ring.ts";
import type { RunMark } from "./run-marks.ts";

/** What an engine's worker is started with; plain JSON. */
export interface WorkerStart {
  readonly home: string;
  readonly cacheFolder: string;
  /** Paths given for programs, by name. */
  readonly programs: Readonly<Record<string, string>>;
  /** Folders of charms that run in the worker. */
  readonly charms: readonly string[];
  /** Deadline of a foreign charm's load and evaluations, in milliseconds. */
  readonly deadlineMs: number;
  /** Deadline of each hook of a charm that lives by hooks, in milliseconds. */
  readonly hookDeadlineMs: number;
  readonly marks: Readonly<Record<string, RunMark>>;
  /** Name of a new model. */
  readonly model: string;
  /** On which address units listen; loopback addresses of their own when absent. */
  readonly listen?: string;
}

/** What the main thread asks; each is answered by one of the same id. */
export interface WorkerRequest {
  readonly id: number;
  readonly call: WorkerCall;
}

/** A call with its arguments. */
export type WorkerCall =
  | { readonly method: "execute"; readonly command: Command }
  | { readonly method: "status"; readonly relations: boolean }
  | { readonly method: "unit"; readonly unit: string }
  | { readonly method: "config"; readonly application: string }
  | { readonly method: "secrets" }
  | { readonly method: "secret"; readonly secret: string; readonly reveal: boolean }
  | { readonly method: "plan" | "planDisconnect"; readonly application?: string }
  | { readonly method: "getExternal"; readonly application: string; readonly url: string }
  | { readonly method: "expectations" | "problems" | "counters" | "close" | "ping" };

/** An error as plain JSON. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** How far a unit's programs are. */
export interface UnitProgress {
  /** Absent for the engine's own. */
  readonly unit?: string;
  readonly event: ProgressEvent;
}

/** What the worker tells. */
export type WorkerMessage =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure }
  | { readonly tell: "ready" }
  | { readonly tell: "failed"; readonly failure: Failure }
  | { readonly tell: "changed" }
  | { readonly tell: "log"; readonly from: "engine" | "workload"; readonly event: NewEvent }
  | { readonly tell: "progress"; readonly progress: UnitProgress }
  | { readonly tell: "begin"; readonly unit: string; readonly digest: string }
  | { readonly tell: "end"; readonly unit: string; readonly ok: boolean; readonly seconds: number }
  | { readonly tell: "metrics"; readonly address: string; readonly port: number };
