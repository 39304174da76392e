import type { HttpGet } from "@orrery/charm";

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  /** Text of the body; cut at 8 MiB. */
  readonly body: string;
}

/** Sends one request; rejects when nobody answers in time. */
export type HttpRequest = (method: "GET" | "POST", url: string) => Promise<HttpAnswer>;

const DEADLINE_MS = 10_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** The real {@link HttpRequest}: at most 10 s and 8 MiB; redirections are answers, not orders. */
export const httpRequest: HttpRequest = async (method, url) => {
  const response = await fetch(url, { method, redirect: "manual", signal: AbortSignal.timeout(DEADLINE_MS) });
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body) {
    for await (const chunk of response.body) {
      chunks.push(chunk.subarray(0, MOST_BYTES - size));
      size += chunk.byteLength;
      if (size >= MOST_BYTES) break;
    }
  }
  return { status: response.status, body: Buffer.concat(chunks).toString("utf8") };
};

/** The same for those who only look. */
export const httpGet: HttpGet = (url) => httpRequest("GET", url);
