import * as plain from "node:http";
import * as secure from "node:https";
import type { HttpGet } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";

/** What one GET may take. */
export interface DirectGetLimits {
  /** Milliseconds from the start to the last byte; 5000 when absent. */
  readonly timeoutMs?: number;
  /** Bytes of the body; 32 MiB when absent. */
  readonly maxBytes?: number;
}

/**
 * Makes a GET that goes straight to its address, whatever proxy the environment names, and ends at a deadline.
 *
 * It follows no redirect. It rejects with OrreryError `VERIFY_GET_FAILED` when no answer came in time or it was too large.
 */
export function directGet(limits: DirectGetLimits = {}): HttpGet {
  const { timeoutMs = 5000, maxBytes = 32 * 1024 * 1024 } = limits;
  // An agent of our own: the global one takes up proxies from the environment when Node is told to.
  const agents = {
    plain: new plain.Agent({ keepAlive: false }),
    secure: new secure.Agent({ keepAlive: false }),
  };
  return async (url, { ca } = {}) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    return await new Promise((resolve, reject) => {
      const fail = (why: string, cause?: unknown): void => {
        reject(new OrreryError("VERIFY_GET_FAILED", `address ${url} ${why}`, { cause }));
      };
      const broken = (error: Error): void => {
        fail(
          deadline.aborted
            ? `gave no whole answer within ${timeoutMs} ms`
            : `does not answer: ${error.message}`,
          error,
        );
      };
      const take = (response: plain.IncomingMessage): void => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.byteLength;
          if (size > maxBytes) {
            fail(`answered with more than ${maxBytes} bytes`);
            request.destroy();
          } else chunks.push(chunk);
        });
        response.on("error", broken);
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks, size).toString("utf8") });
        });
      };
      const trust = ca === undefined ? {} : { ca };
      const request = url.startsWith("https:")
        ? secure.get(url, { agent: agents.secure, signal: deadline, ...trust }, take)
        : plain.get(url, { agent: agents.plain, signal: deadline }, take);
      request.on("error", broken);
    });
  };
}
