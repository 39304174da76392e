import type { ActionRun, ActionValues } from "../hook-run/action-run.ts";
import type { HookRun } from "../hook-run/hook-run.ts";
import type { HookTool } from "./hook-tool.ts";
import { keyValue } from "./key-values.ts";
import { ToolError } from "./tool-error.ts";

const KEY = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const RESERVED = new Set(["stdout", "stderr", "stdout-encoding", "stderr-encoding"]);
/** Characters that an action's results may hold together. */
const LARGEST_RESULTS = 1024 * 1024;

/** Tools that only actions have. */
export const actionTools: readonly HookTool[] = [
  {
    name: "action-get",
    summary: "parameters of the action, defaults filled in; a key may lead inwards by dots",
    usage: "[<key>[.<key> …]]",
    options: {},
    format: "smart",
    effect: "reads",
    actionsOnly: true,
    run: ({ run, args }) => {
      const [path = ""] = args.positional;
      if (path === "") return actionOf(run).params;
      return path.split(".").reduce<unknown>(inward, actionOf(run).params) ?? null;
    },
  },
  {
    name: "action-set",
    summary: "adds to the results of the action; dots in a key lead inwards",
    usage: "<key>[.<key> …]=<value> …",
    options: {},
    effect: "at once",
    actionsOnly: true,
    run: ({ run, args }) => {
      const action = actionOf(run);
      for (const [path, value] of args.positional.map(keyValue)) {
        action.results = withValue(action.results, path.split(".").map(expectKey), value);
      }
      const size = JSON.stringify(action.results).length;
      if (size > LARGEST_RESULTS) {
        action.results = {};
        throw new ToolError(`results hold ${size} characters; allowed are ${LARGEST_RESULTS}`);
      }
    },
  },
  {
    name: "action-fail",
    summary: "marks the action as failed; the program goes on, and what it writes stands",
    usage: "[-- <message>]",
    options: {},
    effect: "at once",
    actionsOnly: true,
    run: ({ run, args }) => {
      const message = args.positional.join(" ");
      actionOf(run).failure =
        message === "" ? "action failed without reason given, check action for errors" : message;
    },
  },
  {
    name: "action-log",
    summary: "writes a line into the debug log",
    usage: "-- <message>",
    options: {},
    effect: "at once",
    actionsOnly: true,
    run: ({ run, args }) => {
      if (args.positional.length === 0) throw new ToolError("no message specified");
      run.log("INFO", args.positional.join(" "));
    },
  },
];

function actionOf({ cause }: HookRun): ActionRun {
  if (cause.kind === "action") return cause.action;
  throw new ToolError("not running an action");
}

function inward(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

function expectKey(key: string): string {
  if (RESERVED.has(key)) throw new ToolError(`cannot set reserved action key ${JSON.stringify(key)}`);
  if (!KEY.test(key)) {
    throw new ToolError(
      `key ${JSON.stringify(key)} must start and end with lowercase alphanumeric, and contain only lowercase alphanumeric and hyphens`,
    );
  }
  return key;
}

function withValue(
  values: ActionValues,
  [key = "", ...rest]: readonly string[],
  value: string,
): ActionValues {
  if (rest.length === 0) return { ...values, [key]: value };
  const inner = values[key];
  return { ...values, [key]: withValue(typeof inner === "object" ? inner : {}, rest, value) };
}
