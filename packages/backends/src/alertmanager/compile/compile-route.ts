import { asObject } from "../../read/json-field.ts";
import type { AlertmanagerSettings } from "./settings.ts";

/** Receiver that stands where nobody says where alerts go. */
export const PLACEHOLDER = "placeholder";
/** Receiver of the option `webhook-url`. */
export const WEBHOOK = "orrery-webhook";

/** Labels by which groups are always told apart, so that no notification speaks for two applications. */
const IDENTITY = ["juju_application", "juju_model", "juju_model_uuid"];

/** The alert that always fires: its delivery proves the whole way. */
const HEARTBEAT_MATCHERS = ['alertname="Watchdog"'];

type Route = Readonly<Record<string, unknown>>;

/** Makes the routing tree: the remote one where there is one, with ours added at its front. */
export function compileRoute(settings: AlertmanagerSettings): Route {
  const { webhookUrl, heartbeatInterval, remote } = settings;
  const given = asObject(remote?.route);
  const own = webhookUrl === undefined ? PLACEHOLDER : WEBHOOK;
  const receiver = typeof given["receiver"] === "string" ? given["receiver"] : own;
  const both = webhookUrl !== undefined && receiver !== WEBHOOK;
  const heartbeat = (to: string, goesOn: boolean): Route => ({
    receiver: to,
    matchers: HEARTBEAT_MATCHERS,
    group_wait: "1s",
    group_interval: heartbeatInterval,
    // Shorter than the interval, so that each flush of the group sends.
    repeat_interval: "1s",
    ...(goesOn ? { continue: true } : {}),
  });
  const routes = [
    ...(heartbeatInterval === undefined
      ? []
      : [...(both ? [heartbeat(WEBHOOK, true)] : []), heartbeat(receiver, false)]),
    ...(both ? [{ receiver: WEBHOOK, continue: true }] : []),
    ...(Array.isArray(given["routes"]) ? (given["routes"] as readonly unknown[]) : []),
  ];
  return {
    group_wait: settings.groupWait,
    group_interval: settings.groupInterval,
    repeat_interval: settings.repeatInterval,
    ...given,
    receiver,
    group_by: groupBy(given["group_by"]),
    ...(routes.length === 0 ? {} : { routes }),
  };
}

/** @see canonical/alertmanager-k8s-operator, `src/config_builder.py`, which adds the same labels. */
function groupBy(given: unknown): readonly unknown[] {
  if (given === undefined) return ["alertname", ...IDENTITY];
  const labels: readonly unknown[] = Array.isArray(given) ? given : [given];
  return labels.includes("...") ? ["..."] : [...new Set([...labels, ...IDENTITY])];
}
