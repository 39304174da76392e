import { Command, Option } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { duration } from "../arguments/numbers.ts";
import type { Context } from "../context.ts";
import { formatOption, print } from "../output/format.ts";
import { renderReport } from "../verification/render-report.ts";
import { tellProgress } from "../verification/tell-progress.ts";
import { verifyEngine } from "../verification/verify-engine.ts";

/** `orrery verify`. */
export function verify(context: Context): CommandUnknownOpts {
  return new Command("verify")
    .summary("ask the monitoring systems whether everything arrived")
    .description(
      "Asks each monitoring system whether it has what the model expects: targets scraped, rules evaluated, alerts sent on. Unknown " +
        "is never taken for arrived. Ends with 2 when something is missing, with where the way is broken and how to mend it.",
    )
    .addOption(
      new Option("--wait <seconds>", "ask again until everything arrived or this time is over")
        .argParser(duration)
        .default(0, "0"),
    )
    .option("--full", "a line for each single thing")
    .addOption(formatOption())
    .action(async ({ wait, full, format }) => {
      const { terminal } = context;
      const engine = await context.engine();
      const report = await verifyEngine(engine, {
        timeoutMs: wait,
        signal: terminal.interrupted(),
        ...(wait > 0 ? { onProgress: tellProgress(terminal) } : {}),
      });
      await print(terminal, format, {
        value: report,
        render: () => renderReport(report, terminal.paint, full),
      });
      if (report.verdict !== "verified") context.end(2);
    });
}
