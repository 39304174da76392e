/** Sends an empty POST and gives the answer; rejects when nobody answers in time. */
export type HttpPost = (url: string) => Promise<{ readonly status: number; readonly body: string }>;

const DEADLINE_MS = 10_000;

/** The real {@link HttpPost}: at most 10 s, past any proxy; redirections are answers, not orders. */
export const httpPost: HttpPost = async (url) => {
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  return { status: response.status, body: (await response.text()).slice(0, 2000) };
};
