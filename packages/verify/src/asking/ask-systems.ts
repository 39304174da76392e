import type { BackendUse, Reader, Reading } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { VerifyDependencies } from "../verify.ts";
import type { Expected } from "../inquiry/inquiry.ts";

/** Finds the reader of a backend by the name of its door; nothing when there is none. */
export type FindReader = (backend: string) => Promise<Reader | undefined>;

/** One expected thing with its reading. */
export interface Answered {
  readonly expected: Expected;
  readonly reading: Reading;
}

/**
 * Asks each system once for all that is expected of it, all systems at the same time.
 *
 * Never rejects: a reader that throws or answers too little leaves its readings `unknown`.
 */
export async function askSystems(
  expected: readonly Expected[],
  how: VerifyDependencies,
): Promise<readonly Answered[]> {
  const bySystem = Map.groupBy(expected, (one) => `${one.by} ${one.container}`);
  const answers = await Promise.all(
    [...bySystem.values()].map(async (asked) => {
      const readings = await askOne(asked, how);
      return asked.map((one, i): Answered => ({ expected: one, reading: readings[i] ?? unanswered(one) }));
    }),
  );
  return answers.flat();
}

async function askOne(
  asked: readonly Expected[],
  { findReader, http, throughHost }: VerifyDependencies,
): Promise<readonly Reading[]> {
  const [first] = asked;
  const backend = first?.backend;
  if (!backend) return [];
  const get = backend.via === "host" ? throughHost?.(first.by) : http;
  if (!get) return asked.map(() => noReader(backend));
  try {
    const reader = await findReader(backend.name);
    if (!reader) return asked.map(() => noReader(backend));
    const { ca, url } = backend;
    return await reader.read(url, asked, ca === undefined ? get : async (at) => await get(at, { ca }));
  } catch (error) {
    return asked.map((one) => unanswered(one, error));
  }
}

function noReader(backend: BackendUse): Reading {
  const message = `backend ${backend.name} cannot be read back from`;
  return { state: "unknown", evidence: message, problem: problem("VERIFY_NO_READER", { message }) };
}

function unanswered(one: Expected, error?: unknown): Reading {
  const why = error instanceof Error ? `: ${error.message}` : "";
  const evidence = one.backend ? `${one.by} gave no answer${why}` : `${one.by} has not said where it answers`;
  return { state: "unknown", evidence };
}
