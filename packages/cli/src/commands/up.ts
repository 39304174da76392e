import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { EngineClient } from "@orrery/engine-local/client";
import { isOrreryError } from "@orrery/problems";
import type { Context } from "../context.ts";
import { duration } from "../arguments/numbers.ts";
import { formatDuration } from "../output/duration.ts";
import { formatOption, print } from "../output/format.ts";

/** `orrery up`. */
export function up(context: Context): CommandUnknownOpts {
  return new Command("up")
    .summary("start the engine")
    .description(
      "Starts an engine on the data folder; it goes on when the command has ended. What an earlier engine has left running is " +
        "taken over as it is. Does nothing where an engine runs already.",
    )
    .option(
      "--hook-deadline <time>",
      "how long a hook of a foreign charm may take (default: `15m`)",
      duration,
    )
    .addOption(formatOption())
    .action(async ({ format, hookDeadline }) => {
      const begun = performance.now();
      const running = await existing(context);
      const engine = running ?? (await start(context, hookDeadline));
      const info = await engine.ping();
      const value = { ...info, started: running === undefined };
      const how = running ? "was running before" : `started in ${formatDuration(performance.now() - begun)}`;
      await print(context.terminal, format, {
        value,
        render: () => `engine ${how} (process ${info.pid}, data folder ${info.home})\n`,
      });
    });
}

async function existing(context: Context): Promise<EngineClient | undefined> {
  try {
    return await context.engine();
  } catch (error) {
    if (isOrreryError(error) && error.code === "ENGINE_NOT_RUNNING") return undefined;
    throw error;
  }
}

async function start({ terminal, home }: Context, hookDeadline: number | undefined): Promise<EngineClient> {
  // Loaded here: every other command asks an engine that runs.
  const { spawnEngine } = await import("@orrery/engine-local");
  const { formatProgress } = await import("@orrery/provision");
  return await spawnEngine({
    home: home(),
    ...(hookDeadline === undefined ? {} : { hookDeadlineMs: hookDeadline }),
    onProgress: (event) => {
      if (event.phase !== "ready") terminal.tell(`${formatProgress(event)}\n`);
    },
  });
}
