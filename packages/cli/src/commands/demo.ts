import { Command, Option } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { duration } from "../arguments/numbers.ts";
import type { Context } from "../context.ts";

/** `orrery demo`: what `npm start` runs. */
export function demo(context: Context): CommandUnknownOpts {
  return new Command("demo")
    .summary("see a shop observed, from its metrics to a delivered alert")
    .description(
      "Gets the programs, starts an engine, deploys a shop and this machine with Prometheus and Alertmanager, relates them, and " +
        "waits until everything was read back. It stays until Ctrl-C, which stops everything.",
    )
    .option("--check", "end when everything was read back (0) or the time is over (2), and stop everything")
    .addOption(
      new Option("--timeout <seconds>", "how long to wait for it, once the programs are there")
        .argParser(duration)
        .default(180_000, "180"),
    )
    .action(async ({ check, timeout }) => {
      const { runDemo } = await import("../demo/run-demo.ts");
      await runDemo(context, { check: check === true, timeoutMs: timeout });
    });
}
