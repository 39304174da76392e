import type { Telemetry } from "@orrery/telemetry";

/**
 * Narrows telemetry to one unit: it stands for every `*` among the targets, and other units' targets and rules are left out.
 *
 * So a server watches itself, with no relation to tell it the addresses; each other unit does the same.
 */
export function atUnit(one: Telemetry, unit: { readonly name: string; readonly address: string }): Telemetry {
  const host = unit.address.includes(":") ? `[${unit.address}]` : unit.address;
  const scrapes = one.scrapes.map((job) => ({
    ...job,
    targets: job.targets
      .filter((target) => target.unit === undefined || target.unit === unit.name)
      .map((target) =>
        target.address.startsWith("*")
          ? { ...target, address: host + target.address.slice(1), unit: unit.name }
          : target,
      ),
  }));
  const ruleGroups = one.ruleGroups.map((group) => ({
    ...group,
    rules: group.rules.filter(({ labels }) => (labels?.["juju_unit"] ?? unit.name) === unit.name),
  }));
  return { ...one, scrapes, ruleGroups };
}
