import type { LogEvent } from "@orrery/engine";
import { connectEngine } from "@orrery/engine-local/client";
import type { EngineClient, ModelClient } from "@orrery/engine-local/client";
import { isOrreryError } from "@orrery/problems";

/** A model that a command works on; disposing lets go of it. */
export interface ModelSession extends ModelClient, AsyncDisposable {}

/**
 * Uses the engine of a data folder, or opens its model in this process, which leaves nothing running.
 *
 * @throws OrreryError as `openModel` does.
 */
export async function openSession(home: string, onEvent?: (event: LogEvent) => void): Promise<ModelSession> {
  try {
    return await follow(await connectEngine({ home }), onEvent);
  } catch (error) {
    if (!isOrreryError(error) || error.code !== "ENGINE_NOT_RUNNING") throw error;
  }
  const { openModel } = await import("@orrery/engine-local");
  return await openModel({ home, ...(onEvent ? { onEvent } : {}) });
}

/** Follows an engine's log from now on, beside whatever it is asked. */
async function follow(engine: EngineClient, onEvent?: (event: LogEvent) => void): Promise<ModelSession> {
  const ended = new AbortController();
  let following: Promise<void> = Promise.resolve();
  if (onEvent) {
    let last = 0;
    for await (const { sequence } of engine.log({ limit: 1 })) last = sequence;
    following = (async () => {
      for await (const event of engine.log({ after: last, follow: true, signal: ended.signal }))
        onEvent(event);
    })();
    // What it would have told is lost with it; the command itself says how it ended.
    following.catch(() => undefined);
  }
  return {
    ...engine,
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      await following.catch(() => undefined);
    },
  };
}
