import { parse } from "yaml";
import type { ToolCall } from "../tools/run-tool.ts";
import type { JujuRelation, JujuState, Texts } from "./juju-state.ts";
import { parseArguments } from "./parse-arguments.ts";
import { ToolFailure } from "./tool-failure.ts";
import { FORMAT, applicationOf, json } from "./tool-handler.ts";
import type { HookUnderWay, ToolHandler } from "./tool-handler.ts";

const RELATION = { ...FORMAT, "-r": "relation", "--relation": "relation" };

/** Tools of relations, with the matrix of who may read and write which bag. @see juju-protocol, Databag access matrix. */
export const relationHandlers: Readonly<Record<string, ToolHandler>> = {
  "relation-ids": ({ pending }, { args }) => {
    const { values, words } = parseArguments(args, { values: FORMAT, words: [1, 1] });
    const ids = Object.entries(pending.relations).filter(([, { endpoint }]) => endpoint === words[0]);
    return json(values["format"], ids.map(([id, { endpoint }]) => `${endpoint}:${id}`).toSorted());
  },
  "relation-list": (hook, { args }) => {
    const { values, flags } = parseArguments(args, { values: RELATION, flags: ["--app"], words: [0, 0] });
    const { relation } = find(hook.pending, values["relation"]);
    return json(values["format"], flags.has("--app") ? relation.application : relation.units.toSorted());
  },
  "relation-model-get": ({ pending }, { args }) => {
    const { values } = parseArguments(args, { values: RELATION, words: [0, 0] });
    const { relation } = find(pending, values["relation"]);
    return json(values["format"], { uuid: relation.modelUuid ?? pending.model.uuid });
  },
  "relation-get": (hook, { args }) => {
    const form = { values: RELATION, flags: ["--app"], words: [2, 2] as const };
    const { values, flags, words } = parseArguments(args, form);
    const { relation } = find(hook.pending, values["relation"]);
    const [key, owner = ""] = words;
    if (key !== "-") throw new ToolFailure("a single key is asked for; all are wanted with -", 2);
    expectReadable(hook, relation, flags.has("--app") ? { application: owner } : { unit: owner });
    return json(values["format"], relation.bags[owner] ?? {});
  },
  "relation-set": (hook, call) => {
    const form = { values: { ...RELATION, "--file": "file" }, flags: ["--app"], words: [0, 0] as const };
    const { values, flags } = parseArguments(call.args, form);
    const { id, relation } = find(hook.pending, values["relation"]);
    const { leader, unit } = hook.pending;
    if (hook.name.endsWith("-relation-broken") && hook.about.relation === id) {
      throw new ToolFailure("cannot write relation settings");
    }
    if (flags.has("--app") && !leader) throw new ToolFailure("cannot write relation settings");
    if (values["file"] !== "-") throw new ToolFailure("contents come by standard input", 2);
    const owner = flags.has("--app") ? applicationOf(unit) : unit;
    const written = { ...relation.bags[owner], ...readFile(call) };
    const bag = Object.fromEntries(Object.entries(written).filter(([, text]) => text !== ""));
    const changed = { ...relation, bags: { ...relation.bags, [owner]: bag } };
    hook.pending = { ...hook.pending, relations: { ...hook.pending.relations, [id]: changed } };
    return "";
  },
};

/** Reads what a tool got by its standard input: a YAML map of texts. */
export function readFile({ input = "" }: ToolCall): Texts {
  const value: unknown = parse(input, { version: "1.1" });
  if (typeof value !== "object" || value === null) throw new ToolFailure("cannot parse: no map");
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") throw new ToolFailure(`cannot parse: ${key} is no text`);
  }
  return value as Texts;
}

function find(
  state: JujuState,
  text: string | undefined,
): { readonly id: number; readonly relation: JujuRelation } {
  if (text === undefined) throw new ToolFailure("no relation id specified", 2);
  const [endpoint, number = ""] = text.split(":");
  const relation = /^\d+$/.test(number) ? state.relations[Number(number)] : undefined;
  // Juju may look at the number alone; who names another endpoint is wrong all the same.
  if (relation?.endpoint !== endpoint) {
    throw new ToolFailure(`invalid value ${JSON.stringify(text)} for option -r: relation not found`, 2);
  }
  return { id: Number(number), relation: relation as JujuRelation };
}

function expectReadable(
  { pending, name, about }: HookUnderWay,
  relation: JujuRelation,
  whose: { readonly unit: string } | { readonly application: string },
): void {
  const own = applicationOf(pending.unit);
  if ("application" in whose) {
    if (whose.application === relation.application) return;
    if (whose.application === own && (pending.leader || relation.peers === true)) return;
  } else {
    if (whose.unit === pending.unit || relation.units.includes(whose.unit)) return;
    if (/-relation-(departed|broken)$/.test(name) && about.unit === whose.unit) return;
  }
  throw new ToolFailure("cannot read relation settings: permission denied (unauthorized access)");
}
