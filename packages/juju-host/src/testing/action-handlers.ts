import type { JujuState } from "./juju-state.ts";
import { parseArguments } from "./parse-arguments.ts";
import { ToolFailure } from "./tool-failure.ts";
import { FORMAT, json } from "./tool-handler.ts";
import type { ToolHandler } from "./tool-handler.ts";

const KEY = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Tools of actions, which work in nothing else. */
export const actionHandlers: Readonly<Record<string, ToolHandler>> = {
  "action-get": ({ pending }, { args }) => {
    const { values } = parseArguments(args, { values: FORMAT, words: [0, 0] });
    return json(values["format"], running(pending).params);
  },
  "action-set": ({ pending, effects }, { args }) => {
    running(pending);
    for (const word of parseArguments(args, { words: [1, 1000] }).words) {
      const at = word.indexOf("=");
      const key = word.slice(0, at);
      if (at < 1 || !KEY.test(key))
        throw new ToolFailure(`key ${JSON.stringify(key)} is not of the known form`);
      if (["stdout", "stderr"].some((one) => key.split(".").some((part) => part.startsWith(one)))) {
        throw new ToolFailure(`cannot set reserved action key ${JSON.stringify(key)}`);
      }
      effects.results = { ...effects.results, [key]: word.slice(at + 1) };
    }
    return "";
  },
  "action-fail": ({ pending, effects }, { args }) => {
    running(pending);
    [effects.failure] = parseArguments(args, { words: [1, 1] }).words;
    return "";
  },
};

function running({ action }: JujuState): NonNullable<JujuState["action"]> {
  if (!action) throw new ToolFailure("not running an action");
  return action;
}
