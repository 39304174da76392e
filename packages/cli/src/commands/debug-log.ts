import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Level, LogEvent } from "@orrery/engine";
import { positive } from "../arguments/numbers.ts";
import type { Context } from "../context.ts";
import { renderLogEvent } from "../log/render-log-event.ts";

const LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"] as const satisfies readonly Level[];

/** `orrery debug-log`. */
export function debugLog(context: Context): CommandUnknownOpts {
  return new Command("debug-log")
    .summary("see what the engine and the units did")
    .description(
      "Shows the log of the engine and its units. On a terminal it goes on until Ctrl-C; elsewhere it ends with the last line.",
    )
    .option("--include <entity>", "only this application or unit; may be repeated", collect, [])
    .option("--replay", "show everything that is kept, from the beginning")
    .option("-n, --lines <count>", "how many of the newest lines to begin with", positive, 10)
    .option("--limit <count>", "show this many of the newest lines and end", positive)
    .option("--tail", "go on with what comes")
    .option("--no-tail", "end with the last line")
    .option(
      "-l, --level <level>",
      `this level and worse, of ${LEVELS.join(", ")}; DEBUG has what workloads print`,
      level,
      "INFO" as const,
    )
    .addOption(
      new Option("--format <format>", "json prints one object a line")
        .choices(["text", "json"] as const)
        .default("text"),
    )
    .action(async (options) => {
      const { terminal } = context;
      const follow = options.limit === undefined && (options.tail ?? terminal.live);
      const most = options.replay === true ? undefined : (options.limit ?? options.lines);
      const engine = await context.engine();
      const show = (event: LogEvent): void => {
        terminal.out(
          options.format === "json" ? `${JSON.stringify(event)}\n` : renderLogEvent(event, terminal.paint),
        );
      };
      const query = { level: options.level };
      let last = 0;
      const before = [];
      for await (const event of engine.log(query)) {
        last = event.sequence;
        if (included(event, options.include)) before.push(event);
      }
      for (const event of most === undefined ? before : before.slice(-most)) show(event);
      if (!follow) return;
      for await (const event of engine.log({
        ...query,
        after: last,
        follow: true,
        signal: terminal.interrupted(),
      })) {
        if (included(event, options.include)) show(event);
      }
    });
}

/** As in Juju, units are also named like `unit-storefront-0`, and applications with a star at the end. */
function included({ entity }: LogEvent, wanted: readonly string[]): boolean {
  return (
    wanted.length === 0 ||
    wanted.some((text) => {
      const name = text.replace(/^unit-(.+)-(\d+)$/, "$1/$2").replace(/\/?\*$/, "");
      return entity === name || entity.startsWith(`${name}/`);
    })
  );
}

function level(text: string): Level {
  const found = LEVELS.find((one) => one === text.toUpperCase());
  if (!found) throw new InvalidArgumentError(`Allowed choices are ${LEVELS.join(", ")}.`);
  return found;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
