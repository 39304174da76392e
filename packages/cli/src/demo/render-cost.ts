import type { EngineCounters } from "@orrery/engine";
import { formatBytes } from "../output/bytes.ts";

/** Says what this run has cost, so that a second one can be seen to have written and built nothing. */
export function renderCost(counters: EngineCounters, made: readonly string[]): string {
  const { filesWritten, bytesWritten, reloads, restarts } = counters;
  const size = filesWritten === 0 ? "" : ` (${formatBytes(bytesWritten)})`;
  const programs = made.length === 0 ? "0 programs" : `${count(made.length, "program")} (${made.join(", ")})`;
  return `This run wrote ${count(filesWritten, "generated file")}${size}, built ${programs}, reloaded ${count(reloads, "time")} and restarted ${count(restarts, "time")}.\n`;
}

function count(number: number, of: string): string {
  return `${number} ${of}${number === 1 ? "" : "s"}`;
}
