import { basename, dirname } from "node:path";
import { OrreryError } from "@orrery/problems";
import { isLifecycle, isOther, relationWhat } from "./hook-event.ts";
import type { HookEvent } from "./hook-event.ts";
import { parseJujuVersion } from "./juju-version.ts";
import type { JujuVersion } from "./juju-version.ts";

/** What Juju says by a hook's environment. */
export interface HookContext {
  readonly unit: string;
  readonly application: string;
  readonly model: { readonly name: string; readonly uuid: string };
  readonly version: JujuVersion;
  /** Folder that the charm was unpacked into; absolute. */
  readonly charmFolder: string;
  /** Absent for an event that nothing is known of, which is passed over so that going back to this charm stays possible. */
  readonly event?: HookEvent;
}

/** The environment that a process was given. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a hook's environment; an empty variable is an absent one.
 *
 * @throws OrreryError `HOOK_ENVIRONMENT_INVALID` naming the variable.
 * @see juju-protocol, How Juju starts a charm.
 */
export function readContext(environment: Environment): HookContext {
  const get = (name: string): string | undefined => environment[name] || undefined;
  const need = (name: string): string => {
    const value = get(name);
    if (value === undefined) throw invalid(`variable ${name} is missing`);
    return value;
  };
  const unit = need("JUJU_UNIT_NAME");
  const version = parseJujuVersion(need("JUJU_VERSION"));
  if (!version) throw invalid(`JUJU_VERSION is ${JSON.stringify(get("JUJU_VERSION"))}, which is no version`);
  const event = readEvent(need("JUJU_DISPATCH_PATH"), { get, need });
  return {
    unit,
    application: applicationOf(unit),
    model: { name: need("JUJU_MODEL_NAME"), uuid: need("JUJU_MODEL_UUID") },
    version,
    charmFolder: get("JUJU_CHARM_DIR") ?? need("CHARM_DIR"),
    ...(event ? { event } : {}),
  };
}

interface Variables {
  readonly get: (name: string) => string | undefined;
  readonly need: (name: string) => string;
}

function readEvent(path: string, { get, need }: Variables): HookEvent | undefined {
  const name = basename(path);
  if (basename(dirname(path)) === "actions") return { kind: "action", name: get("JUJU_ACTION_NAME") ?? name };
  if (isLifecycle(name)) return { kind: "lifecycle", name };
  if (name === "secret-remove") {
    const revision = get("JUJU_SECRET_REVISION");
    return {
      kind: "secret-remove",
      uri: need("JUJU_SECRET_ID"),
      ...(revision === undefined ? {} : { revision: Number(revision) }),
    };
  }
  if (isOther(name)) return { kind: "other", name };
  const what = relationWhat(name);
  if (what === undefined) return undefined;
  const unit = get("JUJU_REMOTE_UNIT");
  const departing = get("JUJU_DEPARTING_UNIT");
  return {
    kind: "relation",
    what,
    endpoint: need("JUJU_RELATION"),
    id: relationId(need("JUJU_RELATION_ID")),
    application: get("JUJU_REMOTE_APP") ?? applicationOf(unit ?? need("JUJU_REMOTE_APP")),
    ...(unit === undefined ? {} : { unit }),
    ...(departing === undefined ? {} : { departing }),
  };
}

function relationId(text: string): number {
  const digits = text.slice(text.lastIndexOf(":") + 1);
  if (!/^\d+$/.test(digits))
    throw invalid(`JUJU_RELATION_ID is ${JSON.stringify(text)}, which holds no number`);
  return Number(digits);
}

function applicationOf(unit: string): string {
  const [, application] = /^(.+)\/\d+$/.exec(unit) ?? [];
  if (application === undefined) throw invalid(`${JSON.stringify(unit)} is no unit's name`);
  return application;
}

function invalid(message: string): OrreryError {
  return new OrreryError("HOOK_ENVIRONMENT_INVALID", message);
}
