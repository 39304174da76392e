import { isOrreryError } from "@orrery/problems";
import type { OrreryError } from "@orrery/problems";
import type { Inquiry } from "./inquiry/inquiry.ts";
import type { VerifyReport } from "./report/verify-report.ts";
import type { VerifyDependencies } from "./verify.ts";
import { verify } from "./verify.ts";

/** Time as waiting needs it. */
export interface Clock {
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
  /** Rejects with the signal's reason once that is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** How long to wait, and whom to tell. */
export interface VerifyUntilOptions extends VerifyDependencies {
  readonly clock: Clock;
  /** Milliseconds; 0 asks once. */
  readonly timeoutMs: number;
  /** Told of every report, with the milliseconds since the start. */
  readonly onProgress?: (report: VerifyReport, elapsedMs: number) => void;
  readonly signal?: AbortSignal;
}

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2000;

/**
 * Asks again, with growing pauses, until everything was read back or the time is over.
 *
 * @param look - Gives what is asked about, anew each time: a model that settles expects more and more.
 * @returns The last report, verified or not. Rejects when `look` does, but for an engine that is only busy, or with the signal's reason.
 */
export async function verifyUntil(
  look: () => Promise<Inquiry>,
  options: VerifyUntilOptions,
): Promise<VerifyReport> {
  const { clock, signal, timeoutMs } = options;
  const start = clock.now();
  for (let pause = SHORTEST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    signal?.throwIfAborted();
    const inquiry = await look().catch(passing);
    const left = timeoutMs - (clock.now() - start);
    if ("code" in inquiry) {
      if (left <= 0) throw inquiry;
    } else {
      const report = await verify(inquiry, options);
      const elapsed = clock.now() - start;
      options.onProgress?.(report, elapsed);
      if (report.verdict === "verified" || elapsed >= timeoutMs) return report;
    }
    await clock.sleep(Math.max(0, Math.min(pause, timeoutMs - (clock.now() - start))), signal);
  }
}

/** An engine that restarts its worker is asked again. */
function passing(error: unknown): OrreryError {
  if (isOrreryError(error) && error.code === "ENGINE_BUSY") return error;
  throw error;
}
