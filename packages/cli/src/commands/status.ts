import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { duration } from "../arguments/numbers.ts";
import type { Context } from "../context.ts";
import type { Format } from "../output/format.ts";
import { formatOption, write } from "../output/format.ts";
import { renderStatus } from "../status/render-status.ts";
import { selectApplications } from "../status/select-applications.ts";

const HOME_AND_CLEAR = "\u001b[H\u001b[J";

/** `orrery status [APPLICATION…]`. */
export function status(context: Context): CommandUnknownOpts {
  return new Command("status")
    .summary("see applications, units and relations")
    .description(
      "Shows the model: its applications, their units with addresses and ports, and with --relations who is related to whom. " +
        "Where a charm holds the engine up, it shows how the model was last, and says so.",
    )
    .argument("[application...]", "applications or units to show; all when absent")
    .option("--relations", "show relations too")
    .option(
      "--watch [interval]",
      "show it again and again, at the latest after this time (default: 2s)",
      duration,
    )
    .addOption(formatOption())
    .action(async (names, { relations, watch, format }) => {
      const draw = async (): Promise<string> =>
        await drawn(context, { names, relations: relations === true, format });
      if (watch === undefined) return context.terminal.out(await draw());
      await repeat(context, draw, watch === true ? 2000 : watch);
    });
}

interface Drawing {
  readonly names: readonly string[];
  readonly relations: boolean;
  readonly format: Format;
}

async function drawn(context: Context, { names, relations, format }: Drawing): Promise<string> {
  const engine = await context.engine();
  const value = selectApplications(await engine.status({ relations, orLast: true }), names);
  return await write(format, { value, render: () => renderStatus(value, context.terminal.paint) });
}

/** A terminal is drawn anew; a file or pipe gets each drawing below the last. */
async function repeat({ terminal }: Context, draw: () => Promise<string>, intervalMs: number): Promise<void> {
  const signal = terminal.interrupted();
  while (!signal.aborted) {
    const text = await draw();
    terminal.out(terminal.live ? `${HOME_AND_CLEAR}${text}` : `${text}\n`);
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}
