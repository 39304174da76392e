import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { readIfThere, syncFolder, writeNew } from "../disk/write-atomically.ts";
import { makeFolders } from "./live-files.ts";
import { digestOf } from "./wanted-files.ts";

/** One file of a generation. */
export interface GenerationFile {
  readonly digest: string;
  readonly mode: number;
}

/** One published set of files. It never changes: the next one is built beside it. */
export interface Generation {
  readonly number: number;
  readonly files: ReadonlyMap<string, GenerationFile>;
  /** Paths that lead to live files. */
  readonly links: readonly string[];
}

/** A generation that is being built: a folder that nobody reads yet. */
export interface Building {
  readonly number: number;
  readonly folder: string;
}

/** Called at the points between which a crash could come; tests end the process there. */
export type CrashPoint = (label: string) => void;

const BUILDING = ".building";

/** The generations of one container: `current` leads to the one that is live. */
export class Generations {
  /** Where the workload finds its files, whichever generation is live. */
  readonly current: string;
  readonly #folder: string;
  readonly #live: string;
  readonly #at: CrashPoint;
  #known = new Map<number, Generation>();

  constructor(container: string, at: CrashPoint) {
    this.current = join(container, "current");
    this.#folder = join(container, "generations");
    this.#live = join(container, "live");
    this.#at = at;
  }

  /** The live generation, read from the disk when it is not remembered. */
  live(): Generation | undefined {
    try {
      return this.read(Number(readlinkSync(this.current).split("/").at(-1)));
    } catch {
      return undefined;
    }
  }

  /** Reads a generation; nothing when it is not there. */
  read(number: number): Generation | undefined {
    const known = this.#known.get(number);
    if (known) return known;
    const folder = join(this.#folder, String(number));
    if (!Number.isInteger(number) || !lstatSync(folder, { throwIfNoEntry: false })?.isDirectory())
      return undefined;
    const files = new Map<string, GenerationFile>();
    const links: string[] = [];
    for (const { path, kind } of walk(folder)) {
      if (kind === "link") links.push(path);
      if (kind !== "file") continue;
      const mode = lstatSync(join(folder, path)).mode & 0o777;
      files.set(path, { digest: digestOf(readIfThere(join(folder, path)) ?? ""), mode });
    }
    return this.#remember({ number, files, links: links.toSorted() });
  }

  /** Begins the next generation in an empty folder. */
  begin(): Building {
    mkdirSync(this.#folder, { recursive: true, mode: 0o755 });
    const number = Math.max(0, ...this.#numbers()) + 1;
    const folder = join(this.#folder, `${number}${BUILDING}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o755 });
    return { number, folder };
  }

  /** Adds a file with new content. */
  add(building: Building, path: string, file: { readonly content: string; readonly mode: number }): void {
    makeFolders(building.folder, dirname(path));
    writeNew(join(building.folder, path), file.content, file.mode);
  }

  /** Adds a file as it stands in another generation, at no cost. */
  keep(building: Building, path: string, from: number): void {
    makeFolders(building.folder, dirname(path));
    linkSync(join(this.#folder, String(from), path), join(building.folder, path));
  }

  /** Leaves out a file that was added. */
  drop(building: Building, path: string): void {
    rmSync(join(building.folder, path), { force: true });
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
      if (readdirSync(join(building.folder, folder)).length > 0) break;
      rmSync(join(building.folder, folder), { recursive: true });
    }
  }

  /** Gives up a generation. */
  discard(building: Building): void {
    rmSync(building.folder, { recursive: true, force: true });
  }

  /** Ends the building; the generation is durable then, and not live yet. */
  finish(building: Building, content: Omit<Generation, "number">): Generation {
    for (const link of content.links) {
      makeFolders(building.folder, dirname(link));
      // Relative to the generation's own place, so that the whole folder may move.
      const up = "../".repeat(link.split("/").length + 1);
      symlinkSync(`${up}live/${link}`, join(building.folder, link));
      makeFolders(this.#live, dirname(link));
    }
    for (const { path, kind } of walk(building.folder))
      if (kind === "folder") syncFolder(join(building.folder, path));
    syncFolder(building.folder);
    this.#at("generation-built");
    renameSync(building.folder, join(this.#folder, String(building.number)));
    syncFolder(this.#folder);
    this.#at("generation-named");
    return this.#remember({ number: building.number, ...content });
  }

  /** Makes a generation the live one, in one step. */
  swap(number: number): void {
    const next = `${this.current}.next`;
    rmSync(next, { force: true });
    symlinkSync(`generations/${number}`, next);
    this.#at("link-made");
    renameSync(next, this.current);
    syncFolder(dirname(this.current));
    this.#at("link-swapped");
  }

  /** Removes every generation but these, and what a crash left of others. */
  keepOnly(numbers: readonly number[]): void {
    if (!lstatSync(this.#folder, { throwIfNoEntry: false })) return;
    for (const name of readdirSync(this.#folder)) {
      if (numbers.includes(Number(name))) continue;
      rmSync(join(this.#folder, name), { recursive: true, force: true });
      this.#known.delete(Number(name));
    }
  }

  #numbers(): number[] {
    return readdirSync(this.#folder).map(Number).filter(Number.isInteger);
  }

  #remember(generation: Generation): Generation {
    this.#known.set(generation.number, generation);
    return generation;
  }
}

/** Everything in a folder. Links are told, never followed; Node's own recursive listing does follow them. */
function* walk(
  root: string,
  below: string = "",
): Generator<{ readonly path: string; readonly kind: "file" | "folder" | "link" }> {
  for (const entry of readdirSync(join(root, below), { withFileTypes: true })) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isSymbolicLink()) yield { path, kind: "link" };
    else if (entry.isDirectory()) {
      yield { path, kind: "folder" };
      yield* walk(root, path);
    } else yield { path, kind: "file" };
  }
}
