import type { Level, LogEvent } from "@orrery/engine";
import type { Paint, Style } from "../terminal/terminal.ts";

const STYLES: Readonly<Record<Level, Style | undefined>> = {
  DEBUG: "dim",
  INFO: undefined,
  WARNING: "yellow",
  ERROR: "red",
};

/** Writes one line of the log: `storefront/0: 14:03:21 INFO placed at 127.1.2.3`, in local time. */
export function renderLogEvent({ entity, time, level, message }: LogEvent, paint: Paint): string {
  const style = STYLES[level];
  const at = new Date(time).toTimeString().slice(0, 8);
  return `${entity}: ${at} ${style ? paint(style, level) : level} ${message}\n`;
}
