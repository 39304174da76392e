import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption, print } from "../output/format.ts";

/** `orrery down`. */
export function down(context: Context): CommandUnknownOpts {
  return new Command("down")
    .summary("stop the engine and all that it runs")
    .description(
      "Stops the engine of the data folder and all that it runs, also what an engine that was killed has left running. The model " +
        "and what units stored are kept: `orrery up` brings all back.",
    )
    .option("--keep-workloads", "leave what runs running; the next engine takes it over")
    .addOption(formatOption())
    .action(async ({ keepWorkloads, format }) => {
      const { stopEngine } = await import("@orrery/engine-local");
      const found = await stopEngine({ home: context.home(), keepWorkloads: keepWorkloads === true });
      const what = keepWorkloads ? "; what it ran goes on" : ", and all that it ran";
      const message = found ? `engine stopped${what}` : "no engine was running; nothing is left running";
      await print(context.terminal, format, {
        value: { found, home: context.home() },
        render: () => `${message}\n`,
      });
    });
}
