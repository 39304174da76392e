/**
 * What a hook tool's program and the agent say to each other over the socket.
 *
 * The program: a length (4 bytes, big endian), then context id, working folder, name and arguments with NUL between them; when it is asked
 * for its input, a length and the input. The agent: one letter, a length, and so many bytes. `i` asks for the input and says how many bytes
 * are read at most, `o` and `e` are for standard output and error, `x` is the exit code as text and the end.
 */
export type AnswerKind = "i" | "o" | "e" | "x";

/** Makes one frame of the agent's. */
export function answerFrame(kind: AnswerKind, content: string): Buffer {
  const bytes = Buffer.from(content, "utf8");
  const head = Buffer.alloc(5);
  head.write(kind, "latin1");
  head.writeUInt32BE(bytes.byteLength, 1);
  return Buffer.concat([head, bytes]);
}

/** Cuts what a program says into frames; those that are too long are refused before they are kept. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.byteLength;
  }

  /** The next frame's content once it is whole. @throws RangeError for one that is longer than `most` bytes. */
  take(most: number): Buffer | undefined {
    if (this.#size < 4) return undefined;
    const length = this.#peek(4).readUInt32BE(0);
    if (length > most) throw new RangeError(`${length} bytes were sent; allowed are ${most}`);
    if (this.#size < 4 + length) return undefined;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all.subarray(4 + length)];
    this.#size = all.byteLength - 4 - length;
    return all.subarray(4, 4 + length);
  }

  #peek(bytes: number): Buffer {
    const [first] = this.#chunks;
    if (first && first.byteLength >= bytes) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
