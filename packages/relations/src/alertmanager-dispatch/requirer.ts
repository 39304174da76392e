import type { Bag, Endpoint, RelationView } from "@orrery/charm";
import { plainField } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import { readGrantedUrl } from "../addressing/granted-url.ts";
import type { GrantedUrl } from "../addressing/granted-url.ts";

const url = plainField("url");
const publicAddress = plainField("public_address");
const scheme = plainField("scheme");

/**
 * The side that sends alerts: reads where each Alertmanager takes them, sorted by URL, each once.
 *
 * Reads version 1, and version 0 where a unit wrote nothing else. A URL outside what was granted is left out and reported
 * (`RELATION_URL_REFUSED`).
 *
 * @see canonical/alertmanager-k8s-operator, `alertmanager_dispatch` v1, patch 2.
 */
export function requirer(
  options: { readonly limit?: number; readonly optional?: boolean; readonly description?: string } = {},
): Endpoint<readonly GrantedUrl[], null> {
  return { ...options, role: "requires", interface: "alertmanager_dispatch", decode, encode: () => ({}) };
}

function decode(relation: RelationView): Decoded<readonly GrantedUrl[]> {
  const problems: Problem[] = [];
  const found = new Map<string, GrantedUrl>();
  for (const unit of relation.units) {
    const origin = {
      application: relation.application,
      endpoint: relation.endpoint,
      relation: relation.id,
      unit,
    };
    const read = urlOf(relation.bags.remoteUnits[unit] ?? {}, origin);
    problems.push(...read.problems);
    if (read.value === undefined) continue;
    const address = readGrantedUrl(read.value, relation.granted);
    if ("refused" in address)
      problems.push(problem("RELATION_URL_REFUSED", { message: address.refused, origin }));
    else found.set(address.url, address);
  }
  return { value: [...found.values()].toSorted((a, b) => (a.url < b.url ? -1 : 1)), problems };
}

function urlOf(bag: Bag, origin: Problem["origin"]): Decoded<string | undefined> {
  const now = url.read(bag, origin);
  if (now.value !== undefined || now.problems.length > 0) return { value: now.value, problems: now.problems };
  const old = publicAddress.read(bag, origin);
  const kind = scheme.read(bag, origin);
  const value = old.value === undefined ? undefined : `${kind.value ?? "http"}://${old.value}`;
  return { value, problems: [...old.problems, ...kind.problems] };
}
