import type { Core } from "../core.ts";
import type { UnitRecord } from "../model/records.ts";

/**
 * What a relation's reader may have scraped: each unit's address with the ports that it was given or opened, and what the
 * operator granted by the application's own options. Values that a charm's author chose grant nothing.
 */
export function grantedBy(core: Core, application: string, units: readonly UnitRecord[]): readonly string[] {
  const granted = new Set<string>();
  for (const { name, placement } of units) {
    if (!placement) continue;
    const { address, ports } = placement.network;
    const opened = core.db.states.get(name)?.openedPorts ?? [];
    for (const port of [...Object.values(ports), ...opened.flatMap(tcpPorts)])
      granted.add(`${address.includes(":") ? `[${address}]` : address}:${port}`);
  }
  for (const one of grantedByOperator(core, application)) granted.add(one);
  return [...granted];
}

/** The numbers of a port as Juju writes it, at most 1000 of a range; none where nothing can be scraped. */
function tcpPorts(opened: string): readonly number[] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?\/tcp$/.exec(opened) ?? [];
  if (first === undefined) return [];
  const count = Math.min(1000, Number(last) - Number(first) + 1);
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(first) + i);
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
