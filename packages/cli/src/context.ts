import type { LogEvent } from "@orrery/engine";
import type { EngineClient } from "@orrery/engine-local/client";
import type { ModelSession } from "./engine/open-session.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** How a command ended: 0 fine, 1 error, 2 changes or findings. */
export type ExitCode = 0 | 1 | 2;

/** What every command is given. */
export interface Context {
  readonly terminal: Terminal;
  /** The data folder that the command line or the environment names; absolute. */
  readonly home: () => string;
  /** The data folder when neither option nor environment names one. */
  readonly usualHome: () => string;
  /** The engine that runs on it. @throws OrreryError `ENGINE_NOT_RUNNING`. */
  readonly engine: () => Promise<EngineClient>;
  /**
   * The model of the data folder: in the engine that runs on it, else opened in this process for as long as the command takes.
   *
   * @param onEvent - Told what happens in the model meanwhile.
   */
  readonly model: (onEvent?: (event: LogEvent) => void) => Promise<ModelSession>;
  /** Says how the command ended; 0 when it says nothing. */
  readonly end: (code: ExitCode) => void;
}
