import { jsonField, plainField } from "@orrery/databag";
import type { Field, Json, PyJson } from "@orrery/databag";
import { topologyField } from "../../identity/topology-record.ts";
import type { TopologyRecord } from "../../identity/topology-record.ts";

/** What stands behind a base URL where log lines are pushed. @see Grafana Loki 3.7, HTTP API, `POST /loki/api/v1/push`. */
export const PUSH_PATH = "/loki/api/v1/push";

/** `endpoint` of the provider's unit bag: where this unit takes log lines. */
export const endpoint: Field<{ readonly url: string }, PyJson> = jsonField("endpoint", {
  type: "object",
  required: ["url"],
  properties: { url: { type: "string", maxLength: 4096 } },
});

/** `public_address` of the provider's unit bag: a host name that old libraries write, and none reads. */
export const publicAddress: Field<string> = plainField("public_address", { maxBytes: 300 });

/** `event` of the provider's application bag: what it could not take. */
export const event: Field<Readonly<Record<string, Json>>, PyJson> = jsonField("event", { type: "object" });

/** `metadata` of the requirer's application bag: who speaks. */
export const metadata: Field<TopologyRecord, PyJson> = topologyField("metadata");

/** `alert_rules` of the requirer's application bag: `{"groups": […]}` or `{}`, with sorted keys. */
export const alertRules: Field<{ readonly groups?: readonly Json[] }, PyJson> = jsonField(
  "alert_rules",
  { type: "object", properties: { groups: { type: "array" } } },
  { sortKeys: true },
);
