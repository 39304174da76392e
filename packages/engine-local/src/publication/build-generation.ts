import type { Problem } from "@orrery/problems";
import type { RunCommand } from "../process/run-command.ts";
import { judgeFiles } from "./judge-files.ts";
import type { Cost } from "./cost.ts";
import type { Generation, GenerationFile, Generations } from "./generations.ts";
import { digestOfSet, modeOf } from "./wanted-files.ts";
import type { WantedFile } from "./wanted-files.ts";

/** What building a generation needs. */
export interface BuildOptions {
  readonly generations: Generations;
  /** The generation whose content stands where the new one is refused; absent for the first. */
  readonly base: Generation | undefined;
  readonly wanted: readonly WantedFile[];
  readonly links: readonly string[];
  /** Says whether a file was refused before with just this content; it is not tried again. */
  readonly isRefused: (file: WantedFile) => boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly run: RunCommand;
  readonly cost: Cost;
}

/** What came of building. */
export interface Built {
  /** The generation that should be live: the base itself when nothing differs. */
  readonly generation: Generation | undefined;
  /** Paths that are new, changed or gone against the base. */
  readonly changed: readonly string[];
  /** What checkers refused now, by path. */
  readonly refused: ReadonlyMap<string, Problem>;
}

/**
 * Builds the next generation: unchanged files are linked, changed ones written and checked, each alone.
 *
 * A file that is refused keeps what it had in the base, or stays out.
 */
export async function buildGeneration(options: BuildOptions): Promise<Built> {
  const { generations, base, wanted, cost } = options;
  const kept = new Map<string, GenerationFile>();
  const candidates: WantedFile[] = [];
  for (const file of wanted) {
    const before = base?.files.get(file.path);
    if (before && before.digest === file.digest && before.mode === modeOf(file)) kept.set(file.path, before);
    else if (!options.isRefused(file)) candidates.push(file);
    else if (before) kept.set(file.path, before);
  }
  const links = options.links.toSorted();
  const nothing = base === undefined && candidates.length === 0 && links.length === 0;
  if (nothing || (candidates.length === 0 && base && isSame(base, kept, links))) {
    return { generation: base, changed: [], refused: new Map() };
  }
  const building = generations.begin();
  try {
    for (const path of kept.keys()) if (base) generations.keep(building, path, base.number);
    for (const file of candidates) {
      generations.add(building, file.path, { content: file.content, mode: modeOf(file) });
      cost.wrote(file.content);
    }
    cost.add({ filesChecked: candidates.filter(({ check }) => check).length });
    const refused = await judgeFiles(candidates, {
      folder: building.folder,
      env: options.env,
      run: options.run,
    });
    const files = new Map(kept);
    for (const file of candidates) {
      const before = base?.files.get(file.path);
      if (!refused.has(file.path)) files.set(file.path, { digest: file.digest, mode: modeOf(file) });
      else {
        generations.drop(building, file.path);
        if (!before || !base) continue;
        generations.keep(building, file.path, base.number);
        files.set(file.path, before);
      }
    }
    if (base ? isSame(base, files, links) : files.size === 0 && links.length === 0) {
      generations.discard(building);
      return { generation: base, changed: [], refused };
    }
    const generation = generations.finish(building, { files, links });
    return { generation, changed: difference(base, generation), refused };
  } catch (cause) {
    generations.discard(building);
    throw cause;
  }
}

/** Paths in which two generations differ. */
export function difference(base: Generation | undefined, next: Generation): string[] {
  const paths = new Set([...(base?.files.keys() ?? []), ...next.files.keys()]);
  return [...paths].filter((path) => {
    const [before, after] = [base?.files.get(path), next.files.get(path)];
    return before?.digest !== after?.digest || before?.mode !== after?.mode;
  });
}

function isSame(
  base: Generation,
  files: ReadonlyMap<string, GenerationFile>,
  links: readonly string[],
): boolean {
  return (
    digestOfSet(base.files) === digestOfSet(files) && JSON.stringify(base.links) === JSON.stringify(links)
  );
}
