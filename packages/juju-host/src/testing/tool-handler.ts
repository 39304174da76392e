import type { ToolCall } from "../tools/run-tool.ts";
import type { Effects, JujuState } from "./juju-state.ts";
import { ToolFailure } from "./tool-failure.ts";

/** One hook under way: what it would leave, and what it has done already. */
export interface HookUnderWay {
  /** With all that the hook has written. */
  pending: JujuState;
  readonly effects: Effects;
  /** Name of the hook, such as `install`. */
  readonly name: string;
  /** The relation and unit that the hook is about. */
  readonly about: { readonly relation?: number; readonly unit?: string };
}

/** Answers one tool: what it prints. @throws ToolFailure for what Juju would refuse. */
export type ToolHandler = (hook: HookUnderWay, call: ToolCall) => string;

/** The application of the unit under test. */
export function applicationOf(unit: string): string {
  return unit.slice(0, unit.lastIndexOf("/"));
}

/** Demands that JSON was asked for. */
export function json(format: string | undefined, value: unknown): string {
  if (format !== "json")
    throw new ToolFailure(`format is ${format ?? "the tool's own"}; json is asked for`, 2);
  return `${JSON.stringify(value)}\n`;
}

/** The option that every reading tool has. */
export const FORMAT: Readonly<Record<string, string>> = { "--format": "format" };
