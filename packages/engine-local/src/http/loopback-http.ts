import * as http from "node:http";
import * as https from "node:https";
import type { HttpGet } from "@orrery/charm";

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  /** Text of the body; cut at 8 MiB. */
  readonly body: string;
}

/** What may be said of a request. */
export interface HttpRequestOptions {
  /** PEM certificates by which an https server is verified; the machine's own when absent. */
  readonly ca?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Until the last byte; 10 000 when absent. */
  readonly timeoutMs?: number;
}

/** Sends one request; rejects when nobody answers in time. */
export type HttpRequest = (
  method: "GET" | "POST",
  url: string,
  options?: HttpRequestOptions,
) => Promise<HttpAnswer>;

const DEADLINE_MS = 10_000;
const MOST_BYTES = 8 * 1024 * 1024;
/** Agents of our own: the global ones take up proxies from the environment when Node is told to. */
const plain = new http.Agent({ keepAlive: false });
const secure = new https.Agent({ keepAlive: false });

/** The real {@link HttpRequest}: at most 10 s and 8 MiB; redirections are answers, not orders. */
export const httpRequest: HttpRequest = async (method, url, options = {}) => {
  const { ca, headers = {}, timeoutMs = DEADLINE_MS } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  return await new Promise((resolve, reject) => {
    const take = (response: http.IncomingMessage): void => {
      const chunks: Buffer[] = [];
      let size = 0;
      const end = (): void =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, MOST_BYTES - size));
        size += chunk.byteLength;
        if (size < MOST_BYTES) return;
        end();
        response.destroy();
      });
      response.once("end", end);
      response.once("error", reject);
    };
    const request = url.startsWith("https:")
      ? https.request(
          url,
          { method, headers, signal, agent: secure, ...(ca === undefined ? {} : { ca }) },
          take,
        )
      : http.request(url, { method, headers, signal, agent: plain }, take);
    request.once("error", (cause: Error) =>
      reject(
        signal.aborted ? new Error(`${url} gave no whole answer within ${timeoutMs} ms`, { cause }) : cause,
      ),
    );
    request.end();
  });
};

/** The same for those who only look. */
export const httpGet: HttpGet = (url, options) => httpRequest("GET", url, options);
