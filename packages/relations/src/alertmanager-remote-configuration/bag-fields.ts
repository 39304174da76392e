import { jsonField } from "@orrery/databag";
import type { Field, PyJson } from "@orrery/databag";
import { configurationSchema } from "./configuration.ts";
import type { AlertmanagerConfiguration } from "./configuration.ts";

/** `alertmanager_config` of the provider's application bag: the configuration without its templates. */
export const configuration: Field<AlertmanagerConfiguration, PyJson> = jsonField(
  "alertmanager_config",
  configurationSchema,
);

/** `alertmanager_templates` of the provider's application bag: contents of template files. */
export const templates: Field<readonly string[], PyJson> = jsonField("alertmanager_templates", {
  type: "array",
  maxItems: 100,
  items: { type: "string" },
});
