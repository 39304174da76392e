import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { HttpGet } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";

/** How a foreign system is asked. */
export interface ForeignHttpOptions {
  /** Addresses below this one alone are asked, so that credentials go nowhere else. */
  readonly url: string;
  /** What the connection's secret holds: `token`, or `username` and `password`. */
  readonly credentials: Readonly<Record<string, string>>;
  /** PEM certificates that the system's own must lead to; the machine's when absent. */
  readonly ca?: string;
}

/** Requests to a foreign system. */
export interface ForeignHttp {
  readonly get: HttpGet;
  /** Without a body. */
  readonly post: HttpGet;
}

/** From the start to the last byte, in milliseconds: a reload answers when it is done. */
const DEADLINE_MS = 20_000;
/** Rules and targets of a large server. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Makes the requests to one foreign system: straight to its address, with its credentials, without following redirections.
 *
 * @throws OrreryError `EXTERNAL_CREDENTIALS_MISSING` for a secret that holds none; the requests reject with `ADDRESS_NOT_GRANTED` for
 *   other addresses, and with `EXTERNAL_UNREACHABLE`.
 */
export function foreignHttp({ url: base, credentials, ca }: ForeignHttpOptions): ForeignHttp {
  const headers = headersFor(credentials);
  const send = async (
    method: "GET" | "POST",
    url: string,
  ): Promise<{ readonly status: number; readonly body: string }> => {
    if (!isBelow(url, base))
      throw new OrreryError("ADDRESS_NOT_GRANTED", `address ${url} does not lie below ${base}`);
    const signal = AbortSignal.timeout(DEADLINE_MS);
    return await new Promise((resolve, reject) => {
      const broken = (why: string, cause?: Error): void =>
        reject(new OrreryError("EXTERNAL_UNREACHABLE", why, { cause }));
      const failed = (cause: Error): void =>
        broken(signal.aborted ? `no answer came within ${DEADLINE_MS / 1000} s` : told(cause), cause);
      const isSecure = url.startsWith("https:");
      const options = {
        method,
        headers,
        signal,
        agent: false,
        ...(isSecure && ca !== undefined ? { ca } : {}),
      };
      const asked = (isSecure ? secureRequest : plainRequest)(url, options, (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.byteLength;
          if (size > MOST_BYTES) {
            broken(`answer has more than ${MOST_BYTES} bytes`);
            asked.destroy();
          } else chunks.push(chunk);
        });
        response.on("error", failed);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
        );
      });
      asked.on("error", failed);
      asked.end();
    });
  };
  return { get: async (url) => await send("GET", url), post: async (url) => await send("POST", url) };
}

function isBelow(url: string, base: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(base)) return false;
  const [asked, allowed] = [new URL(url), new URL(base)];
  const path = allowed.pathname.replace(/\/$/, "");
  return asked.origin === allowed.origin && asked.pathname.startsWith(`${path}/`);
}

function headersFor(credentials: Readonly<Record<string, string>>): Record<string, string> {
  const { token, username, password } = credentials;
  if (token !== undefined) return { authorization: `Bearer ${token.trim()}` };
  if (username !== undefined && password !== undefined)
    return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
  if (Object.keys(credentials).length === 0) return {};
  throw new OrreryError("EXTERNAL_CREDENTIALS_MISSING", "secret of the connection holds no credentials", {
    remedy: "give it the key `token`, or `username` and `password`",
  });
}

/** A refused connection has its reason in a list of attempts. */
function told(cause: Error): string {
  const [first] = cause instanceof AggregateError ? cause.errors : [];
  return cause.message || (first instanceof Error ? first.message : "no reason given");
}
