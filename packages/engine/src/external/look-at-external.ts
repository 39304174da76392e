import type { Discovered, ExternalObjectView, ObjectChange, ObjectStore } from "@orrery/charm";
import { contentDigest } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import { unitsOf } from "../model/model.ts";
import { problemFrom } from "../settling/problem-from.ts";
import { sameJson } from "../settling/same-json.ts";
import type { RunOptions } from "./carry-out-run.ts";
import type { Drift, Found } from "./compare-objects.ts";
import type { ExternalRecord } from "./external-record.ts";
import { externalRuntime } from "./external-runtime.ts";
import { externalView } from "./external-view.ts";
import { findObjects } from "./find-objects.ts";
import { objectsSite } from "./objects-site.ts";
import { openSystem } from "./open-system.ts";
import { recoverRun } from "./recover-run.ts";

/**
 * Looks at a foreign system: what it is, how the objects are that were applied, and whether somebody else has changed them. A run that
 * was left in the journal is brought to its end first.
 *
 * What was known of a system that does not answer now stays. Never rejects; says what was recovered, if anything was.
 */
export async function lookAtExternal(
  core: Core,
  key: string,
  options: RunOptions = { overwrite: false },
): Promise<string | undefined> {
  const before = core.db.external.get(key);
  const runtime = externalRuntime(core, key);
  runtime.lookedAt = core.around.clock();
  const seenBefore = before && JSON.stringify(externalView(core, before.application, before.name));
  const problems: Problem[] = [];
  let recovered: string | undefined;
  try {
    recovered = await recoverRun(core, key, options);
  } catch (cause) {
    problems.push(problemFrom(cause, { code: "EXTERNAL_UNFINISHED", origin: {} }));
  }
  const record = core.db.external.get(key);
  if (!record) return recovered;
  const origin = { application: record.application };
  try {
    const system = await openSystem(core, record, record);
    const found = await system.discover();
    problems.push(...found.problems);
    keep(core, key, { asked: record, found });
  } catch (cause) {
    problems.push(problemFrom(cause, { code: "EXTERNAL_UNREACHABLE", origin }));
  }
  try {
    await lookAtObjects(core, key);
  } catch (cause) {
    runtime.states = Object.fromEntries(Object.keys(record.applied).map((name) => [name, "pending"]));
    const found = problemFrom(cause, { code: "EXTERNAL_UNREACHABLE", origin });
    if (!problems.some(({ code, message }) => code === found.code && message === found.message))
      problems.push(found);
  }
  runtime.problems = problems.map((one) => ({ ...one, origin: { ...origin, ...one.origin } }));
  if (JSON.stringify(externalView(core, record.application, record.name)) !== seenBefore) {
    for (const { name } of unitsOf(core.db, record.application)) core.dirty.add(name);
    core.changed();
  }
  return recovered;
}

/** What was discovered is worth nothing when the connection has become another one meanwhile. */
function keep(
  core: Core,
  key: string,
  { asked, found }: { readonly asked: ExternalRecord; readonly found: Discovered<unknown> },
): void {
  const record = core.db.external.get(key);
  if (!record || !sameJson(record.connection, asked.connection) || record.backend !== asked.backend) return;
  core.db.commit([
    core.db.external.put(key, { ...record, capabilities: found.capabilities, facts: found.facts }),
  ]);
}

async function lookAtObjects(core: Core, key: string): Promise<void> {
  const record = core.db.external.get(key);
  const runtime = externalRuntime(core, key);
  const keys = Object.keys(record?.applied ?? {});
  if (!record || keys.length === 0) {
    runtime.states = {};
    runtime.drift = [];
    return;
  }
  const store = (await openSystem(core, record, await objectsSite(core, record, record.place))).store();
  const found = await findObjects(store, keys);
  runtime.drift = keys.flatMap((name) => driftOf(name, record.applied[name]?.digest, found[name]));
  runtime.states = await statesOf(record, found, store);
}

async function statesOf(
  record: ExternalRecord,
  found: Readonly<Record<string, Found>>,
  store: ObjectStore,
): Promise<Readonly<Record<string, ExternalObjectView["state"]>>> {
  const intact = Object.entries(record.applied).flatMap(([key, { digest }]): ObjectChange[] => {
    const there = found[key];
    if (there === undefined || !("content" in there) || contentDigest(there.content) !== digest) return [];
    return [{ key, after: there.content }];
  });
  const seen = await store.settled(intact);
  return Object.fromEntries(
    Object.keys(record.applied).map((key) => {
      if (!intact.some((one) => one.key === key)) return [key, "drifted"];
      const state = seen[key] ?? "pending";
      return [key, typeof state === "object" ? "rejected" : state];
    }),
  );
}

function driftOf(key: string, digest: string | undefined, there: Found): readonly Drift[] {
  if (there === undefined) return [{ key, how: "removed" }];
  if ("theirs" in there) return [{ key, how: "theirs" }];
  return contentDigest(there.content) === digest ? [] : [{ key, how: "changed" }];
}
