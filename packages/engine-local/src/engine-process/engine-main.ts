import { failureOf } from "./failure.ts";
import type { EngineSettings } from "./engine-settings.ts";
import { runEngine } from "./run-engine.ts";
import type { SpawnMessage } from "./spawn-messages.ts";

// A detached engine's own process; its only argument is its settings as JSON.

const tell = (message: SpawnMessage): void => {
  if (process.connected) process.send?.(message, () => undefined);
};

// The one who started it may leave before it runs.
process.on("error", () => undefined);

try {
  const settings: EngineSettings = JSON.parse(process.argv[2] ?? "{}");
  const engine = await runEngine({ ...settings, onProgress: (event) => tell({ tell: "progress", event }) });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => void engine.stop({ keepWorkloads: true }));
  }
  tell({ tell: "ready" });
  if (process.connected) process.disconnect();
  await engine.ended;
  process.exitCode = 0;
} catch (cause) {
  tell({ tell: "failed", failure: failureOf(cause, "ENGINE_START_FAILED") });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
