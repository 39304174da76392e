import type { Confirmation, HttpGet } from "@orrery/charm";
import { parse } from "yaml";
import { getJson } from "../../read/get.ts";
import { holds } from "../../read/holds.ts";
import { asObject, listAt, objectAt, textAt } from "../../read/json-field.ts";

const LISTS = ["receivers", "inhibit_rules", "time_intervals", "mute_time_intervals", "templates"];

/** Says whether an Alertmanager has loaded the main file, by comparing it with the configuration that it shows. */
export async function confirmAlertmanager(
  url: string,
  files: Readonly<Record<string, string>>,
  http: HttpGet,
): Promise<Confirmation> {
  const answer = await getJson(`${url}/api/v2/status`, http);
  if (!answer.ok) return "unknown";
  try {
    const shown: unknown = parse(textAt(objectAt(answer.value, "config"), "original"), { maxAliasCount: 0 });
    const wanted: unknown = parse(files["alertmanager.yml"] ?? "");
    const isSame =
      holds(wanted, shown) &&
      LISTS.every((name) => listAt(wanted, name).length === listAt(shown, name).length) &&
      isSameTree(asObject(wanted)["route"], asObject(shown)["route"]);
    return isSame ? "applied" : "stale";
  } catch {
    return "unknown";
  }
}

/** What is written of a route may be in what is shown, and yet be less than it. */
function isSameTree(wanted: unknown, shown: unknown): boolean {
  const routes = listAt(wanted, "routes");
  const shownRoutes = listAt(shown, "routes");
  return (
    routes.length === shownRoutes.length &&
    routes.every((route, index) => isSameTree(route, shownRoutes[index]))
  );
}
