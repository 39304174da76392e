import type { Core } from "../core.ts";
import type { UnitRecord } from "../model/records.ts";

/** Every port on which a unit answers, as Juju writes them: those that it was given, then those that its charm opened. */
export function openPortsOf(core: Core, { name, placement }: UnitRecord): readonly string[] {
  const given = Object.values(placement?.network.ports ?? {}).map((port) => `${port}/tcp`);
  return [...new Set([...given, ...(core.db.states.get(name)?.openedPorts ?? [])])];
}
