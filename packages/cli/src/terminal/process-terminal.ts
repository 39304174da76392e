import { styleText } from "node:util";
import type { Paint, Terminal } from "./terminal.ts";

/** The terminal, pipe or file that this process was started with. `NO_COLOR` and non-terminals get no colours. */
export function processTerminal(): Terminal {
  let interruption: AbortSignal | undefined;
  return {
    out: (text) => void process.stdout.write(text),
    tell: (text) => void process.stderr.write(text),
    paint: painter(process.stdout),
    paintTold: painter(process.stderr),
    live: process.stdout.isTTY,
    environment: process.env,
    folder: process.cwd(),
    interrupted: () => (interruption ??= onSignals()),
  };
}

function painter(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

/** A first signal asks for an orderly end; a second one ends the process at once, as if nobody listened. */
function onSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => controller.abort(signal));
  }
  return controller.signal;
}
