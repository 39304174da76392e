import type { LogEvent } from "@orrery/engine";
import type { Terminal } from "../terminal/terminal.ts";

/** Tells a person the steps of a bridge's work as they are done; what else happens in the model is not told. */
export function tellSteps(
  terminal: Terminal,
  application: () => string | undefined,
): (event: LogEvent) => void {
  return ({ entity, level, message }) => {
    const wanted = application();
    if (level === "DEBUG" || entity.includes("/") || entity === "engine") return;
    if (wanted !== undefined && entity !== wanted) return;
    terminal.tell(`${level === "INFO" ? "" : `${level}: `}${message}\n`);
  };
}
