import { isOrreryError } from "@orrery/problems";
import { connectEngine } from "../api/connect-engine.ts";
import type { StopOptions } from "../api/engine-client.ts";
import { openHome } from "../home/engine-home.ts";
import { lockHome } from "../lock/engine-lock.ts";
import { endWorkloads } from "./end-workloads.ts";

/** Which engine to end, and how. */
export interface StopEngineOptions extends StopOptions {
  readonly home: string;
}

/**
 * Ends the engine of a data folder and what it runs; without an engine, what an earlier one has left running.
 *
 * Says whether an engine was there.
 */
export async function stopEngine({ home, ...options }: StopEngineOptions): Promise<boolean> {
  try {
    const client = await connectEngine({ home });
    await client.stop(options);
    return true;
  } catch (cause) {
    if (!isOrreryError(cause) || cause.code !== "ENGINE_NOT_RUNNING") throw cause;
  }
  if (options.keepWorkloads === true) return false;
  const opened = openHome(home);
  using lock = lockHome(opened, new Date().toISOString());
  if (lock.pid === process.pid) await endWorkloads(opened);
  return false;
}
