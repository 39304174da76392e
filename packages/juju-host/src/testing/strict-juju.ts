import type { RunTool, ToolCall, ToolResult } from "../tools/run-tool.ts";
import { actionHandlers } from "./action-handlers.ts";
import type { HookRequest } from "./hook-environment.ts";
import type { Effects, JujuState } from "./juju-state.ts";
import { relationHandlers } from "./relation-handlers.ts";
import { secretHandlers } from "./secret-handlers.ts";
import { ToolFailure } from "./tool-failure.ts";
import type { HookUnderWay, ToolHandler } from "./tool-handler.ts";
import { unitHandlers } from "./unit-handlers.ts";

const HANDLERS: Readonly<Record<string, ToolHandler>> = {
  ...relationHandlers,
  ...unitHandlers,
  ...secretHandlers,
  ...actionHandlers,
};

/** Names of the hook tools that a {@link StrictJuju} answers. */
export const toolNames: readonly string[] = Object.keys(HANDLERS);

/** One hook that a {@link StrictJuju} runs. */
export interface StrictHook {
  /** Answers hook tools. */
  readonly runTool: RunTool;
  /** Every call so far, in order. */
  readonly calls: readonly ToolCall[];
  /** Ends the hook: with 0 all that it wrote counts, otherwise none of it does. */
  readonly end: (exitCode: number) => void;
}

/**
 * One unit's agent, without a Juju: answers hook tools from a state, and refuses whatever Juju would refuse, and much that it would not.
 *
 * What a hook writes is seen by that hook alone until it has ended well. Options that a tool does not know, output in another form than
 * JSON, bags that are not the unit's, ports that are open already, secrets in arguments: all of these fail.
 */
export class StrictJuju {
  /** As the last good hook left it; a test changes what others do. */
  state: JujuState;
  readonly effects: Effects = {
    status: undefined,
    workloadVersion: undefined,
    log: [],
    results: {},
    failure: undefined,
  };

  constructor(state: JujuState) {
    this.state = state;
  }

  /** Begins a hook. */
  begin({ hook, action, relation, unit }: HookRequest): StrictHook {
    const calls: ToolCall[] = [];
    const { state } = this;
    const underWay: HookUnderWay = {
      pending: action ? { ...state, action: { name: hook, params: action.params } } : state,
      effects: this.effects,
      name: hook,
      about: {
        ...(relation === undefined ? {} : { relation }),
        ...(unit === undefined ? {} : { unit }),
      },
    };
    return {
      calls,
      runTool: async (call) => {
        calls.push(call);
        return answer(underWay, call);
      },
      end: (exitCode) => {
        const { action: _over, ...pending } = underWay.pending;
        if (exitCode === 0) this.state = pending;
      },
    };
  }
}

function answer(hook: HookUnderWay, call: ToolCall): ToolResult {
  const handler = Object.hasOwn(HANDLERS, call.name) ? HANDLERS[call.name] : undefined;
  try {
    if (!handler) throw new ToolFailure(`hook tool ${call.name} is not known`, 127);
    return { exitCode: 0, stdout: handler(hook, call), stderr: "" };
  } catch (cause) {
    if (!(cause instanceof ToolFailure)) throw cause;
    return { exitCode: cause.exitCode, stdout: "", stderr: `ERROR ${cause.message}\n` };
  }
}
