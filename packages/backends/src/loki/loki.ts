import type { Compiled, Reader } from "@orrery/charm";
import type { LokiCapabilities } from "./capabilities.ts";
import { contributor } from "./compile/contributor.ts";
import type { LogContributor } from "./compile/contributor.ts";
import { confirmLoki } from "./read/confirm-loki.ts";
import { readLoki } from "./read/read-loki.ts";

/** The backend of Lokis that run as one process and are configured by a file; 3.0 and newer. `configuration` makes the file. */
export interface LokiBackend extends Reader {
  readonly name: "loki";
  readonly contributor: (
    key: string,
    one: LogContributor,
    to: Pick<LokiCapabilities, "container">,
  ) => Compiled;
}

/** Says what is expected of an application's log lines, and asks a Loki what it has. */
export const loki: LokiBackend = {
  name: "loki",
  contributor,
  read: readLoki,
  confirm: confirmLoki,
};
