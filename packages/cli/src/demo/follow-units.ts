import { setTimeout as sleep } from "node:timers/promises";
import type { ModelStatus } from "@orrery/engine";
import type { EngineClient } from "@orrery/engine-local/client";
import { formatDuration } from "../output/duration.ts";
import { statusStyle } from "../status/status-style.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** How long to follow, and where to tell. */
export interface FollowUnitsOptions {
  readonly terminal: Terminal;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const PAUSE_MS = 250;

/**
 * Tells each change of each unit's status, until all are active or the time is over.
 *
 * @returns Whether all are active.
 */
export async function followUnits(
  engine: EngineClient,
  { terminal, timeoutMs, signal }: FollowUnitsOptions,
): Promise<boolean> {
  const start = performance.now();
  const told = new Map<string, string>();
  for (;;) {
    signal.throwIfAborted();
    const units = unitsOf(await engine.status());
    for (const unit of units) {
      const state = `${unit.status} ${unit.message}`;
      if (told.get(unit.name) === state) continue;
      told.set(unit.name, state);
      terminal.tell(line(unit, terminal, performance.now() - start));
    }
    if (units.length > 0 && units.every(({ status }) => status === "active")) return true;
    if (performance.now() - start > timeoutMs) return false;
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

interface UnitState {
  readonly name: string;
  readonly status: string;
  readonly message: string;
}

function unitsOf({ applications }: ModelStatus): readonly UnitState[] {
  return Object.values(applications).flatMap(({ units }) =>
    Object.entries(units).map(
      ([
        name,
        {
          "workload-status": { current, message = "" },
        },
      ]) => ({
        name,
        status: current,
        message,
      }),
    ),
  );
}

function line({ name, status, message: full }: UnitState, terminal: Terminal, elapsedMs: number): string {
  // Some say `waiting for …` themselves.
  const message = full.startsWith(`${status} `) ? full.slice(status.length + 1) : full;
  const style = statusStyle(status);
  const told = style ? terminal.paintTold(style, status) : status;
  const more = message === "" ? "" : `${/^(for|until) /.test(message) ? "" : ":"} ${message}`;
  return `  ${formatDuration(elapsedMs).padStart(6)}  ${name.padEnd(18)}  ${told}${more}\n`;
}
