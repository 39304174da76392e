import { posix } from "node:path";
import type { FileOutcome, RejectedFile } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { ContainerDisk } from "./container-disk.ts";
import { digestOf } from "./digest.ts";
import { judgeFiles } from "./judge-files.ts";
import type { PublicationRecord } from "./publication-record.ts";

/** Where files go. */
export interface FilePlace {
  readonly disk: ContainerDisk;
  /** The container's folder; files lie in `files` below it. */
  readonly folder: string;
}

/** Exact counts of what publishing did. */
export interface FileCounts {
  readonly filesWritten: number;
  readonly bytesWritten: number;
  readonly filesRemoved: number;
  readonly filesChecked: number;
}

/** What came of publishing. */
export interface PublishedFiles {
  readonly record: PublicationRecord;
  readonly counts: FileCounts;
}

/**
 * Makes a container's files as they are wanted: each that differs is judged by its own checker, written at once or not at all, and
 * refused files stay at their last good content, or out. Files that nobody wants any more are removed last.
 *
 * @param keep - Is called before the first change, with what has to be known should there be no time for more.
 */
export async function publishFiles(
  { disk, folder }: FilePlace,
  wanted: Readonly<Record<string, FileOutcome>>,
  about: { readonly record: PublicationRecord; readonly keep: (record: PublicationRecord) => Promise<void> },
): Promise<PublishedFiles> {
  const { record: before, keep } = about;
  const rejected: Record<string, RejectedFile> = {};
  const candidates = new Map<string, FileOutcome>();
  for (const [path, file] of Object.entries(wanted)) {
    const digest = digestOf(file.content);
    const known = before.files[path];
    if (known?.digest === digest && known.mode === modeOf(file)) continue;
    const conflict = parents(path).find((parent) => Object.hasOwn(wanted, parent));
    const refused = before.rejected[path];
    if (conflict !== undefined) rejected[path] = { digest, problem: conflictOf(path, file, conflict) };
    else if (refused?.digest === digest && refused.problem.code !== "FILE_CHECK_UNAVAILABLE")
      rejected[path] = refused;
    else candidates.set(path, file);
  }
  for (const [path, found] of await judgeFiles(disk, candidates, posix.join(folder, "checking"))) {
    rejected[path] = { digest: digestOf(candidates.get(path)?.content ?? ""), problem: found };
  }
  const accepted = [...candidates].filter(([path]) => !Object.hasOwn(rejected, path));
  const gone = Object.keys(before.files).filter((path) => !Object.hasOwn(wanted, path));
  const restart = before.restart || accepted.some(([, { onChange }]) => onChange === "restart");
  if (restart !== before.restart) await keep({ ...before, restart });
  const at = (path: string): string => posix.join(folder, "files", path);
  await disk.write(
    accepted.map(([path, file]) => ({ path: at(path), content: file.content, mode: modeOf(file) })),
  );
  await disk.remove(gone.map(at));
  const files = Object.fromEntries([
    ...Object.entries(before.files).filter(([path]) => !gone.includes(path)),
    ...accepted.map(
      ([path, file]) => [path, { digest: digestOf(file.content), mode: modeOf(file) }] as const,
    ),
  ]);
  return {
    record: { ...before, files, rejected, restart },
    counts: {
      filesWritten: accepted.length,
      bytesWritten: accepted.reduce((sum, [, { content }]) => sum + Buffer.byteLength(content), 0),
      filesRemoved: gone.length,
      filesChecked: [...candidates.values()].filter(({ check }) => check).length,
    },
  };
}

function modeOf({ mode }: FileOutcome): number {
  return mode === "0600" ? 0o600 : 0o644;
}

/** The folders above a path, nearest first. */
function parents(path: string): readonly string[] {
  const found: string[] = [];
  for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) found.push(folder);
  return found;
}

function conflictOf(path: string, { origin }: FileOutcome, above: string): RejectedFile["problem"] {
  const message = `file ${path} cannot be there: ${above} is wanted as a file`;
  return problem("FILE_PATH_CONFLICT", { message, ...(origin ? { origin } : {}) });
}
