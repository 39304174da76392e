import type { Core } from "../core.ts";
import type { UnitRecord } from "../model/records.ts";

/**
 * What a relation's reader may have scraped: each unit's address with the ports that it was given, and what the
 * operator granted by the application's own options. Values that a charm's author chose grant nothing.
 */
export function grantedBy(core: Core, application: string, units: readonly UnitRecord[]): readonly string[] {
  const granted = new Set<string>();
  for (const { placement } of units) {
    if (!placement) continue;
    const { address, ports } = placement.network;
    for (const port of Object.values(ports))
      granted.add(`${address.includes(":") ? `[${address}]` : address}:${port}`);
  }
  for (const one of grantedByOperator(core, application)) granted.add(one);
  return [...granted];
}

function grantedByOperator(core: Core, application: string): readonly string[] {
  const options = core.charms.get(application)?.manifest.config ?? {};
  const set = core.db.applications.get(application)?.config ?? {};
  return Object.entries(set).flatMap(([name, value]) => {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option?.type !== "string" || option.grants !== true || typeof value !== "string") return [];
    return value
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "");
  });
}
