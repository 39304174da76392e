import type { HookRun } from "../hook-run/hook-run.ts";
import type { HookTool } from "./hook-tool.ts";
import { ToolError, badArguments } from "./tool-error.ts";

/** Tools about storage: folders of the unit's own. */
export const storageTools: readonly HookTool[] = [
  {
    name: "storage-list",
    summary: "the storage that the unit has",
    usage: "[<name>]",
    options: {},
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      const [name] = args.positional;
      const attached = [...new Set([...run.work.memory.storage, ...ofHook(run)])].toSorted();
      return name === undefined ? attached : attached.filter((one) => one.startsWith(`${name}/`));
    },
  },
  {
    name: "storage-get",
    summary: "kind and place of a storage",
    usage: "[-s <name>/<index>] [<key>]",
    options: { s: { kind: "text", short: "s" } },
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      const name = args.texts["s"] ?? ofHook(run)[0];
      if (name === undefined) throw new ToolError("no storage instance specified");
      const location = run.storageFolder(name);
      if (location === undefined) {
        throw badArguments(`invalid value ${JSON.stringify(name)} for option -s: storage not found`);
      }
      const found: Readonly<Record<string, string>> = { kind: "filesystem", location };
      const [key] = args.positional;
      if (key === undefined) return found;
      if (Object.hasOwn(found, key)) return found[key];
      throw new ToolError(`invalid storage attribute ${JSON.stringify(key)}`);
    },
  },
];

function ofHook({ cause }: HookRun): readonly string[] {
  return cause.kind === "hook" && cause.hook.kind === "storage"
    ? [`${cause.hook.storage}/${cause.hook.index}`]
    : [];
}
