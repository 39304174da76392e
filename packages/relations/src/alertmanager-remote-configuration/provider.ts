import type { Endpoint } from "@orrery/charm";
import type { PyJson } from "@orrery/databag";
import { configuration, templates } from "./bag-fields.ts";
import type { AlertmanagerConfiguration } from "./configuration.ts";

/**
 * The side that configures: publishes an Alertmanager configuration, by the leader alone.
 *
 * Keys that the interface does not have are not written.
 *
 * @see canonical/alertmanager-k8s-operator, `alertmanager_remote_configuration` v0, patch 4.
 */
export function provider(
  options: { readonly optional?: boolean; readonly description?: string } = {},
): Endpoint<null, AlertmanagerConfiguration> {
  return {
    ...options,
    role: "provides",
    interface: "alertmanager_remote_configuration",
    decode: () => ({ value: null, problems: [] }),
    encode: (value, _relation, self) => {
      if (!self.leader) return {};
      const { global, route, receivers, inhibit_rules, time_intervals, mute_time_intervals } = value;
      const written: PyJson = {
        global,
        route,
        receivers,
        inhibit_rules,
        time_intervals,
        mute_time_intervals,
      };
      return { application: { ...configuration.write(written), ...templates.write(value.templates ?? []) } };
    },
  };
}
