import type { HookTool } from "./hook-tool.ts";
import { ToolError } from "./tool-error.ts";

/** Tools that Juju has, or had, and that have nothing to work on here; they take any arguments and say so. */
const REFUSED: Readonly<Record<string, string>> = {
  "credential-get": "cannot access cloud credentials: there is no cloud",
  "juju-reboot": "cannot reboot: the machine is not the unit's own",
  "resource-get": "could not download resource: resources are not fetched by this host",
  "storage-add": "cannot add storage: a unit has what its charm's metadata asks for at least",
  "leader-get": "leader settings are not supported; use the bag of a peer relation",
  "leader-set": "leader settings are not supported; use the bag of a peer relation",
  "payload-register": "payloads are not supported",
  "payload-unregister": "payloads are not supported",
  "payload-status-set": "payloads are not supported",
  "pod-spec-set": "pod specs are not supported",
  "pod-spec-get": "pod specs are not supported",
  "k8s-spec-set": "pod specs are not supported",
  "k8s-spec-get": "pod specs are not supported",
  "k8s-raw-set": "pod specs are not supported",
  "k8s-raw-get": "pod specs are not supported",
  "add-metric": "metrics of Juju's own are not supported",
};

/** Tools that always fail, with the reason. */
export const refusedTools: readonly HookTool[] = Object.entries(REFUSED).map(([name, why]) => ({
  name,
  summary: why,
  usage: "",
  options: {},
  effect: "at once",
  refused: true,
  run: () => {
    throw new ToolError(why);
  },
}));
