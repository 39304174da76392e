import { OrreryError } from "@orrery/problems";
import { asOrreryError } from "./attempt.ts";
import type { Installed } from "./installed.ts";
import { manifestOf } from "./program-catalog.ts";
import { provisionOne } from "./provision-one.ts";
import type { ProvisionOptions } from "./session.ts";
import { openSession } from "./session.ts";

/**
 * Provides programs: finds them, or builds, unpacks or downloads them into the cache, at most two at once.
 *
 * One program that cannot be had does not stop the others: they are made, stay in the cache, and only then is the
 * failure told. With everything in the cache, no process is started and nothing is fetched.
 *
 * @param names - Programs of the catalog, or any others, which are then looked up on the PATH alone. Repeats count once.
 * @returns What was found, by name.
 * @throws {@link OrreryError} `PROGRAM_UNAVAILABLE` (or a manifest's own code, such as `SUPERVISOR_UNAVAILABLE`) with
 * every attempt, its reason and remedy. The signal's reason when it was cancelled.
 */
export async function provision(
  names: readonly string[],
  options: ProvisionOptions,
): Promise<Record<string, Installed>> {
  const session = openSession(options, { provide: provisionOne, mayMake: true });
  const wanted = [...new Set(names)];
  const results = await Promise.allSettled(
    wanted.map((name) => provisionOne(session, manifestOf(name, session.catalog))),
  );
  options.signal?.throwIfAborted();
  const failures = results
    .filter((result) => result.status === "rejected")
    .map(({ reason }) => asOrreryError(reason));
  const [failure] = failures;
  if (failure !== undefined) throw failures.length === 1 ? failure : together(failures);
  const found = results.filter((result) => result.status === "fulfilled").map(({ value }) => value);
  return Object.fromEntries(found.map((installed) => [installed.name, installed]));
}

function together(failures: readonly OrreryError[]): OrreryError {
  const message = failures.map((failure) => failure.message).join("\n");
  return new OrreryError("PROGRAM_UNAVAILABLE", message, { cause: new AggregateError(failures) });
}
