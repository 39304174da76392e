import type { Confirmation, HttpGet } from "@orrery/charm";
import { getText } from "../../read/get.ts";
import { objectAt, textAt } from "../../read/json-field.ts";

const SHOWN = /^\s+cluster_label: (\S+)$/m;

/**
 * Says whether a Loki runs with the main file, by the mark of its content that `/config` shows.
 *
 * Comparing the whole would not do: Loki shows durations and sizes in other words than it was given.
 */
export async function confirmLoki(
  url: string,
  files: Readonly<Record<string, string>>,
  http: HttpGet,
): Promise<Confirmation> {
  const answer = await getText(`${url}/config`, http);
  if (!answer.ok) return "unknown";
  try {
    const wanted = textAt(objectAt(JSON.parse(files["loki.json"] ?? ""), "memberlist"), "cluster_label");
    if (wanted === "") return "unknown";
    return SHOWN.exec(answer.value)?.[1] === wanted ? "applied" : "stale";
  } catch {
    return "unknown";
  }
}
