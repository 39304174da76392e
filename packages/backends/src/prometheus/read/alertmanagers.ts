import type { Expectation, HttpGet, Reading } from "@orrery/charm";
import { problem } from "@orrery/problems";
import { getJson, getText } from "../../read/get.ts";
import { listAt, objectAt, textAt } from "../../read/json-field.ts";
import { samplesOf, sumOf } from "../../read/samples.ts";
import { unknown } from "../../read/unknown-reading.ts";

const SENT = "prometheus_notifications_sent_total";
const ERRORS = "prometheus_notifications_errors_total";

/** Says of each expected Alertmanager whether alerts get there: listed is not enough, one must have been taken. */
export async function readAlertmanagers(
  url: string,
  expectations: readonly Expectation[],
  http: HttpGet,
): Promise<readonly Reading[]> {
  const answer = await getJson(`${url}/api/v1/alertmanagers`, http);
  if (!answer.ok) return expectations.map(() => unknown(answer.reason));
  const listed = listAt(objectAt(answer.value, "data"), "activeAlertmanagers").map((one) =>
    textAt(one, "url"),
  );
  const page = await getText(`${url}/metrics`, http);
  const samples = page.ok ? samplesOf(page.value, [SENT, ERRORS]) : [];
  return expectations.map(({ match = {} }): Reading => {
    const alertmanager = match["url"] ?? "";
    if (!listed.includes(alertmanager))
      return { state: "pending", evidence: "not yet among the server's Alertmanagers" };
    if (!page.ok) return unknown(page.reason);
    const sent = sumOf(samples, SENT, { alertmanager }) ?? 0;
    const failed = sumOf(samples, ERRORS, { alertmanager }) ?? 0;
    if (sent === 0) return { state: "pending", evidence: "listed, no alert was sent yet" };
    const evidence = `listed, ${sent} alerts sent, ${failed} of them not taken`;
    if (sent > failed) return { state: "live", evidence };
    const message = `none of ${sent} alerts was taken by ${alertmanager}`;
    return { state: "failed", evidence, problem: problem("ALERTMANAGER_NOT_REACHED", { message }) };
  });
}
