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
 * @returns The last report, verified or not. Rejects when `look` does, or with the signal's reason.
 */
export async function verifyUntil(
  look: () => Promise<Inquiry>,
  options: VerifyUntilOptions,
): Promise<VerifyReport> {
  const { clock, signal, timeoutMs } = options;
  const start = clock.now();
  for (let pause = SHORTEST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    signal?.throwIfAborted();
    const report = await verify(await look(), options);
    const elapsed = clock.now() - start;
    options.onProgress?.(report, elapsed);
    const left = timeoutMs - elapsed;
    if (report.verdict === "verified" || left <= 0) return report;
    await clock.sleep(Math.min(pause, left), signal);
  }
}
