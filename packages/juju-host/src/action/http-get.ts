import type { HttpGet } from "@orrery/charm";

const DEADLINE_MS = 10_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** One GET past any proxy: at most 10 s and 8 MiB; redirections are answers, not orders. */
export const httpGet: HttpGet = async (url) => {
  const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(DEADLINE_MS) });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk.subarray(0, MOST_BYTES - size));
    size += chunk.byteLength;
    if (size >= MOST_BYTES) break;
  }
  return { status: response.status, body: Buffer.concat(chunks).toString("utf8") };
};
