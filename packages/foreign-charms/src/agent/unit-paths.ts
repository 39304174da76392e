import { join } from "node:path";

/** Where the agent of one unit keeps its things. */
export interface UnitPaths {
  /** All of it is below. */
  readonly folder: string;
  /** The unit's own copy of the charm: its program's working folder, in which it may write. */
  readonly charm: string;
  /** Which files of the charm the copy was made of. */
  readonly copied: string;
  /** What hooks have done that the engine has not taken in. */
  readonly progress: string;
  /** The program that runs now. */
  readonly running: string;
  /** Sockets of hook tools. */
  readonly sockets: string;
  /** Bags as they were last told, by relation. */
  readonly bags: string;
  /** Storage by name and index. */
  readonly storage: string;
}

/** Names what is below a folder; nothing is made. */
export function unitPaths(folder: string): UnitPaths {
  return {
    folder,
    charm: join(folder, "charm"),
    copied: join(folder, "charm.json"),
    progress: join(folder, "progress.json"),
    running: join(folder, "running.json"),
    sockets: join(folder, "sockets"),
    bags: join(folder, "bags"),
    storage: join(folder, "storage"),
  };
}
