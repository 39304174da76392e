import { hookTools } from "./all-hook-tools.ts";
import { formatOutput, readFormat } from "./format-output.ts";
import { TEXT } from "./hook-tool.ts";
import type { HookTool, ToolCall } from "./hook-tool.ts";
import { parseArguments } from "./parse-arguments.ts";
import { ToolError } from "./tool-error.ts";

/** What a tool's program writes and ends with. */
export interface ToolAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A call as it comes in. */
export interface RawCall extends Omit<ToolCall, "args"> {
  readonly name: string;
  readonly args: readonly string[];
}

/** Runs a hook tool as Juju's agent does; never rejects. */
export async function runHookTool(call: RawCall): Promise<ToolAnswer> {
  const before = call.run.work;
  try {
    const tool = Object.hasOwn(hookTools, call.name) ? hookTools[call.name] : undefined;
    if (!tool) throw new ToolError(`unknown command ${JSON.stringify(call.name)}`);
    return { exitCode: 0, stdout: await answer(tool, call), stderr: "" };
  } catch (cause) {
    // A call that failed half-way has done nothing.
    call.run.work = before;
    const exitCode = cause instanceof ToolError ? cause.exitCode : 1;
    const message = cause instanceof Error ? cause.message : String(cause);
    return { exitCode, stdout: "", stderr: `ERROR ${message.replaceAll("\n", " ")}\n` };
  }
}

async function answer(tool: HookTool, call: RawCall): Promise<string> {
  if (tool.refused) await tool.run({ ...call, args: { flags: new Set(), texts: {}, positional: [] } });
  if (tool.actionsOnly && call.run.cause.kind !== "action") throw new ToolError("not running an action");
  const formatted = tool.format !== undefined;
  const args = parseArguments(formatted ? { ...tool.options, format: TEXT } : tool.options, call.args);
  const format = readFormat((formatted ? args.texts["format"] : undefined) ?? tool.format ?? "smart");
  const value = await tool.run({ ...call, args });
  if (value === undefined) return "";
  return formatted || typeof value !== "string" ? formatOutput(value, format) : value;
}
