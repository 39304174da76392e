import type { Expectation, FileOutcome } from "@orrery/charm";
import { yamlJson } from "../../writing/yaml-json.ts";
import { sha256 } from "../../judging/rejections.ts";
import { asObject, textAt } from "../../read/json-field.ts";
import type { AlertmanagerCapabilities } from "../capabilities.ts";
import { compileRoute, PLACEHOLDER, WEBHOOK } from "./compile-route.ts";
import { mark } from "./mark.ts";
import { hideSecrets } from "./hide-secrets.ts";
import type { AlertmanagerSettings } from "./settings.ts";

/** An Alertmanager's files, and the deliveries that are expected of it. */
export interface AlertmanagerFiles {
  readonly files: Readonly<Record<string, FileOutcome>>;
  readonly expectations: readonly Expectation[];
}

/**
 * Makes `alertmanager.yml` and what it names: JSON, which is YAML, readable by Alertmanager alone.
 *
 * With a remote configuration, that one is used and ours is added to it; with neither, alerts are kept and go nowhere.
 *
 * @param of - The application on whose account notifications should arrive.
 */
export function configuration(
  settings: AlertmanagerSettings,
  to: AlertmanagerCapabilities,
  of: { readonly application: string },
): AlertmanagerFiles {
  const { remote, webhookUrl } = settings;
  const route = compileRoute(settings);
  const given = remote?.receivers ?? [];
  const own = [
    ...(webhookUrl === undefined
      ? []
      : [
          {
            name: WEBHOOK,
            webhook_configs: [
              { url: webhookUrl, send_resolved: true, http_config: { follow_redirects: false } },
            ],
          },
        ]),
    ...(route["receiver"] === PLACEHOLDER ? [{ name: PLACEHOLDER }] : []),
  ];
  const receivers = [...given, ...own].map((receiver) => hideSecrets(receiver, to));
  const templates = (remote?.templates ?? []).map((content) => {
    const path = `templates/${sha256(content)}.tmpl`;
    return { path, file: { content, onChange: "reload" } as const };
  });
  const main = {
    ...(remote?.global === undefined ? {} : { global: remote.global }),
    route,
    receivers: receivers.map(({ receiver }) => receiver),
    ...list("inhibit_rules", remote?.inhibit_rules),
    ...list("time_intervals", remote?.time_intervals),
    ...list("mute_time_intervals", remote?.mute_time_intervals),
    ...list(
      "templates",
      templates.map(({ path }) => path),
    ),
  };
  return {
    files: {
      "alertmanager.yml": {
        content: `${yamlJson({ ...main, receivers: [...main.receivers, mark(main)] }, 1)}\n`,
        mode: "0600",
        onChange: "reload",
        check: { command: [to.amtool, "check-config", "{}"] },
      },
      ...Object.fromEntries(templates.map(({ path, file }) => [path, file])),
      ...Object.assign({}, ...receivers.map(({ files }) => files)),
    },
    expectations: receivers.flatMap(({ receiver }) => expectDeliveries(receiver, to, of.application)),
  };
}

function list(name: string, values: readonly unknown[] | undefined): Readonly<Record<string, unknown>> {
  return values === undefined || values.length === 0 ? {} : { [name]: values };
}

/** One for each kind of integration that a receiver has: a receiver with none delivers nothing. */
function expectDeliveries(
  receiver: unknown,
  to: AlertmanagerCapabilities,
  application: string,
): readonly Expectation[] {
  const name = textAt(receiver, "name");
  const kinds = Object.entries(asObject(receiver))
    .filter(([key, value]) => key.endsWith("_configs") && Array.isArray(value) && value.length > 0)
    .map(([key]) => key.slice(0, -"_configs".length));
  return kinds.map((integration) => ({
    signal: "alerting",
    kind: "delivery",
    name: `${name}/${integration}`,
    application,
    container: to.container,
    match: { receiver: name, integration },
  }));
}
