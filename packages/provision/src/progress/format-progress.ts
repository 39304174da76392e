import type { ProgressEvent } from "./progress-event.ts";
import { formatBytes } from "./format-bytes.ts";

/**
 * Writes a progress event as one line for a terminal or a log:
 * `prometheus: Go build: compiling, 212 packages so far (0:42)`.
 */
export function formatProgress(event: ProgressEvent): string {
  const size = formatSize(event);
  const details = [size, formatElapsed(event.elapsedMs)].filter(Boolean).join(", ");
  const failed = event.phase === "failed" ? "no: " : "";
  return `${event.program}: ${event.source}: ${failed}${event.message}${details ? ` (${details})` : ""}`;
}

function formatSize(event: ProgressEvent): string {
  if (event.bytes === undefined) return "";
  if (event.totalBytes === undefined) return formatBytes(event.bytes);
  return `${formatBytes(event.bytes)} of ${formatBytes(event.totalBytes)}`;
}

/** Minutes and seconds; nothing under half a second, which is no wait. */
function formatElapsed(elapsedMs: number): string {
  const seconds = Math.round(elapsedMs / 1000);
  if (seconds === 0) return "";
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
