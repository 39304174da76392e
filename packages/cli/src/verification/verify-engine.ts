import { setTimeout as sleep } from "node:timers/promises";
import type { VerifyReport, VerifyUntilOptions } from "@orrery/verify";
import type { EngineClient } from "@orrery/engine-local/client";
import { inquire } from "./inquire.ts";

/** How long to ask, and whom to tell. */
export type VerifyEngineOptions = Pick<VerifyUntilOptions, "timeoutMs" | "onProgress" | "signal">;

/** Verifies what an engine expects, by the real clock and straight over the loopback network. */
export async function verifyEngine(
  engine: EngineClient,
  options: VerifyEngineOptions,
): Promise<VerifyReport> {
  const { builtInReader, directGet, verifyUntil } = await import("@orrery/verify");
  return await verifyUntil(async () => await inquire(engine), {
    ...options,
    findReader: builtInReader,
    http: directGet(),
    throughHost: (unit) => async (url) => await engine.getExternal(unit.split("/")[0] ?? unit, url),
    clock: {
      now: () => performance.now(),
      sleep: async (ms, signal) => await sleep(ms, undefined, signal ? { signal } : {}),
    },
  });
}
