import { OrreryError, isOrreryError } from "@orrery/problems";
import { pathVariable } from "./sources/given-path.ts";
import type { ProgramManifest } from "./program-manifest.ts";
import type { SourceName } from "./progress/progress-event.ts";

/** One source that did not give a program. */
export interface Attempt {
  readonly source: SourceName;
  readonly error: OrreryError;
}

/** Gives any failure of a source a code; a coded one stays as it is. */
export function asOrreryError(failure: unknown): OrreryError {
  if (isOrreryError(failure)) return failure;
  const message = failure instanceof Error ? failure.message : String(failure);
  return new OrreryError("PROGRAM_SOURCE_FAILED", `the source failed: ${message}`, { cause: failure });
}

/** The reason of each attempt behind an error that {@link unavailable} made; of any other error, its message. */
export function reasons(error: OrreryError): readonly string[] {
  const inner: readonly unknown[] = error.cause instanceof AggregateError ? error.cause.errors : [error];
  return inner.map((one) => (one instanceof Error ? one.message : String(one)));
}

/** The one error that says why no source gave a program: each attempt on its own line, with its reason and remedy. */
export function unavailable(manifest: ProgramManifest, attempts: readonly Attempt[]): OrreryError {
  const wanted = manifest.versions === "*" ? manifest.name : `${manifest.name} ${manifest.versions}`;
  const lines = attempts.map(
    ({ source, error }) => `  ${source}: ${error.code}: ${error.message}; ${error.remedy}`,
  );
  return new OrreryError(
    manifest.unavailable ?? "PROGRAM_UNAVAILABLE",
    [`${wanted} cannot be had from any of its sources:`, ...lines].join("\n"),
    {
      cause: new AggregateError(attempts.map(({ error }) => error)),
      // A code of the manifest's own has a remedy that says more than this one.
      ...(manifest.unavailable
        ? {}
        : { remedy: `mend one of these sources, or give the path in ${pathVariable(manifest.name)}` }),
    },
  );
}
