import { OrreryError } from "@orrery/problems";
import { WebSocket } from "ws";
import { isRecord } from "../../tools/read-answer.ts";
import type { CommandResult } from "../files/container-disk.ts";
import { waitForChange } from "./pebble-change.ts";
import type { PebbleTransport } from "./pebble-transport.ts";

const DEADLINE_S = 60;
/** The most that is kept of each stream, in bytes. */
const KEPT_BYTES = 1024 * 1024;

/**
 * Runs a command in a container to its end; at most 60 s, without standard input.
 *
 * @throws OrreryError `PEBBLE_UNREACHABLE`.
 * @see juju-protocol, Pebble: exec.
 */
export async function pebbleExec(
  pebble: PebbleTransport,
  command: readonly string[],
  folder: string,
): Promise<CommandResult> {
  try {
    const { result, change } = await pebble.ask({
      method: "POST",
      path: "/v1/exec",
      json: {
        command,
        "working-dir": folder,
        timeout: `${DEADLINE_S}.000s`,
        "split-stderr": true,
      },
    });
    const task = isRecord(result) ? String(result["task-id"]) : "";
    if (change === undefined) throw new OrreryError("PEBBLE_FAILED", "Pebble began no change for a command");
    const streams = ["control", "stdio", "stderr"].map((name) => new Stream(pebble.socketPath, task, name));
    const [control, stdout, stderr] = streams;
    await Promise.race([
      Promise.all(streams.map(({ opened }) => opened)),
      waitForChange(pebble, change, DEADLINE_S * 1000),
    ]);
    stdout?.end();
    const done = await waitForChange(pebble, change, (DEADLINE_S + 1) * 1000);
    const texts = await Promise.all([stdout, stderr].map(async (stream) => await stream?.text()));
    control?.close();
    const exitCode = done.data["exit-code"];
    return {
      ran: true,
      exitCode: typeof exitCode === "number" ? exitCode : -1,
      stdout: texts[0] ?? "",
      stderr: texts[1] ?? "",
    };
  } catch (cause) {
    // Whoever cannot be found or is late did not run; a Pebble that is gone is another matter.
    if (cause instanceof OrreryError && cause.code === "PEBBLE_FAILED")
      return { ran: false, why: cause.message };
    throw cause;
  }
}

/** One of the streams of a command. */
class Stream {
  readonly opened: Promise<void>;
  readonly #socket: WebSocket;
  readonly #ended: Promise<void>;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(socketPath: string, task: string, name: string) {
    this.#socket = new WebSocket(`ws+unix:${socketPath}:/v1/tasks/${task}/websocket/${name}`, {
      headers: { Host: "localhost" },
      perMessageDeflate: false,
    });
    const socket = this.#socket;
    this.opened = new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", (cause) =>
        reject(new OrreryError("PEBBLE_FAILED", `Pebble does not open a command's ${name}`, { cause })),
      );
    });
    // The command's own failure is told by its change.
    this.opened.catch(() => undefined);
    this.#ended = new Promise((resolve) => {
      socket.once("close", () => resolve());
      socket.on("message", (data: Buffer, binary: boolean) => {
        if (!binary) return resolve();
        if (this.#size < KEPT_BYTES) this.#chunks.push(data.subarray(0, KEPT_BYTES - this.#size));
        this.#size += data.byteLength;
      });
    });
  }

  /** Says that nothing more is sent. */
  end(): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ command: "end" }));
  }

  /** All that came, once the other end has said that this is all. */
  async text(): Promise<string> {
    await this.#ended;
    this.close();
    return Buffer.concat(this.#chunks).toString("utf8");
  }

  close(): void {
    this.#socket.terminate();
  }
}
