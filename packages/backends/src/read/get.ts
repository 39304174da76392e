import type { HttpGet } from "@orrery/charm";

/** A body that was read, or why there is none, in words. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

/** GETs a text; never rejects. */
export async function getText(url: string, http: HttpGet): Promise<Answer<string>> {
  try {
    const { status, body } = await http(url);
    return status === 200 ? { ok: true, value: body } : { ok: false, reason: `${url} answered ${status}` };
  } catch (error) {
    return {
      ok: false,
      reason: `${url} did not answer: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** GETs JSON; never rejects. What it holds is for the caller to look at. */
export async function getJson(url: string, http: HttpGet): Promise<Answer<unknown>> {
  const answer = await getText(url, http);
  if (!answer.ok) return answer;
  try {
    return { ok: true, value: JSON.parse(answer.value) as unknown };
  } catch {
    return { ok: false, reason: `${url} did not answer JSON` };
  }
}
