import type { Confirmation, HttpGet } from "@orrery/charm";
import { parse } from "yaml";
import { getJson } from "../../read/get.ts";
import { listAt, objectAt, textAt } from "../../read/json-field.ts";
import { isMark } from "../compile/rule-file.ts";
import { isConfigLoaded } from "./is-config-loaded.ts";

const MAIN = "prometheus.yml";
const RULES = /^rules\/[^/]+\.json$/;

/**
 * Says whether a Prometheus has loaded the main file and the rule files that are given by path.
 *
 * It compares the main file with what `/api/v1/status/config` shows, and looks for the mark of each rule file in `/api/v1/rules`.
 */
export async function confirmPrometheus(
  url: string,
  files: Readonly<Record<string, string>>,
  http: HttpGet,
): Promise<Confirmation> {
  const [config, rules] = await Promise.all([
    getJson(`${url}/api/v1/status/config`, http),
    getJson(`${url}/api/v1/rules`, http),
  ]);
  if (!config.ok || !rules.ok) return "unknown";
  try {
    const loaded: unknown = parse(textAt(objectAt(config.value, "data"), "yaml"), {
      schema: "failsafe",
      maxAliasCount: 0,
    });
    const wanted = Object.keys(files).filter((path) => RULES.test(path));
    const marks = wanted.flatMap((path) => marksOf(listAt(JSON.parse(files[path] ?? ""), "groups")));
    const shown = marksOf(listAt(objectAt(rules.value, "data"), "groups"));
    const isSame =
      isConfigLoaded(JSON.parse(files[MAIN] ?? ""), loaded) &&
      marks.length === shown.length &&
      new Set([...marks, ...shown]).size === new Set(marks).size;
    return isSame ? "applied" : "stale";
  } catch {
    return "unknown";
  }
}

function marksOf(groups: readonly unknown[]): readonly string[] {
  return groups.map((group) => textAt(group, "name")).filter(isMark);
}
