import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { OrreryError } from "@orrery/problems";
import type { Report, Session } from "../session.ts";

/** How long a server may send nothing before the download is given up, in milliseconds. */
const SILENCE_MS = 60_000;

/** How often a download tells how far it is, in milliseconds. */
const TELL_EVERY_MS = 500;

/** What to download, and where to. */
export interface DownloadFileOptions {
  readonly url: string;
  /** Absolute path of the file to write. */
  readonly file: string;
  readonly report: Report;
}

/**
 * Downloads a file and gives its SHA-256 in hexadecimal digits.
 *
 * @throws {@link OrreryError} `DOWNLOAD_FAILED` when the server cannot be reached, answers anything but 200, falls
 * silent for a minute, or ends early.
 */
export async function downloadFile(session: Session, options: DownloadFileOptions): Promise<string> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const { signal } = session.options;
  try {
    const response = await session.world.fetch(options.url, {
      // A packed answer would be unpacked on the way, and no longer be the file whose checksum is pinned.
      headers: { "accept-encoding": "identity" },
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
    if (response.status !== 200 || response.body === null) {
      throw new OrreryError(
        "DOWNLOAD_FAILED",
        `${options.url} answered ${response.status} ${response.statusText}, 200 was expected`,
      );
    }
    return await receive(session, response.body, {
      ...options,
      expected: expectedBytes(response),
      alive: () => {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
      },
    });
  } catch (cause) {
    if (cause instanceof OrreryError || signal?.aborted) throw cause;
    const why = silence.signal.aborted
      ? `sent nothing for ${SILENCE_MS / 1000} s`
      : `broke off: ${reason(cause)}`;
    throw new OrreryError("DOWNLOAD_FAILED", `${options.url} ${why}`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function receive(
  session: Session,
  body: AsyncIterable<Uint8Array>,
  options: DownloadFileOptions & { readonly expected: number | undefined; readonly alive: () => void },
): Promise<string> {
  const hash = createHash("sha256");
  const total = options.expected === undefined ? {} : { totalBytes: options.expected };
  let bytes = 0;
  let toldAt = 0;
  const tell = (): void => {
    toldAt = session.world.now();
    options.report({ phase: "downloading", message: options.url, bytes, ...total });
  };
  await using file = await open(options.file, "w");
  for await (const chunk of body) {
    options.alive();
    await file.writeFile(chunk);
    hash.update(chunk);
    bytes += chunk.byteLength;
    if (session.world.now() - toldAt >= TELL_EVERY_MS) tell();
  }
  tell();
  if (options.expected !== undefined && bytes !== options.expected) {
    throw new OrreryError("DOWNLOAD_FAILED", `${options.url} sent ${bytes} bytes of ${options.expected}`);
  }
  return hash.digest("hex");
}

/** A compressed answer is unpacked on the way, so that its length says nothing about what arrives. */
function expectedBytes(response: Response): number | undefined {
  const length = response.headers.get("content-length");
  return length === null || response.headers.has("content-encoding") ? undefined : Number(length);
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? `${cause.message} (${cause.cause.message})` : cause.message;
}
