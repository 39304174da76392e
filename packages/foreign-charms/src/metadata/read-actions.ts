import type { Manifest } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { OrreryError, problem } from "@orrery/problems";
import { isRecord } from "./parse-juju-yaml.ts";

type ActionSpec = Manifest["actions"][string];
type Param = NonNullable<ActionSpec["params"]>[string];

/** Juju's grammar of action names. */
const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const TYPES: readonly Param["type"][] = ["string", "number", "integer", "boolean"];

/**
 * Reads a map of actions. Parameters that a command line cannot give, lists and maps, are left out and told.
 *
 * @throws OrreryError `CHARM_INVALID` naming the action.
 */
export function readActions(value: unknown): {
  readonly actions: Manifest["actions"];
  readonly problems: readonly Problem[];
} {
  if (value === undefined || value === null) return { actions: {}, problems: [] };
  if (!isRecord(value)) throw new OrreryError("CHARM_INVALID", "actions are no map");
  const problems: Problem[] = [];
  const actions = Object.entries(value).map(([name, action]) => {
    if (!NAME.test(name))
      throw new OrreryError(
        "CHARM_INVALID",
        `action ${JSON.stringify(name)} is not of the form ${NAME.source}`,
      );
    return [name, readAction(name, isRecord(action) ? action : {}, problems)];
  });
  return { actions: Object.fromEntries(actions), problems };
}

function readAction(
  name: string,
  action: Readonly<Record<string, unknown>>,
  problems: Problem[],
): ActionSpec {
  const { description, params, required } = action;
  const usable = isRecord(params) ? Object.entries(params).flatMap(readParam) : [];
  for (const param of Object.keys(isRecord(params) ? params : {})) {
    if (usable.some(([known]) => known === param)) continue;
    const message = `parameter ${param} of action ${name} is a list or a map, which cannot be given here`;
    problems.push(problem("CHARM_PART_IGNORED", { message, severity: "warning", origin: { item: name } }));
  }
  return {
    description: typeof description === "string" ? description.trim() : "",
    params: Object.fromEntries(usable),
    required: Array.isArray(required)
      ? required.filter((one): one is string => usable.some(([known]) => known === one))
      : [],
  };
}

function readParam([name, value]: readonly [string, unknown]): readonly (readonly [string, Param])[] {
  const schema = isRecord(value) ? value : {};
  // A schema that names no type takes anything; a command line gives texts.
  const type = schema["type"] === undefined ? "string" : TYPES.find((one) => one === schema["type"]);
  if (type === undefined) return [];
  const { description, default: usual } = schema;
  const param: Param = {
    type,
    ...(typeof description === "string" ? { description: description.trim() } : {}),
    ...(typeof usual === "string" || typeof usual === "number" || typeof usual === "boolean"
      ? { default: usual }
      : {}),
  };
  return [[name, param]];
}
