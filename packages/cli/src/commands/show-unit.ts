import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption, print, toYaml } from "../output/format.ts";

/** `orrery show-unit UNIT…`. */
export function showUnit(context: Context): CommandUnknownOpts {
  return new Command("show-unit")
    .summary("see all about units")
    .description(
      "Shows units: address, ports, folders, and the relation data that they see. To a person it is shown as YAML, as Juju does.",
    )
    .argument("<unit...>", "units, such as storefront/0")
    .addOption(formatOption())
    .action(async (units, { format }) => {
      const engine = await context.engine();
      const shown = await Promise.all(units.map(async (unit) => await engine.unit(unit)));
      const value: unknown = Object.assign({}, ...shown);
      await print(context.terminal, format, { value, render: async () => await toYaml(value) });
    });
}
