import type { Socket } from "node:net";
import type { HookRun } from "../hook-run/hook-run.ts";
import { runHookTool } from "../hook-tools/run-hook-tool.ts";
import { ToolError } from "../hook-tools/tool-error.ts";
import { FrameReader, answerFrame } from "./frames.ts";
import { readNamedFile } from "./read-named-file.ts";
import type { ToolLimits } from "./tool-limits.ts";

/** What a hook tool's program asks. */
export interface ToolRequest {
  readonly contextId: string;
  /** Working folder of the program. */
  readonly folder: string;
  readonly name: string;
  readonly args: readonly string[];
  readonly bytes: number;
}

/** One hook tool's program at the other end of a socket: one request, perhaps its input, one answer. */
export class ToolConnection {
  readonly #socket: Socket;
  readonly #limits: ToolLimits;
  readonly #reader = new FrameReader();
  #next: (() => void) | undefined;
  #ended = false;

  constructor(socket: Socket, limits: ToolLimits) {
    this.#socket = socket;
    this.#limits = limits;
    socket.on("data", (chunk: Buffer) => {
      this.#reader.push(chunk);
      this.#next?.();
    });
    // A program that goes away in the middle has nothing more to say.
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      this.#ended = true;
      this.#next?.();
    });
  }

  /** The request; nothing when the program went away. @throws RangeError for one that is too large. */
  async request(): Promise<ToolRequest | undefined> {
    const frame = await this.#frame(this.#limits.requestBytes);
    if (!frame) return undefined;
    const [contextId = "", folder = "/", name = "", ...args] = frame.toString("utf8").split("\0");
    return { contextId, folder, name, args, bytes: frame.byteLength };
  }

  /** Runs the tool and answers. Gives how many bytes of input it read. */
  async answer(request: ToolRequest, run: HookRun): Promise<number> {
    if (this.#ended) return 0;
    const { name, args, folder } = request;
    const most = this.#limits.inputBytes;
    let read = 0;
    const counted = (bytes: Uint8Array): Uint8Array => {
      read += bytes.byteLength;
      return bytes;
    };
    const answer = await runHookTool({
      name,
      args,
      run,
      readFile: async (path) => counted(await readNamedFile(folder, path, most)),
      readInput: async () => counted(await this.#input(most)),
    });
    if (answer.stdout !== "") this.#socket.write(answerFrame("o", answer.stdout));
    if (answer.stderr !== "") this.#socket.write(answerFrame("e", answer.stderr));
    this.#socket.end(answerFrame("x", String(answer.exitCode)));
    return read;
  }

  /** Answers that the call is not carried out. */
  refuse(why: string): undefined {
    if (!this.#ended) {
      this.#socket.write(answerFrame("e", `ERROR ${why}\n`));
      this.#socket.end(answerFrame("x", "1"));
    }
    return undefined;
  }

  async #input(most: number): Promise<Uint8Array> {
    this.#socket.write(answerFrame("i", String(most + 1)));
    const frame = await this.#frame(most + 65_536);
    if (!frame) throw new ToolError("standard input was not read: the program went away");
    if (frame.byteLength > most) throw new ToolError(`standard input holds more than ${most} bytes`);
    return frame;
  }

  async #frame(most: number): Promise<Buffer | undefined> {
    for (;;) {
      const frame = this.#reader.take(most);
      if (frame) return frame;
      if (this.#ended) return undefined;
      const more = Promise.withResolvers<void>();
      this.#next = more.resolve;
      await more.promise;
    }
  }
}
