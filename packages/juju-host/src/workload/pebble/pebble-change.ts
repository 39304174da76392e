import { OrreryError } from "@orrery/problems";
import { isRecord } from "../../tools/read-answer.ts";
import type { PebbleTransport } from "./pebble-transport.ts";

/** A change that has ended well. */
export interface PebbleChange {
  /** What its first task left. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Pebble is asked again so often, well before its silence would count as its end. */
const SLICE_S = 4;

/**
 * Waits for a change to end.
 *
 * @throws OrreryError `PEBBLE_FAILED` with what its tasks have logged, and when it is late; `PEBBLE_UNREACHABLE`.
 * @see juju-protocol, Pebble: changes.
 */
export async function waitForChange(
  pebble: PebbleTransport,
  change: string,
  withinMs: number,
): Promise<PebbleChange> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    const { status, body } = await pebble.send({
      method: "GET",
      path: `/v1/changes/${change}/wait?timeout=${SLICE_S}.000s`,
      timeoutMs: (SLICE_S + 2) * 1000,
    });
    if (status === 504) continue;
    const envelope: unknown = JSON.parse(body.toString("utf8"));
    const result = isRecord(envelope) ? envelope["result"] : undefined;
    if (status !== 200 || !isRecord(result)) {
      throw new OrreryError("PEBBLE_FAILED", `Pebble answers a wait for change ${change} with ${status}`);
    }
    const tasks = Array.isArray(result["tasks"]) ? result["tasks"].filter(isRecord) : [];
    if (typeof result["err"] === "string" && result["err"] !== "") {
      throw new OrreryError(
        "PEBBLE_FAILED",
        `${String(result["kind"])} failed: ${words(result["err"], tasks)}`,
      );
    }
    const data = tasks[0]?.["data"];
    return { data: isRecord(data) ? data : {} };
  }
  throw new OrreryError("PEBBLE_FAILED", `Pebble did not end change ${change} within ${withinMs / 1000} s`);
}

function words(error: string, tasks: readonly Readonly<Record<string, unknown>>[]): string {
  const logged = tasks.flatMap(({ log }) => (Array.isArray(log) ? log.map(String) : []));
  return [error, ...logged].join(" | ").replaceAll(/\s+/g, " ").slice(0, 500);
}
