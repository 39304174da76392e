import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { EngineSettings } from "@orrery/engine-local";
import { LOOPBACK } from "@orrery/engine-local/client";
import type { EngineClient, EngineInfo } from "@orrery/engine-local/client";
import { OrreryError, isOrreryError } from "@orrery/problems";
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
    .option(
      "--listen <address>",
      "IPv4 address of this machine on which all units listen, so that other machines reach them; kept for the next start. " +
        "`loopback` takes it back: each unit has a loopback address of its own",
    )
    .addOption(formatOption())
    .action(async ({ listen, hookDeadline, format }) => {
      const begun = performance.now();
      const running = await existing(context);
      const engine =
        running ??
        (await start(context, {
          ...(hookDeadline === undefined ? {} : { hookDeadlineMs: hookDeadline }),
          ...(listen === undefined ? {} : { listen }),
        }));
      const info = await engine.ping();
      if (listen !== undefined) expectListening(info, listen);
      const value = { ...info, started: running === undefined };
      const how = running ? "was running before" : `started in ${formatDuration(performance.now() - begun)}`;
      await print(context.terminal, format, {
        value,
        render: () =>
          `engine ${how} (process ${info.pid}, data folder ${info.home})\n` +
          (info.listen === undefined
            ? ""
            : `units listen on ${info.listen}, for every machine that reaches it\n`),
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

/** An engine that runs has its units where they are. */
function expectListening({ listen = LOOPBACK, pid }: EngineInfo, wanted: string): void {
  if (listen === wanted) return;
  throw new OrreryError(
    "ENGINE_RUNNING",
    `the engine runs (process ${pid}), and its units listen on ${listen}`,
    {
      remedy: `end it first: \`orrery down\`, then \`orrery up --listen ${wanted}\``,
    },
  );
}

async function start(
  { terminal, home }: Context,
  settings: Pick<EngineSettings, "hookDeadlineMs" | "listen">,
): Promise<EngineClient> {
  // Loaded here: every other command asks an engine that runs.
  const { spawnEngine } = await import("@orrery/engine-local");
  const { formatProgress } = await import("@orrery/provision");
  return await spawnEngine({
    home: home(),
    ...settings,
    onProgress: (event) => {
      if (event.phase !== "ready") terminal.tell(`${formatProgress(event)}\n`);
    },
  });
}
