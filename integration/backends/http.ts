import type { HttpGet } from "@orrery/charm";

/** One GET to a loopback address, with a deadline of two seconds. */
export const http: HttpGet = async (url) => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
  return { status: answer.status, body: await answer.text() };
};
