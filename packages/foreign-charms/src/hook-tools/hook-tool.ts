import type { HookRun } from "../hook-run/hook-run.ts";
import type { OutputFormat } from "./format-output.ts";
import type { OptionSpecs, ParsedArguments } from "./parse-arguments.ts";

/** One call of a hook tool. */
export interface ToolCall {
  readonly run: HookRun;
  readonly args: ParsedArguments;
  /** Reads a file that the charm's program named, from its working folder; at most 16 MiB. @throws ToolError. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** What the program gave on standard input; at most 16 MiB. @throws ToolError. */
  readonly readInput: () => Promise<Uint8Array>;
}

/** A command that a charm's program finds on its PATH and talks to its agent with. */
export interface HookTool {
  readonly name: string;
  /** What it does, for the reference page. */
  readonly summary: string;
  /** Its arguments, for the reference page. */
  readonly usage: string;
  readonly options: OptionSpecs;
  /** For tools that take `--format`: the form when it is not given. */
  readonly format?: OutputFormat;
  /** When what it does takes effect. */
  readonly effect: "reads" | "at once" | "when the hook ends well";
  /** Only in actions. */
  readonly actionsOnly?: true;
  /** Always fails, whatever its arguments. */
  readonly refused?: true;
  /**
   * Does it; what comes back is written on standard output in the form that was asked for, a text as it stands where the tool takes no form.
   *
   * @throws ToolError with what the program reads on standard error.
   */
  readonly run: (call: ToolCall) => unknown;
}

/** An option `--app`, and others alike. */
export const FLAG = { kind: "flag" } as const;
/** An option with a value. */
export const TEXT = { kind: "text" } as const;
