import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { OrreryError } from "@orrery/problems";
import type { ProgressEvent } from "@orrery/provision";
import { connectEngine } from "../api/connect-engine.ts";
import type { EngineClient } from "../api/engine-client.ts";
import { openHome } from "../home/engine-home.ts";
import { lastLinesOf } from "../log/last-lines.ts";
import type { EngineSettings } from "./engine-settings.ts";
import { errorOf } from "./failure.ts";
import type { SpawnMessage } from "./spawn-messages.ts";

/** How a detached engine is started. */
export interface SpawnEngineOptions extends EngineSettings {
  /** Told each step of getting the supervisor, until the engine runs. */
  readonly onProgress?: (event: ProgressEvent) => void;
}

const MAIN: string = fileURLToPath(new URL(`./engine-main${extname(import.meta.url)}`, import.meta.url));

/**
 * Starts an engine that outlives this process, and waits until it answers.
 *
 * @throws OrreryError as `runEngine` does, or `ENGINE_START_FAILED` with its last words.
 */
export async function spawnEngine({ onProgress, ...settings }: SpawnEngineOptions): Promise<EngineClient> {
  const home = openHome(settings.home);
  const output = openSync(`${home.log}.stderr`, "a", 0o600);
  const started = Promise.withResolvers<void>();
  const child = spawn(
    process.execPath,
    [...process.execArgv, MAIN, JSON.stringify({ ...settings, home: home.folder })],
    {
      cwd: home.folder,
      detached: true,
      stdio: ["ignore", output, output, "ipc"],
    },
  );
  closeSync(output);
  child.on("message", (message: SpawnMessage) => {
    if (message.tell === "progress") onProgress?.(message.event);
    else if (message.tell === "ready") started.resolve();
    else started.reject(errorOf(message.failure, "ENGINE_START_FAILED"));
  });
  child.once("error", (cause) =>
    started.reject(new OrreryError("ENGINE_START_FAILED", cause.message, { cause })),
  );
  child.once("exit", (code, signal) => {
    const words = lastLinesOf(`${home.log}.stderr`, 5).join(" | ");
    const how = code === null ? `it was ended by ${signal}` : `exit code ${code}`;
    started.reject(
      new OrreryError("ENGINE_START_FAILED", `the engine ended before it answered: ${how}; ${words}`),
    );
  });
  try {
    await started.promise;
  } finally {
    if (child.connected) child.disconnect();
    child.removeAllListeners();
    child.unref();
  }
  return await connectEngine({ home: home.folder });
}
