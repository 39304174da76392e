import type { Environment } from "../hook/hook-context.ts";
import type { JujuState } from "./juju-state.ts";

/** A hook or an action as a test names it. */
export interface HookRequest {
  /** Such as `install` or `metrics-endpoint-relation-changed`; an action's own name with `action`. */
  readonly hook: string;
  readonly action?: { readonly params: Readonly<Record<string, unknown>> };
  readonly relation?: number;
  /** The remote unit that it is about. */
  readonly unit?: string;
  readonly departing?: string;
  /** More variables, such as `JUJU_SECRET_ID`. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The variables that Juju sets for a hook, from nothing: what does not concern it is empty. @see juju-protocol, How Juju starts a charm. */
export function hookEnvironment(
  state: JujuState,
  request: HookRequest,
  charmFolder: string,
): Environment & Record<string, string> {
  const { hook, action, relation, unit, departing } = request;
  const related = relation === undefined ? undefined : state.relations[relation];
  return {
    JUJU_CHARM_DIR: charmFolder,
    CHARM_DIR: charmFolder,
    JUJU_DISPATCH_PATH: `${action ? "actions" : "hooks"}/${hook}`,
    JUJU_HOOK_NAME: action ? "" : hook,
    JUJU_UNIT_NAME: state.unit,
    JUJU_MODEL_NAME: state.model.name,
    JUJU_MODEL_UUID: state.model.uuid,
    JUJU_VERSION: state.version,
    JUJU_MACHINE_ID: "0",
    JUJU_PRINCIPAL_UNIT: "",
    JUJU_AVAILABILITY_ZONE: "",
    JUJU_RELATION: related?.endpoint ?? "",
    JUJU_RELATION_ID: related ? `${related.endpoint}:${relation}` : "",
    JUJU_REMOTE_APP: related?.application ?? "",
    JUJU_REMOTE_UNIT: unit ?? "",
    ...(departing === undefined ? {} : { JUJU_DEPARTING_UNIT: departing }),
    ...(action ? { JUJU_ACTION_NAME: hook, JUJU_ACTION_UUID: "1", JUJU_ACTION_TAG: "action-1" } : {}),
    LANG: "C.UTF-8",
    TERM: "screen",
    ...request.variables,
  };
}
