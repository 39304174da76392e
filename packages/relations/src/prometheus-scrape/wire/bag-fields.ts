import { jsonField, plainField } from "@orrery/databag";
import type { Field, Json, PyJson } from "@orrery/databag";
import { topologyField } from "../../identity/topology-record.ts";
import type { TopologyRecord } from "../../identity/topology-record.ts";
import type { JsonObject } from "./wire-job.ts";

/** `scrape_metadata` of the provider's application bag: who speaks. */
export const scrapeMetadata: Field<TopologyRecord, PyJson> = topologyField("scrape_metadata");

/** `scrape_jobs` of the provider's application bag; each job is judged by itself. */
export const scrapeJobs: Field<readonly Json[], PyJson> = jsonField("scrape_jobs", {
  type: "array",
  maxItems: 1000,
});

/** `alert_rules` of the provider's application bag: `{"groups": […]}` or `{}`. */
export const alertRules: Field<{ readonly groups?: readonly Json[] }, PyJson> = jsonField("alert_rules", {
  type: "object",
  properties: { groups: { type: "array" } },
});

/** `event` of the requirer's application bag: what it could not take. */
export const event: Field<JsonObject, PyJson> = jsonField("event", { type: "object" });

/** IP address of a unit, or its name. */
export const unitAddress: Field<string> = plainField("prometheus_scrape_unit_address", { maxBytes: 300 });
/** What stands before the metrics path for that unit, such as an ingress path. */
export const unitPath: Field<string> = plainField("prometheus_scrape_unit_path", { maxBytes: 1024 });
/** The unit's name. */
export const unitName: Field<string> = plainField("prometheus_scrape_unit_name", { maxBytes: 256 });
/** The unit's fully qualified domain name. */
export const unitFqdn: Field<string> = plainField("prometheus_scrape_unit_fqdn", { maxBytes: 300 });
/** The unit's address as old libraries write it. */
export const legacyHost: Field<string> = plainField("prometheus_scrape_host", { maxBytes: 300 });
