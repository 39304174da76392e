import type { LoadedCharm } from "@orrery/charm";
import type { HookTools } from "../tools/hook-tools.ts";
import type { Workload } from "../workload/workload.ts";
import type { HookContext } from "./hook-context.ts";

/** All that running one hook needs of the outside world. */
export interface Host {
  readonly tools: HookTools;
  readonly context: HookContext;
  readonly charm: LoadedCharm;
  readonly workload: Workload;
  /** Whether containers are a pod's. */
  readonly kubernetes: boolean;
  /** So many random bytes. */
  readonly random: (bytes: number) => Uint8Array;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}
