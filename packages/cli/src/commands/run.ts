import { Command, Option } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { keyValues } from "../arguments/key-values.ts";
import { duration } from "../arguments/numbers.ts";
import type { Context } from "../context.ts";
import { waitForAgent } from "../engine/wait-for-agent.ts";
import { formatOption, print, toYaml } from "../output/format.ts";

/** `orrery run UNIT ACTION [KEY=VALUE…]`. */
export function run(context: Context): CommandUnknownOpts {
  return new Command("run")
    .summary("run an action on a unit")
    .description(
      "Runs an action of a unit's charm and prints its results. A unit that is just being deployed or changed is waited for.",
    )
    .argument("<unit>", "unit, such as webhook-receiver/0")
    .argument("<action>", "name of the action")
    .argument("[key=value...]", "parameters of the action")
    .addOption(
      new Option("--wait <seconds>", "wait at most so long for a unit that is just being deployed or changed")
        .argParser(duration)
        .default(60_000, "60"),
    )
    .addOption(formatOption())
    .addHelpText("after", "\nExample:\n  orrery run webhook-receiver/0 show limit=5")
    .action(async (...[unit, action, given, { wait, format }]) => {
      const params = keyValues(given);
      const engine = await context.engine();
      await waitForAgent(engine, unit, { terminal: context.terminal, timeoutMs: wait });
      const { details } = await engine.command({ command: "run", unit, action, params });
      const results = details["results"] ?? details;
      const value = { [unit]: { action, status: "completed", results } };
      await print(context.terminal, format, { value, render: async () => await toYaml(results) });
    });
}
