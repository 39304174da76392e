import type { Endpoint, RelationView } from "@orrery/charm";
import { quote } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import { configuration, templates } from "./bag-fields.ts";
import { forbiddenKey } from "./configuration.ts";
import type { AlertmanagerConfiguration } from "./configuration.ts";

/**
 * The Alertmanager's side: reads the configuration that another application gives, whole or not at all.
 *
 * A part of a routing tree would send alerts elsewhere than the whole, so nothing is mended: with an unknown key, or one by which
 * Alertmanager would read a file or go through a proxy, the value is `undefined`, with a problem. One relation is allowed.
 *
 * @see canonical/alertmanager-k8s-operator, `alertmanager_remote_configuration` v0, patch 4.
 */
export function requirer(
  options: { readonly optional?: boolean; readonly description?: string } = {},
): Endpoint<AlertmanagerConfiguration | undefined, null> {
  return {
    ...options,
    role: "requires",
    interface: "alertmanager_remote_configuration",
    limit: 1,
    decode,
    encode: () => ({}),
  };
}

function decode(relation: RelationView): Decoded<AlertmanagerConfiguration | undefined> {
  const origin = { application: relation.application, endpoint: relation.endpoint, relation: relation.id };
  const bag = relation.bags.remoteApplication;
  const read = configuration.read(bag, origin);
  const texts = templates.read(bag, origin);
  const problems = [...read.problems, ...texts.problems];
  if (read.value === undefined || problems.some(({ severity }) => severity === "error"))
    return { value: undefined, problems };
  const forbidden = forbiddenKey({ ...read.value });
  if (forbidden !== undefined) {
    const message = `alertmanager_config holds the key ${quote(forbidden)}, which is never taken from a relation`;
    return {
      value: undefined,
      problems: [...problems, problem("RELATION_INVALID_VALUE", { message, origin })],
    };
  }
  return { value: { ...read.value, ...(texts.value?.length ? { templates: texts.value } : {}) }, problems };
}
