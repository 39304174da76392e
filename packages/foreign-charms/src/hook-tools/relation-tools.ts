import { readBag, writeBag } from "../hook-run/bag-access.ts";
import { knownRelations } from "../hook-run/known-relations.ts";
import type { KnownRelation } from "../hook-run/known-relations.ts";
import { relationOf } from "../hook-run/hook-run.ts";
import { FLAG, TEXT } from "./hook-tool.ts";
import type { HookTool, ToolCall } from "./hook-tool.ts";
import { keyValues } from "./key-values.ts";
import { RELATION, relationArgument } from "./relation-argument.ts";
import { ToolError } from "./tool-error.ts";

/** Tools about relations. */
export const relationTools: readonly HookTool[] = [
  {
    name: "relation-ids",
    summary: "ids of an endpoint's relations; one that is being broken is among them",
    usage: "[<endpoint>]",
    options: {},
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      const endpoint = args.positional[0] ?? relationOf(run)?.endpoint;
      if (endpoint === undefined) throw new ToolError("no endpoint name specified");
      const ids = knownRelations(run).filter(({ memory }) => memory.endpoint === endpoint);
      return ids.map(({ id }) => `${endpoint}:${id}`).toSorted();
    },
  },
  {
    name: "relation-list",
    summary: "units on the other side of a relation, or with --app its application",
    usage: "[-r <relation>] [--app]",
    options: { ...RELATION, app: FLAG },
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      const relation = relationArgument(run, args);
      return args.flags.has("app") ? relation.memory.application : relation.units;
    },
  },
  {
    name: "relation-get",
    summary: "what a unit or an application has written in a relation",
    usage: "[-r <relation>] [--app] [<key>|-] [<unit or application>]",
    options: { ...RELATION, app: FLAG },
    format: "smart",
    effect: "reads",
    run: (call) => {
      const relation = relationArgument(call.run, call.args);
      const [key = "-"] = call.args.positional;
      const bag = readBag(call.run, relation, ownerArgument(call, relation));
      if (key === "-" || key === "") return bag;
      return Object.hasOwn(bag, key) ? bag[key] : null;
    },
  },
  {
    name: "relation-set",
    summary:
      "writes into the unit's own bag, or with --app into its application's; an empty value takes the key out",
    usage: "[-r <relation>] [--app] [--file <path>|-] [<key>=<value> …]",
    options: { ...RELATION, app: FLAG, file: TEXT, format: TEXT },
    effect: "when the hook ends well",
    run: async (call) => {
      const relation = relationArgument(call.run, call.args);
      const of = call.args.flags.has("app") ? "application" : "unit";
      writeBag(call.run, relation, { of, values: await keyValues(call) });
    },
  },
  {
    name: "relation-model-get",
    summary: "the UUID of the other side's model",
    usage: "[-r <relation>]",
    options: RELATION,
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      const { view } = relationArgument(run, args);
      return { uuid: view?.model?.uuid ?? run.view.model.uuid };
    },
  },
];

/** Whose bag is meant: the one that is named, else the unit of the hook, else its application. */
function ownerArgument({ run, args }: ToolCall, relation: KnownRelation): string {
  const hook = relationOf(run);
  const ofHook = hook?.relation === relation.id ? (hook.unit ?? hook.application) : undefined;
  const named = args.positional[1] ?? ofHook;
  if (named === undefined) throw new ToolError("no unit or application specified");
  return args.flags.has("app") ? (named.split("/")[0] ?? named) : named;
}
