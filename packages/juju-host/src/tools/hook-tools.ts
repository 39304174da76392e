import { OrreryError } from "@orrery/problems";
import type { RunTool, ToolCall, ToolResult } from "./run-tool.ts";

/** The longest that one argument of a program may be on Linux, in bytes, without the NUL that ends it. */
export const LONGEST_ARGUMENT: number = 131_071;

/** Calls hook tools and takes their answers apart. */
export class HookTools {
  readonly #run: RunTool;

  constructor(run: RunTool) {
    this.#run = run;
  }

  /**
   * Gives what a tool printed.
   *
   * @throws OrreryError `HOOK_TOOL_FAILED` with the tool's own words.
   */
  async text(call: ToolCall): Promise<string> {
    const result = await this.#call(call);
    if (result.exitCode !== 0) throw failed(call, result);
    return result.stdout;
  }

  /** Gives what a tool printed; nothing where it failed, whatever its words. @throws OrreryError `HOOK_TOOL_FAILED` when there is no such tool. */
  async textIf(call: ToolCall): Promise<string | undefined> {
    const result = await this.#call(call);
    return result.exitCode === 0 ? result.stdout : undefined;
  }

  /**
   * Gives what a tool printed as JSON, for which its arguments must ask; nothing where it failed in one of the `unless` words, compared without case.
   *
   * Its exit code does not tell an answer from a fault: an unknown relation is as bad an argument as a misspelt option.
   * @throws OrreryError `HOOK_TOOL_FAILED`.
   */
  async json(call: ToolCall, unless: readonly string[] = []): Promise<unknown> {
    const result = await this.#call(call);
    const said = result.stderr.toLowerCase();
    if (result.exitCode !== 0 && unless.some((words) => said.includes(words))) return undefined;
    if (result.exitCode !== 0) throw failed(call, result);
    try {
      return JSON.parse(result.stdout);
    } catch (cause) {
      throw new OrreryError("HOOK_TOOL_FAILED", `hook tool ${call.name} did not answer with JSON`, { cause });
    }
  }

  async #call(call: ToolCall): Promise<ToolResult> {
    try {
      return await this.#run(call);
    } catch (cause) {
      const told = cause instanceof Error ? cause.message : String(cause);
      throw new OrreryError("HOOK_TOOL_FAILED", `hook tool ${call.name} could not be started: ${told}`, {
        cause,
      });
    }
  }
}

function failed({ name }: ToolCall, { exitCode, stderr }: ToolResult): OrreryError {
  // Arguments stay out: they may be long, and somebody else's.
  const said =
    stderr
      .replace(/^ERROR /, "")
      .trim()
      .slice(0, 500) || `exit code ${exitCode}`;
  return new OrreryError("HOOK_TOOL_FAILED", `hook tool ${name} failed: ${said}`);
}
