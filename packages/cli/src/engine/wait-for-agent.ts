import { setTimeout as sleep } from "node:timers/promises";
import type { ModelStatus, UnitStatus } from "@orrery/engine";
import type { Terminal } from "../terminal/terminal.ts";

/** How long to wait, and where to tell what is waited for. */
export interface WaitForAgentOptions {
  readonly terminal: Pick<Terminal, "tell" | "interrupted">;
  readonly timeoutMs: number;
}

const PAUSE_MS = 250;
/** What the engine is about to do with a unit by itself. */
const BUSY: readonly string[] = ["allocating", "executing"];

/**
 * Waits until the engine has done with a unit what it has to do: given it a place, run its charm, started what that wants. Tells each
 * thing that is waited for.
 *
 * It returns too when the time is over, the unit has failed or there is no such unit: what is done next says so better.
 */
export async function waitForAgent(
  engine: { readonly status: () => Promise<ModelStatus> },
  name: string,
  { terminal, timeoutMs }: WaitForAgentOptions,
): Promise<void> {
  const signal = terminal.interrupted();
  const end = performance.now() + timeoutMs;
  let told = "";
  for (;;) {
    const unit = unitOf(await engine.status(), name);
    if (!unit || !BUSY.includes(unit["juju-status"].current) || performance.now() >= end) return;
    const line = `waiting for ${name}: ${reason(unit)}\n`;
    if (line !== told) terminal.tell(line);
    told = line;
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

function unitOf({ applications }: ModelStatus, name: string): UnitStatus | undefined {
  const application = applications[name.split("/")[0] ?? ""];
  return application && Object.hasOwn(application.units, name) ? application.units[name] : undefined;
}

function reason({ "juju-status": agent, "workload-status": { current, message } }: UnitStatus): string {
  if (agent.current === "executing") return "what its charm wants is being made true";
  // Some say `waiting for …` themselves.
  return message?.replace(/^waiting for /, "") || current;
}
