import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { OrreryError } from "@orrery/problems";
import { errorOf } from "../engine-process/failure.ts";
import { socketName } from "./socket-path.ts";

/** One request to the engine's socket. */
export interface SocketRequest {
  readonly method: "GET" | "POST";
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Asks and gives what was answered as JSON. @throws OrreryError the engine's own, or `ENGINE_NOT_RUNNING`. */
export async function askSocket(socket: string, asked: SocketRequest): Promise<unknown> {
  const response = await send(socket, asked);
  const text = await textOf(response);
  const status = response.statusCode ?? 0;
  const answer: unknown = text === "" ? undefined : parse(text);
  if (status >= 200 && status < 300) return answer;
  throw errorOf(typeof answer === "object" && answer !== null ? answer : { message: text }, "ENGINE_BUSY");
}

/** Asks and gives the answer line by line as it comes. @throws OrreryError as {@link askSocket} does. */
export async function* followSocket(socket: string, asked: SocketRequest): AsyncGenerator<string> {
  const response = await send(socket, asked);
  if (response.statusCode !== 200) {
    const answer = parse(await textOf(response));
    throw errorOf(typeof answer === "object" && answer !== null ? answer : {}, "ENGINE_BUSY");
  }
  response.setEncoding("utf8");
  let rest = "";
  try {
    for await (const chunk of response) {
      const lines = (rest + String(chunk)).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (cause) {
    // Somebody has heard enough, or the engine has ended.
    if (asked.signal?.aborted !== true && !isReset(cause)) throw cause;
  } finally {
    response.destroy();
  }
}

async function send(socket: string, { method, path, body, signal }: SocketRequest): Promise<IncomingMessage> {
  using name = socketName(socket);
  try {
    return await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = body === undefined ? {} : { "content-type": "application/json" };
      const asked = request(
        { socketPath: name.path, method, path, headers, ...(signal ? { signal } : {}) },
        resolve,
      );
      asked.once("error", reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    if (code === "ECONNREFUSED" || code === "ENOENT" || code === "ENOTSOCK") {
      throw new OrreryError("ENGINE_NOT_RUNNING", `no engine answers on ${socket}`, { cause });
    }
    throw new OrreryError("ENGINE_BUSY", `the engine ended before it answered: ${code}`, { cause });
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(Buffer.from(chunk));
  } catch (cause) {
    throw new OrreryError("ENGINE_BUSY", "the engine ended while it answered", { cause });
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isReset(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && ["ECONNRESET", "EPIPE"].includes(String(cause.code));
}
