import type {
  ApplicationConfig,
  Command,
  CommandResult,
  DisconnectPlan,
  EngineCounters,
  ExternalPlan,
  LogEvent,
  LogQuery,
  ModelStatus,
  ReportedProblem,
  ShownSecrets,
  ShownUnit,
  UnitExpectations,
} from "@orrery/engine";
import type { ProgressEvent } from "@orrery/provision";

/** Who answers. */
export interface EngineInfo {
  readonly pid: number;
  /** Absolute path of the data folder. */
  readonly home: string;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** Address of the machine on which all units listen; absent where each has a loopback address of its own. */
  readonly listen?: string;
}

/** What the engine tells as it happens. */
export type EngineEvent =
  /** What the reports show may have changed. */
  | { readonly type: "changed" }
  /** A program is being had, for a unit or for the engine itself. */
  | { readonly type: "progress"; readonly unit?: string; readonly event: ProgressEvent };

/** How an engine is ended. */
export interface StopOptions {
  /** Leaves what runs running, to be adopted by the next engine. */
  readonly keepWorkloads?: boolean;
}

/** Which status is wanted. */
export interface StatusOptions {
  readonly relations?: boolean;
  /** Rather than wait for an engine that is held up for more than 2 s, gives its last known status, whose model is `busy` then. */
  readonly orLast?: boolean;
}

/** A model, in a running engine or opened in this process. */
export type ModelClient = Pick<
  EngineClient,
  "command" | "config" | "expectations" | "getExternal" | "plan" | "planDisconnect" | "problems" | "status"
>;

/** A running engine, as people's tools use it. Every method rejects with the engine's own OrreryError. */
export interface EngineClient {
  readonly ping: () => Promise<EngineInfo>;
  readonly command: (command: Command) => Promise<CommandResult>;
  readonly status: (options?: StatusOptions) => Promise<ModelStatus>;
  readonly unit: (name: string) => Promise<ShownUnit>;
  readonly config: (application: string) => Promise<ApplicationConfig>;
  /** Every secret by id; never what they hold. */
  readonly secrets: () => Promise<ShownSecrets>;
  /** One secret by name, URI or id; what it holds only when it is revealed. */
  readonly secret: (secret: string, options?: { readonly reveal?: boolean }) => Promise<ShownSecrets>;
  /** What `apply` would do to a bridge's foreign system. */
  readonly plan: (application?: string) => Promise<ExternalPlan>;
  /** What `disconnect` would take away. */
  readonly planDisconnect: (application?: string) => Promise<DisconnectPlan>;
  /** One GET of a bridge's foreign system, with its connection's credentials. */
  readonly getExternal: (
    application: string,
    url: string,
  ) => Promise<{ readonly status: number; readonly body: string }>;
  readonly expectations: () => Promise<readonly UnitExpectations[]>;
  readonly problems: () => Promise<readonly ReportedProblem[]>;
  readonly counters: () => Promise<EngineCounters>;
  /** Events that were, and with `follow` those that come until the signal is aborted or the engine ends. */
  readonly log: (
    query: LogQuery & { readonly follow?: boolean; readonly signal?: AbortSignal },
  ) => AsyncIterable<LogEvent>;
  /** What happens from now on, until the signal is aborted or the engine ends. Begins with a `changed`. */
  readonly changes: (signal: AbortSignal) => AsyncIterable<EngineEvent>;
  /** Resolves when the engine has ended, and, unless they are kept, all workloads. */
  readonly stop: (options?: StopOptions) => Promise<void>;
}
