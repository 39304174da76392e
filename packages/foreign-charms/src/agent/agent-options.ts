import type { Level, Vault } from "@orrery/engine";
import type { CharmMetadata } from "../metadata/charm-metadata.ts";
import type { CharmFiles } from "../package/list-charm-files.ts";
import type { ToolClient } from "../tool-server/tools-folder.ts";
import type { ToolLimits } from "../tool-server/tool-limits.ts";

/** What runs a foreign charm's hooks. */
export interface HookSettings {
  /** Folder of a unit, in which its agent keeps what is its own: below `.agent`. */
  readonly unitFolder: (unit: string) => string;
  /** Folder that the hook tools' programs are made in, shared by all units. */
  readonly toolsFolder: string;
  /** Which program hook tools are; the faster one of those at hand when absent. */
  readonly client?: ToolClient;
  /** Tells one run of the machine from the next; `start` is told again in each. */
  readonly boot: string;
  /** PATH of the machine. */
  readonly path: string;
  /** Milliseconds after which a hook is killed and counts as failed. Juju waits for ever. */
  readonly deadlineMs: number;
  /** Bytes of memory that a hook may hold; 1 GiB when absent. */
  readonly memoryBytes?: number;
  /** Milliseconds from one `update-status` to the next; 5 minutes when absent. */
  readonly updateStatusMs?: number;
  readonly toolLimits?: ToolLimits;
  /** Seals what hooks have done while it lies on the disk: secrets are in it. */
  readonly vault: Vault;
  /** Told each line of a unit's hooks and its agent. */
  readonly log: (unit: string, level: Level, message: string) => void;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

/** A foreign charm as its agents need it. */
export interface AgentCharm {
  readonly folder: string;
  readonly files: CharmFiles;
  readonly metadata: CharmMetadata;
}
