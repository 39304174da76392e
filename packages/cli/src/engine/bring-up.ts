import { runEngine } from "@orrery/engine-local";
import { connectEngine } from "@orrery/engine-local/client";
import type { EngineClient } from "@orrery/engine-local/client";
import { isOrreryError } from "@orrery/problems";

/** An engine that this process may talk to. */
export interface BroughtUp {
  readonly client: EngineClient;
  /** Whether this process started it, and so should end it. */
  readonly ours: boolean;
  /** Ends the engine and all that it runs. */
  readonly stop: () => Promise<void>;
  /** Resolves when the engine has ended, whoever asked for it; never for one that is not ours. */
  readonly ended: Promise<void>;
}

/** Uses the engine of a data folder, or runs one in this process. @throws OrreryError as `runEngine` does. */
export async function bringUp(home: string): Promise<BroughtUp> {
  try {
    const client = await connectEngine({ home });
    const { promise: ended } = Promise.withResolvers<void>();
    return { client, ours: false, stop: async () => await client.stop(), ended };
  } catch (error) {
    if (!isOrreryError(error) || error.code !== "ENGINE_NOT_RUNNING") throw error;
  }
  const { client, stop, ended } = await runEngine({ home });
  return { client, ours: true, stop: async () => await stop(), ended };
}
