import type { Expectation, HttpGet, Reading } from "@orrery/charm";
import { getJson, getText } from "../../read/get.ts";
import { textAt } from "../../read/json-field.ts";
import { samplesOf } from "../../read/samples.ts";
import { unknown } from "../../read/unknown-reading.ts";
import { DELIVERY_METRICS } from "./deliveries.ts";
import type { Deliveries } from "./deliveries.ts";

/** Asks an Alertmanager, with two GETs, whether its receivers were reached; never rejects. */
export async function readAlertmanager(
  url: string,
  asked: { readonly expectations: readonly Expectation[]; readonly deliveries: Deliveries },
  http: HttpGet,
): Promise<readonly Reading[]> {
  const { expectations, deliveries } = asked;
  const [receivers, metrics] = await Promise.all([
    getJson(`${url}/api/v2/receivers`, http),
    getText(`${url}/metrics`, http),
  ]);
  if (!receivers.ok) return expectations.map(() => unknown(receivers.reason));
  if (!metrics.ok) return expectations.map(() => unknown(metrics.reason));
  const names = Array.isArray(receivers.value) ? receivers.value.map((one) => textAt(one, "name")) : [];
  const samples = samplesOf(metrics.value, DELIVERY_METRICS);
  return expectations.map(({ kind, match = {} }): Reading => {
    if (kind !== "delivery") return unknown(`an Alertmanager cannot be asked for a ${kind}`);
    const { receiver = "", integration = "" } = match;
    if (!names.includes(receiver))
      return { state: "pending", evidence: "not yet among the server's receivers" };
    return deliveries.judge({ key: `${url} ${receiver} ${integration}`, receiver, integration }, samples);
  });
}
