import type { Readable } from "node:stream";

/** Bytes of a line that are kept. */
const LONGEST_LINE = 8192;
/** Bytes that are read in each window; whoever writes faster waits. */
const WINDOW_BYTES = 256 * 1024;
const WINDOW_MS = 100;

/** A stream that is being read. */
export interface LineReading {
  /** Resolves when nobody can write any more. */
  readonly ended: Promise<void>;
  /** Tells what was written without an end of line, and lets the stream go. */
  readonly close: () => void;
}

/** Reads a stream line by line, no faster than 2.5 MiB a second: whoever writes faster has to wait, and costs nobody else anything. */
export function readLines(stream: Readable, onLine: (line: string) => void): LineReading {
  const ended = Promise.withResolvers<void>();
  const decoder = new TextDecoder();
  let kept = "";
  let dropped = false;
  let window = 0;
  let timer: NodeJS.Timeout | undefined;
  const take = (text: string): void => {
    const parts = text.split("\n");
    for (const [i, part] of parts.entries()) {
      const room = LONGEST_LINE - kept.length;
      kept += part.slice(0, room);
      dropped ||= part.length > room;
      if (i === parts.length - 1) break;
      tell();
    }
  };
  const tell = (): void => {
    onLine(dropped ? `${kept}…` : kept.replace(/\r$/u, ""));
    kept = "";
    dropped = false;
  };
  stream.on("data", (chunk: Buffer) => {
    window += chunk.byteLength;
    take(decoder.decode(chunk, { stream: true }));
    if (window < WINDOW_BYTES) return;
    stream.pause();
    timer ??= setTimeout(() => {
      timer = undefined;
      window = 0;
      stream.resume();
    }, WINDOW_MS).unref();
  });
  stream.on("error", () => stream.destroy());
  stream.once("close", () => ended.resolve());
  const close = (): void => {
    clearTimeout(timer);
    if (kept !== "") tell();
    stream.removeAllListeners("data");
    stream.destroy();
  };
  return { ended: ended.promise, close };
}
