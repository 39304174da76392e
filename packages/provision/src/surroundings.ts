import type { Platform } from "./program-manifest.ts";
import type { RunProcess } from "./process/run-process.ts";
import { runProcess } from "./process/run-process.ts";

/** The outside world as provisioning meets it; tests give their own. */
export interface Surroundings {
  /** Environment variables; they are passed on to apt-get and go, so that proxies and certificates hold there too. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProcess;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly platform: Platform;
  /** The executable of Node.js that runs this process. */
  readonly nodePath: string;
}

/** The real outside world of this process. */
export function realSurroundings(): Surroundings {
  return {
    env: process.env,
    run: runProcess,
    fetch: globalThis.fetch,
    now: Date.now,
    platform: platformName(process.platform, process.arch),
    nodePath: process.execPath,
  };
}

/** Names a kind of machine as Go does: Node's `x64` is `amd64`, its `arm` is `arm`, everything else keeps its name. */
function platformName(system: string, architecture: string): Platform {
  return `${system}-${architecture === "x64" ? "amd64" : architecture}`;
}
