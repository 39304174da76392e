import type { Confirmation, HttpGet } from "@orrery/charm";
import { getJson } from "../../read/get.ts";
import { listAt, textAt } from "../../read/json-field.ts";
import { isMark } from "../compile/mark.ts";

/**
 * Says whether an Alertmanager has loaded the main file, by the receiver in it that marks its content.
 *
 * What `/api/v2/status` shows of the configuration would not do: secrets are hidden there.
 */
export async function confirmAlertmanager(
  url: string,
  files: Readonly<Record<string, string>>,
  http: HttpGet,
): Promise<Confirmation> {
  const answer = await getJson(`${url}/api/v2/receivers`, http);
  if (!answer.ok || !Array.isArray(answer.value)) return "unknown";
  try {
    const wanted = marksOf(listAt(JSON.parse(files["alertmanager.yml"] ?? ""), "receivers"));
    const shown = marksOf(answer.value);
    if (wanted.length === 0) return "unknown";
    return wanted.join() === shown.join() ? "applied" : "stale";
  } catch {
    return "unknown";
  }
}

function marksOf(receivers: readonly unknown[]): readonly string[] {
  return receivers.map((receiver) => textAt(receiver, "name")).filter(isMark);
}
