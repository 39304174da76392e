import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { OrreryError } from "@orrery/problems";
import { isRecord } from "../../tools/read-answer.ts";

/** What a request to Pebble says. */
export interface PebbleRequest {
  readonly method: "GET" | "POST";
  /** With its query. */
  readonly path: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; its headers say what it is. */
  readonly body?: { readonly bytes: Uint8Array; readonly contentType: string };
  readonly accept?: string;
  /** Milliseconds without a byte until Pebble counts as gone; 5 s when absent. */
  readonly timeoutMs?: number;
}

/** What Pebble sent. */
export interface PebbleAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** What a good answer holds. */
export interface PebbleResult {
  readonly result: unknown;
  /** Id of the change that was begun. */
  readonly change?: string;
}

const SILENT_MS = 5000;

/** Speaks HTTP with one Pebble over its Unix socket. */
export class PebbleTransport {
  readonly socketPath: string;

  constructor(socketPath: string) {
    this.socketPath = socketPath;
  }

  /** Sends a request and gives whatever comes. @throws OrreryError `PEBBLE_UNREACHABLE` when nobody answers. */
  async send(asked: PebbleRequest): Promise<PebbleAnswer> {
    const { method, path, json, body, accept, timeoutMs = SILENT_MS } = asked;
    const sent =
      json === undefined
        ? body
        : { bytes: Buffer.from(JSON.stringify(json)), contentType: "application/json" };
    const headers = {
      Host: "localhost",
      ...(accept === undefined ? {} : { Accept: accept }),
      ...(sent ? { "Content-Type": sent.contentType, "Content-Length": sent.bytes.byteLength } : {}),
    };
    try {
      return await new Promise<PebbleAnswer>((resolve, reject) => {
        const { socketPath } = this;
        const outgoing = request({ socketPath, path, method, headers, timeout: timeoutMs }, (incoming) => {
          receive(incoming).then(resolve, reject);
        });
        outgoing.once("timeout", () => outgoing.destroy(new Error(`silent for ${timeoutMs / 1000} s`)));
        outgoing.once("error", reject);
        outgoing.end(sent?.bytes);
      });
    } catch (cause) {
      const told = cause instanceof Error ? cause.message : String(cause);
      throw new OrreryError("PEBBLE_UNREACHABLE", `Pebble at ${this.socketPath} does not answer: ${told}`, {
        cause,
      });
    }
  }

  /**
   * Sends a request and takes its answer out of its envelope.
   *
   * @throws OrreryError `PEBBLE_UNREACHABLE`, `PEBBLE_FAILED` with Pebble's own words.
   */
  async ask(asked: PebbleRequest): Promise<PebbleResult> {
    const { status, body } = await this.send(asked);
    const envelope = parse(body);
    const result = envelope["result"];
    if (envelope["type"] === "error" || status >= 400) {
      const said = isRecord(result) && typeof result["message"] === "string" ? result["message"] : "";
      const what = `${asked.method} ${asked.path.split("?")[0] ?? ""}`;
      throw new OrreryError("PEBBLE_FAILED", `Pebble answers ${what} with ${status}: ${said.slice(0, 500)}`);
    }
    const { change } = envelope;
    return { result, ...(typeof change === "string" ? { change } : {}) };
  }
}

async function receive(incoming: IncomingMessage): Promise<PebbleAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const contentType = incoming.headers["content-type"] ?? "";
  return { status: incoming.statusCode ?? 0, contentType, body: Buffer.concat(chunks) };
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (isRecord(value)) return value;
  } catch {
    // Told below with all other answers that are none.
  }
  throw new OrreryError("PEBBLE_FAILED", "Pebble answered with something else than its JSON envelope");
}
