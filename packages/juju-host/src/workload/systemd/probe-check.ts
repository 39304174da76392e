import { connect } from "node:net";
import type { CheckView } from "@orrery/charm";
import type { Check } from "@orrery/pebble";
import type { RunProgram } from "../run-program.ts";

/** What checks are made with. */
export interface CheckSurroundings {
  readonly run: RunProgram;
  /** Where commands run. */
  readonly folder: string;
}

const TIMEOUT_MS = 3000;
const THRESHOLD = 3;
const AGAIN_AFTER_MS = 500;

/**
 * Looks once whether a check passes: systemd makes none, so that a hook does.
 *
 * It is down when it fails as often in a row as its threshold says, half a second apart, or longer than one try may take.
 */
export async function probeCheck(check: Check, around: CheckSurroundings): Promise<CheckView> {
  const timeoutMs = Math.min(milliseconds(check.timeout) ?? TIMEOUT_MS, 10_000);
  const until = performance.now() + timeoutMs;
  let failures = 0;
  for (;;) {
    const message = await tryOnce(check, timeoutMs, around);
    if (message === undefined) return { status: "up", failures: 0 };
    failures += 1;
    if (failures >= (check.threshold ?? THRESHOLD) || performance.now() > until) {
      return { status: "down", failures, message };
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  }
}

async function tryOnce(
  { http, tcp, exec }: Check,
  timeoutMs: number,
  { run, folder }: CheckSurroundings,
): Promise<string | undefined> {
  if (http) return await tryHttp(http, timeoutMs);
  if (tcp) return await tryTcp(tcp.host ?? "localhost", tcp.port, timeoutMs);
  const result = await run(exec?.command ?? ["false"], { folder, deadlineMs: timeoutMs });
  if (!result.ran) return result.why;
  return result.exitCode === 0 ? undefined : `exit code ${result.exitCode}: ${result.stderr.slice(0, 200)}`;
}

async function tryHttp(
  { url, headers = {} }: NonNullable<Check["http"]>,
  timeoutMs: number,
): Promise<string | undefined> {
  try {
    const { status, body } = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
    await body?.cancel();
    return status >= 200 && status < 300 ? undefined : `${url} answers ${status}`;
  } catch (cause) {
    return `${url} does not answer: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

async function tryTcp(host: string, port: number, timeoutMs: number): Promise<string | undefined> {
  return await new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (message?: string): void => {
      socket.destroy();
      resolve(message);
    };
    socket.once("connect", () => end());
    socket.once("timeout", () => end(`${host}:${port} does not answer`));
    socket.once("error", () => end(`nobody listens on ${host}:${port}`));
  });
}

/** Reads a duration as Go writes it, as far as checks have it. */
function milliseconds(text: string | undefined): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text ?? "") ?? [];
  const factor = { ms: 1, s: 1000, m: 60_000 }[unit];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
