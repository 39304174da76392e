import type { Command as EngineCommand } from "@orrery/engine";
import type { Context } from "../context.ts";
import type { Format } from "../output/format.ts";
import { print } from "../output/format.ts";

/** Has the engine do something and prints what came of it: one line for a person, the details as data. */
export async function send(context: Context, command: EngineCommand, format: Format): Promise<void> {
  const engine = await context.engine();
  const { message, details } = await engine.command(command);
  await print(context.terminal, format, { value: details, render: () => `${message}\n` });
}
