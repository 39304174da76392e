import { parentPort, workerData } from "node:worker_threads";
import { EngineDriver } from "./engine-driver.ts";
import { failureOf } from "./failure.ts";
import type { WorkerMessage, WorkerRequest, WorkerStart } from "./worker-messages.ts";

// The engine's worker thread: core, store, substrate and the repository's own charms.

const port = parentPort;
if (!port) throw new Error("this module is the engine's worker thread and is not run by itself");

const tell = (message: WorkerMessage): void => port.postMessage(message);

async function answer(driver: EngineDriver, { id, call }: WorkerRequest): Promise<void> {
  try {
    tell({ id, value: await driver.call(call) });
  } catch (cause) {
    tell({ id, failure: driver.failure(cause) });
  }
}

try {
  const driver = new EngineDriver(workerData as WorkerStart, tell);
  port.on("message", (request: WorkerRequest) => void answer(driver, request));
  await driver.start();
  tell({ tell: "ready" });
} catch (cause) {
  tell({ tell: "failed", failure: failureOf(cause, "ENGINE_START_FAILED") });
}
