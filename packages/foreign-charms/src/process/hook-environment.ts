import type { View } from "@orrery/charm";
import { hookName } from "../events/hook.ts";
import type { Hook } from "../events/hook.ts";
import type { Cause } from "../hook-run/hook-run.ts";

/** What a run's environment is made of beside the run itself. */
export interface EnvironmentOptions {
  readonly view: View;
  readonly cause: Cause;
  readonly charmFolder: string;
  readonly toolsFolder: string;
  readonly contextId: string;
  readonly socket: string;
  readonly storageFolder: (name: string) => string | undefined;
  /** PATH of the machine. */
  readonly path: string;
}

/** The Juju whose protocol this is; charms ask for it to know what there is. */
export const JUJU_VERSION = "3.6.14";

/**
 * The whole environment of a charm's program: nothing is inherited but the machine's PATH.
 *
 * As with Juju there is no HOME, USER or TMPDIR, and what is not known is there and empty.
 * @see juju-protocol: environment common to every run, and per event kind.
 */
export function hookEnvironment(options: EnvironmentOptions): Record<string, string> {
  const { view, cause, charmFolder, toolsFolder } = options;
  const name = cause.kind === "hook" ? hookName(cause.hook) : "";
  return {
    PATH: `${toolsFolder}:${options.path}`,
    LANG: "C.UTF-8",
    TERM: "tmux-256color",
    DEBIAN_FRONTEND: "noninteractive",
    APT_LISTCHANGES_FRONTEND: "none",
    CHARM_DIR: charmFolder,
    JUJU_CHARM_DIR: charmFolder,
    JUJU_DISPATCH_PATH: cause.kind === "hook" ? `hooks/${name}` : `actions/${cause.action.name}`,
    JUJU_HOOK_NAME: name,
    JUJU_UNIT_NAME: view.unit,
    JUJU_MODEL_NAME: view.model.name,
    JUJU_MODEL_UUID: view.model.uuid,
    JUJU_VERSION,
    JUJU_CONTEXT_ID: options.contextId,
    JUJU_AGENT_SOCKET_ADDRESS: options.socket,
    JUJU_AGENT_SOCKET_NETWORK: "unix",
    JUJU_API_ADDRESSES: "",
    JUJU_MACHINE_ID: "0",
    JUJU_PRINCIPAL_UNIT: "",
    JUJU_AVAILABILITY_ZONE: "",
    CLOUD_API_VERSION: "",
    JUJU_CHARM_HTTP_PROXY: "",
    JUJU_CHARM_HTTPS_PROXY: "",
    JUJU_CHARM_FTP_PROXY: "",
    JUJU_CHARM_NO_PROXY: "",
    ...(cause.kind === "hook" ? ofHook(cause.hook, options) : ofAction(cause.action)),
  };
}

function ofAction({ name, id }: { readonly name: string; readonly id: string }): Record<string, string> {
  return { JUJU_ACTION_NAME: name, JUJU_ACTION_UUID: id, JUJU_ACTION_TAG: `action-${id}` };
}

function ofHook(hook: Hook, { storageFolder }: EnvironmentOptions): Record<string, string> {
  switch (hook.kind) {
    case "life":
      return {};
    case "relation":
      return {
        JUJU_RELATION: hook.endpoint,
        JUJU_RELATION_ID: `${hook.endpoint}:${hook.relation}`,
        JUJU_REMOTE_APP: hook.application,
        JUJU_REMOTE_UNIT: hook.unit ?? "",
        ...(hook.departing === undefined ? {} : { JUJU_DEPARTING_UNIT: hook.departing }),
      };
    case "secret":
      return {
        JUJU_SECRET_ID: `secret:${hook.id}`,
        JUJU_SECRET_LABEL: hook.label,
        ...(hook.revision === undefined ? {} : { JUJU_SECRET_REVISION: String(hook.revision) }),
      };
    case "storage":
      break;
  }
  const name = `${hook.storage}/${hook.index}`;
  return {
    JUJU_STORAGE_ID: name,
    JUJU_STORAGE_LOCATION: storageFolder(name) ?? "",
    JUJU_STORAGE_KIND: "filesystem",
  };
}
