import { TEXT } from "./hook-tool.ts";
import type { HookTool } from "./hook-tool.ts";
import type { HookRun } from "../hook-run/hook-run.ts";
import { keyValues } from "./key-values.ts";
import { ToolError, badArguments } from "./tool-error.ts";

/** Characters that a unit's state may hold, keys and values together: 512 KiB. Juju allows 2 MiB. */
const LARGEST_STATE = 512 * 1024;

/** Tools by which a charm keeps texts between its hooks. */
export const stateTools: readonly HookTool[] = [
  {
    name: "state-get",
    summary: "what the charm has kept",
    usage: "[<key>]",
    options: {},
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      const { state } = run.work.memory;
      const [key = "-"] = args.positional;
      if (key === "-" || key === "") return state;
      return Object.hasOwn(state, key) ? state[key] : null;
    },
  },
  {
    name: "state-set",
    summary: "keeps texts between hooks; at most 512 KiB together",
    usage: "[--file <path>|-] [<key>=<value> …]",
    options: { file: TEXT },
    effect: "when the hook ends well",
    run: async (call) => {
      const state = { ...call.run.work.memory.state, ...(await keyValues(call)) };
      const size = Object.entries(state).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
      if (size > LARGEST_STATE) {
        throw new ToolError(
          `cannot set state: it would hold ${size} characters; allowed are ${LARGEST_STATE}`,
        );
      }
      keep(call.run, state);
    },
  },
  {
    name: "state-delete",
    summary: "forgets what was kept under a key",
    usage: "<key>",
    options: {},
    effect: "when the hook ends well",
    run: ({ run, args }) => {
      const [key] = args.positional;
      if (key === undefined) throw badArguments("key required");
      const { [key]: _gone, ...state } = run.work.memory.state;
      keep(run, state);
    },
  },
];

function keep(run: HookRun, state: Readonly<Record<string, string>>): void {
  run.work = { ...run.work, memory: { ...run.work.memory, state } };
}
