import type { EngineCounters } from "@orrery/engine";
import { counted } from "@orrery/problems";
import { formatBytes } from "../output/bytes.ts";
import { formatDuration } from "../output/duration.ts";

/** What a run of the demo has cost. */
export interface Cost {
  readonly counters: EngineCounters;
  /** Programs that were built, unpacked or downloaded. */
  readonly made: readonly string[];
  readonly tookMs: number;
}

/** Says what a run has cost, so that a second one can be seen to have written and built nothing. */
export function renderCost({ counters, made, tookMs }: Cost): string {
  const { filesWritten, bytesWritten, reloads } = counters;
  const size = filesWritten === 0 ? "" : ` (${formatBytes(bytesWritten)})`;
  const which = made.length === 0 ? "" : ` (${made.join(", ")})`;
  const files = `${counted(filesWritten, "generated file")} written${size}, ${counted(reloads, "reload")}`;
  return `Took ${formatDuration(tookMs)}: ${counted(made.length, "program")} made${which}, ${files}.\n`;
}
