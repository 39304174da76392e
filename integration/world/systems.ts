import { getJson } from "./world.ts";
import type { World } from "./world.ts";

/** What `show-unit --format json` tells of a unit that these tests use. */
interface ShownUnit {
  readonly address?: string;
  readonly ports: Readonly<Record<string, number>>;
}

/** One entry of Prometheus's `/api/v1/targets`. */
export interface Target {
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly health: "up" | "down" | "unknown";
  readonly lastError: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One alert as Prometheus's `/api/v1/alerts` has it. */
export interface Alert {
  readonly state: "pending" | "firing";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A rule group as Prometheus's `/api/v1/rules` has it. */
export interface LiveGroup {
  readonly name: string;
  readonly file: string;
  readonly rules: readonly { readonly name: string; readonly query: string; readonly health: string }[];
}

/** A notification as the webhook receiver recorded it. */
export interface Notification {
  readonly status: "firing" | "resolved";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Where a unit's named port answers. */
export async function urlOf(world: World, unit: string, port: string): Promise<string> {
  const shown = await world.json<Record<string, ShownUnit>>("show-unit", unit);
  const found = shown[unit];
  if (found?.address === undefined || found.ports[port] === undefined)
    throw new Error(`unit ${unit} has no port ${port} yet`);
  return `http://${found.address}:${found.ports[port]}`;
}

/** What Prometheus scrapes now. */
export async function targets(url: string): Promise<readonly Target[]> {
  const answer = await getJson<{ data: { activeTargets: readonly Target[] } }>(
    `${url}/api/v1/targets?state=active`,
  );
  return answer.data.activeTargets;
}

/** The alerts that are pending or firing in Prometheus. */
export async function alerts(url: string): Promise<readonly Alert[]> {
  const answer = await getJson<{ data: { alerts: readonly Alert[] } }>(`${url}/api/v1/alerts`);
  return answer.data.alerts;
}

/** The rule groups that Prometheus evaluates. */
export async function ruleGroups(url: string): Promise<readonly LiveGroup[]> {
  const answer = await getJson<{ data: { groups: readonly LiveGroup[] } }>(`${url}/api/v1/rules`);
  return answer.data.groups;
}

/** The value of the first sample of an instant query. */
export async function instant(url: string, query: string): Promise<number | undefined> {
  const answer = await getJson<{ data: { result: readonly { value: readonly [number, string] }[] } }>(
    `${url}/api/v1/query?query=${encodeURIComponent(query)}`,
  );
  const value = answer.data.result[0]?.value[1];
  return value === undefined ? undefined : Number(value);
}
