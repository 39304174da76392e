import type { VerifyReport } from "@orrery/verify";
import { formatDuration } from "../output/duration.ts";
import type { Terminal } from "../terminal/terminal.ts";

const AT_MOST_EVERY_MS = 1000;
const AT_LEAST_EVERY_MS = 10_000;

/**
 * Tells each step forward on a line of its own: how much was read back, and what is waited for.
 *
 * At most a line a second while things move, one every ten seconds while nothing does.
 */
export function tellProgress(
  terminal: Terminal,
  indent: string = "",
): (report: VerifyReport, elapsedMs: number) => void {
  let told = "";
  let toldAt = -Infinity;
  return (report, elapsedMs) => {
    const now = `${report.arrived} of ${report.expected} read back`;
    const since = elapsedMs - toldAt;
    const isOver = report.verdict === "verified";
    if (!isOver && since < (now === told ? AT_LEAST_EVERY_MS : AT_MOST_EVERY_MS)) return;
    told = now;
    toldAt = elapsedMs;
    const missing = report.findings.find(({ severity }) => severity === "error");
    const waits = missing ? `; not yet: ${missing.message}` : "";
    terminal.tell(`${indent}${formatDuration(elapsedMs)}: ${now}${waits}\n`);
  };
}
