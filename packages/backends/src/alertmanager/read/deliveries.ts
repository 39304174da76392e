import type { Reading } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Sample } from "../../read/samples.ts";
import { sumOf } from "../../read/samples.ts";

/** Counts of one receiver's integration since the configuration was loaded. */
interface Counts {
  /** Notifications begun. */
  readonly begun: number;
  /** Notifications taken by the receiver. */
  readonly delivered: number;
  /** Notifications given up. */
  readonly failed: number;
  /** Attempts that failed; a notification is tried more than once. */
  readonly failedAttempts: number;
}

/** Names of the metrics that {@link Deliveries} judges by. */
export const DELIVERY_METRICS = [
  "alertmanager_notifications_total",
  "alertmanager_notifications_failed_total",
  "alertmanager_notification_requests_total",
  "alertmanager_notification_requests_failed_total",
] as const;

/**
 * Judges whether notifications arrive, from counters that never say when.
 *
 * Remembers what it last saw of each receiver: once some were given up, only a later delivery shows that the way is free again.
 */
export class Deliveries {
  #seen = new Map<string, { readonly counts: Counts; readonly reading: Reading }>();

  judge(
    of: { readonly key: string; readonly receiver: string; readonly integration: string },
    samples: readonly Sample[],
  ): Reading {
    const counts = countsOf(of, samples);
    const before = this.#seen.get(of.key);
    const known = before && before.counts.begun <= counts.begun ? before : undefined;
    const reading = read(of, counts, known);
    this.#seen.set(of.key, { counts, reading });
    return reading;
  }
}

function countsOf(
  of: { readonly receiver: string; readonly integration: string },
  samples: readonly Sample[],
): Counts {
  const named = samples.some(({ labels }) => labels["receiver_name"] !== undefined);
  const labels = { integration: of.integration, ...(named ? { receiver_name: of.receiver } : {}) };
  const [begun, failed, attempts, failedAttempts] = DELIVERY_METRICS.map(
    (name) => sumOf(samples, name, labels) ?? 0,
  );
  return {
    begun: begun ?? 0,
    failed: failed ?? 0,
    failedAttempts: failedAttempts ?? 0,
    delivered: (attempts ?? 0) - (failedAttempts ?? 0),
  };
}

function read(
  of: { readonly receiver: string; readonly integration: string },
  counts: Counts,
  before: { readonly counts: Counts; readonly reading: Reading } | undefined,
): Reading {
  const { begun, delivered, failed, failedAttempts } = counts;
  const evidence = `${delivered} delivered, ${failed} given up, ${failedAttempts} attempts failed`;
  const failing = (): Reading => {
    const message = `notifications do not reach ${of.integration} of receiver ${of.receiver}: ${evidence}`;
    return { state: "failed", evidence, problem: problem("DELIVERY_FAILED", { message }) };
  };
  const isRetrying = begun - delivered - failed > 0 && failedAttempts > 0;
  if (isRetrying && delivered <= (before?.counts.delivered ?? delivered)) return failing();
  if (delivered === 0)
    return failed > 0 ? failing() : { state: "pending", evidence: "nothing was delivered yet" };
  if (failed === 0) return { state: "live", evidence };
  if (before === undefined)
    return { state: "unknown", evidence: `${evidence}; which was last cannot be told` };
  if (failed > before.counts.failed) return failing();
  return delivered > before.counts.delivered ? { state: "live", evidence } : { ...before.reading, evidence };
}
