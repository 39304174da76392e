import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import { difference } from "./build-generation.ts";
import { findCulprits } from "./find-culprits.ts";
import type { Generation, Generations } from "./generations.ts";
import type { WantedFile } from "./wanted-files.ts";
import type { LoadResult } from "./workload.ts";

/** What going back from a refused generation needs. */
export interface RecoverOptions {
  readonly generations: Generations;
  /** The one that the workload had loaded before; without it nothing can be gone back to. */
  readonly good: Generation | undefined;
  readonly refused: Generation;
  readonly words: string;
  readonly by: "answer" | "ending";
  readonly wanted: readonly WantedFile[];
  /** Makes a generation live and has the workload take it in. */
  readonly load: (generation: Generation) => Promise<LoadResult>;
}

/** What was found. */
export interface Recovered {
  /** The generation that is live and loaded now; absent when that is not known. */
  readonly loaded?: Generation;
  /** What is wrong with the culprits' files, by path. */
  readonly refused: ReadonlyMap<string, Problem>;
}

/** Thrown inside a search when the workload no longer answers: nothing can be told then. */
const SILENT = Symbol("silent");

/**
 * Goes back to what was good, with as much of the refused generation as the workload accepts, and names the culprits.
 *
 * One contributor's files are taken or refused together.
 */
export async function recover(options: RecoverOptions): Promise<Recovered> {
  const { generations, good, refused, wanted, words } = options;
  const byPath = new Map(wanted.map((file) => [file.path, file]));
  if (!good) return { refused: blameAtFirst(options) };
  const groups = new Map<string, string[]>();
  for (const path of difference(good, refused)) {
    const file = byPath.get(path);
    // What goes away is nobody's fault.
    if (!file || !refused.files.has(path)) continue;
    const key = file.contributor === undefined ? `\0${path}` : file.contributor;
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  // What the charm itself wants comes first, then contributors in their order: of two that clash the first stays.
  const order = [...groups.keys()].toSorted();
  let last: { readonly key: string; readonly generation: Generation } | undefined;
  const attempt = async (keys: readonly string[]): Promise<string | undefined> => {
    const generation = compose(options, good, new Set(keys.flatMap((key) => groups.get(key) ?? [])));
    const result = await options.load(generation);
    if (result.state === "unknown") throw SILENT;
    last = result.state === "loaded" ? { key: JSON.stringify(keys), generation } : undefined;
    return result.state === "refused" ? result.words : undefined;
  };
  try {
    const named = order.filter((key) => groups.get(key)?.some((path) => words.includes(path)));
    const [suspect] = named;
    if (named.length === 1 && suspect !== undefined && order.length > 1) {
      const others = order.filter((key) => key !== suspect);
      if ((await attempt(others)) === undefined && last) {
        return { loaded: last.generation, refused: refusals(groups.get(suspect) ?? [], byPath, words) };
      }
    }
    const found = await findCulprits(order, words, attempt);
    const accepted = order.filter((key) => found.accepted.includes(key));
    if (last?.key !== JSON.stringify(accepted) && (await attempt(accepted)) !== undefined) throw SILENT;
    const problems = found.refused.flatMap(({ item, words: said }) => [
      ...refusals(groups.get(item) ?? [], byPath, said),
    ]);
    return { ...(last ? { loaded: last.generation } : {}), refused: new Map(problems) };
  } catch (cause) {
    if (cause !== SILENT) throw cause;
    // The good files are on the disk for when the workload comes back, and nobody is blamed.
    generations.swap(good.number);
    return { refused: new Map() };
  }
}

function compose(
  { generations, refused }: RecoverOptions,
  good: Generation,
  taken: ReadonlySet<string>,
): Generation {
  const building = generations.begin();
  const files = new Map<string, { digest: string; mode: number }>();
  for (const generation of [refused, good]) {
    for (const [path, file] of generation.files) {
      const fresh = generation === refused;
      const same = good.files.get(path)?.digest === refused.files.get(path)?.digest;
      // Taken and unchanged files come from the refused generation; the others keep what was good; what is gone stays gone.
      const wants = fresh ? taken.has(path) || same : refused.files.has(path) && !taken.has(path) && !same;
      if (!wants) continue;
      generations.keep(building, path, generation.number);
      files.set(path, file);
    }
  }
  return generations.finish(building, { files, links: refused.links });
}

/** There is nothing to go back to: what is named is to blame, else what the charm itself wants, if the workload said no. */
function blameAtFirst({ wanted, words, by }: RecoverOptions): Map<string, Problem> {
  const named = wanted.filter(({ path }) => words.includes(path));
  if (named.length > 0) return new Map(named.map((file) => [file.path, refusal(file, words)]));
  // A service that ends at its start may have another reason, and its state tells that it ended.
  const own = by === "ending" ? [] : wanted.filter(({ contributor }) => contributor === undefined);
  const message = `the workload refused its first files: ${words}`;
  return new Map(own.map(({ path }) => [path, problem("FILES_REFUSED", { message })]));
}

function refusals(
  paths: readonly string[],
  byPath: ReadonlyMap<string, WantedFile>,
  words: string,
): Map<string, Problem> {
  const files = paths.flatMap((path) => byPath.get(path) ?? []);
  return new Map(files.map((file) => [file.path, refusal(file, words)]));
}

function refusal(file: WantedFile, words: string): Problem {
  return problem("FILE_REJECTED", {
    message: `file ${file.path} was refused by the workload: ${words}`,
    ...(file.origin ? { origin: file.origin } : {}),
  });
}
