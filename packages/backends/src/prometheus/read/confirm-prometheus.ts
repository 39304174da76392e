import type { Confirmation, HttpGet } from "@orrery/charm";
import { getJson } from "../../read/get.ts";
import { listAt, objectAt, textAt } from "../../read/json-field.ts";
import { parse } from "yaml";
import { isConfigLoaded } from "./is-config-loaded.ts";
import { areRulesLoaded } from "./are-rules-loaded.ts";

const MAIN = "prometheus.yml";
const RULES = /^rules\/[^/]+\.json$/;

/**
 * Says whether a Prometheus has loaded the main file and the rule files that are given by path.
 *
 * It compares with `/api/v1/status/config` and `/api/v1/rules`, which show the meaning of what was loaded, not its text.
 */
export async function confirmPrometheus(
  url: string,
  files: Readonly<Record<string, string>>,
  http: HttpGet,
): Promise<Confirmation> {
  const config = await getJson(`${url}/api/v1/status/config`, http);
  const rules = await getJson(`${url}/api/v1/rules`, http);
  if (!config.ok || !rules.ok) return "unknown";
  try {
    const loaded: unknown = parse(textAt(objectAt(config.value, "data"), "yaml"), { maxAliasCount: 0 });
    if (!isConfigLoaded(parse(files[MAIN] ?? ""), loaded)) return "stale";
    const wanted = Object.entries(files).filter(([path]) => RULES.test(path));
    const groups = Map.groupBy(listAt(objectAt(rules.value, "data"), "groups"), (group) =>
      textAt(group, "file").split("/").slice(-2).join("/"),
    );
    const isSame =
      groups.size === wanted.length &&
      wanted.every(([path, content]) =>
        areRulesLoaded(listAt(JSON.parse(content), "groups"), groups.get(path) ?? []),
      );
    return isSame ? "applied" : "stale";
  } catch {
    return "unknown";
  }
}
