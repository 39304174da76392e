import type { CheckView } from "@orrery/charm";
import { isRecord } from "../../tools/read-answer.ts";
import type { PebbleTransport } from "./pebble-transport.ts";

/** A service as Pebble tells of it. */
export interface SeenService {
  /** `active`, `inactive`, `backoff` or `error`. */
  readonly current: string;
}

/** Looks at all services. */
export async function lookAtServices(pebble: PebbleTransport): Promise<ReadonlyMap<string, SeenService>> {
  const { result } = await pebble.ask({ method: "GET", path: "/v1/services" });
  const services = Array.isArray(result) ? result.filter(isRecord) : [];
  return new Map(services.map((one) => [String(one["name"]), { current: String(one["current"]) }]));
}

/**
 * Looks at all checks.
 *
 * One that has never passed nor reached its threshold is not known: Pebble calls it up, and would call a service up that never was.
 */
export async function lookAtChecks(pebble: PebbleTransport): Promise<ReadonlyMap<string, CheckView>> {
  const { result } = await pebble.ask({ method: "GET", path: "/v1/checks" });
  const checks = Array.isArray(result) ? result.filter(isRecord) : [];
  return new Map(
    checks.map((one) => {
      const failures = Number(one["failures"] ?? 0);
      const passed = Number(one["successes"] ?? 0) > 0;
      const status = one["status"] === "down" ? "down" : one["status"] === "up" && passed ? "up" : "unknown";
      return [String(one["name"]), { status, failures }];
    }),
  );
}

/** The last lines that a service wrote, on one line. */
export async function lastLog(pebble: PebbleTransport, service: string): Promise<string> {
  const query = new URLSearchParams({ services: service, n: "3" });
  const { body } = await pebble.send({ method: "GET", path: `/v1/logs?${query.toString()}` });
  const lines = body.toString("utf8").split("\n").filter(Boolean);
  return lines.map(messageOf).join(" | ").replaceAll(/\s+/g, " ").trim().slice(0, 500);
}

function messageOf(line: string): string {
  try {
    const entry: unknown = JSON.parse(line);
    return isRecord(entry) && typeof entry["message"] === "string" ? entry["message"] : "";
  } catch {
    return "";
  }
}
