import type { Problem } from "@orrery/problems";
import type { Installed } from "./installed.ts";
import { manifestOf } from "./program-catalog.ts";
import type { ProgramManifest } from "./program-manifest.ts";
import type { SourceName } from "./progress/progress-event.ts";
import type { SearchResult } from "./provision-one.ts";
import { provisionOne, searchProgram } from "./provision-one.ts";
import type { ProvisionOptions } from "./session.ts";
import { openSession } from "./session.ts";
import { sizeOf } from "./size-of.ts";
import { isMaking } from "./sources/is-making.ts";
import { sourceName } from "./sources/source-name.ts";

/** One program as `orrery programs` shows it. */
export interface ProgramReport {
  readonly name: string;
  readonly summary: string;
  /** Accepted versions, such as `>=2.42 <4`; `*` for any. */
  readonly wanted: string;
  /** Absent when it is not there yet. */
  readonly found?: Installed;
  /** Bytes of its binaries; 0 when it is not there yet. */
  readonly sizeBytes: number;
  /** The sources that would be tried in turn to make it. */
  readonly sources: readonly SourceName[];
  /** Why it is not there yet. */
  readonly problems: readonly Problem[];
}

/**
 * Looks which programs are there, and makes none: nothing is built, unpacked or downloaded.
 *
 * @param names - The programs to look for; the whole catalog when empty.
 */
export async function inspectPrograms(
  names: readonly string[],
  options: ProvisionOptions,
): Promise<readonly ProgramReport[]> {
  const session = openSession(options, { provide: provisionOne, mayMake: false });
  const manifests =
    names.length > 0 ? names.map((name) => manifestOf(name, session.catalog)) : session.catalog;
  return Promise.all(
    manifests.map(async (manifest) => describe(manifest, await searchProgram(session, manifest))),
  );
}

function describe(manifest: ProgramManifest, { found, attempts }: SearchResult): ProgramReport {
  return {
    name: manifest.name,
    summary: manifest.summary,
    wanted: manifest.versions,
    ...(found ? { found } : {}),
    sizeBytes: found ? sizeOf(found) : 0,
    sources: manifest.sources.filter(isMaking).map(sourceName),
    problems: found ? [] : attempts.map(({ error }) => error.toProblem()),
  };
}
