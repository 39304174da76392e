import { isAbsolute, posix } from "node:path";
import type { Connection } from "@orrery/charm";
import { listAt, textAt } from "../../read/json-field.ts";
import type { ObjectKind } from "../object-kind.ts";
import { KINDS, objectKey } from "../object-kind.ts";
import type { ServerAnswers } from "./ask-server.ts";
import { textsOf } from "./ask-server.ts";
import { matchesGlob } from "./glob.ts";

/** A list of patterns in the server's configuration, and which of our files they take in. */
export interface Inclusion {
  /** Where it stands: `rule_files`, `scrape_config_files`, or a job's `file_sd_configs`. */
  readonly list: "rule_files" | "scrape_config_files" | "file_sd_configs";
  /** The job whose list it is. */
  readonly job?: string;
  /** The job's timeout. */
  readonly timeout?: string;
  readonly pattern: string;
  readonly takes: readonly ObjectKind[];
}

/** Our folder's path as the server sees it; `""` when none was named. */
export function serverFolder({ directory = "", "server-directory": seen = "" }: Connection): string {
  return posix.normalize(seen || directory || "/").replace(/(?<=.)\/+$/, "");
}

/** Finds the patterns of a server's configuration that take in files of our folder. */
export function findInclusions(answers: ServerAnswers, folder: string): readonly Inclusion[] {
  const { config, workingFolder } = answers;
  const absolute = (pattern: string): string =>
    isAbsolute(pattern) ? posix.normalize(pattern) : posix.join(workingFolder, pattern);
  const find = (
    found: Omit<Inclusion, "takes" | "pattern">,
    patterns: readonly string[],
  ): readonly Inclusion[] =>
    patterns.flatMap((pattern) => {
      const takes = KINDS.filter((kind) =>
        matchesGlob(absolute(pattern), posix.join(folder, objectKey(kind, "x"))),
      );
      return takes.length === 0 ? [] : [{ ...found, pattern, takes }];
    });
  return [
    ...find({ list: "rule_files" }, textsOf(config, "rule_files")),
    ...find({ list: "scrape_config_files" }, textsOf(config, "scrape_config_files")),
    ...listAt(config, "scrape_configs").flatMap((job) =>
      listAt(job, "file_sd_configs").flatMap((sd) =>
        find(
          { list: "file_sd_configs", job: textAt(job, "job_name"), timeout: textAt(job, "scrape_timeout") },
          textsOf(sd, "files"),
        ),
      ),
    ),
  ];
}
