import { basename } from "node:path/posix";
import type { SourceFile } from "../workspace/read-workspace.ts";

/** The most lines that a source file may have; tests are left out. */
export const MAX_SOURCE_LINES = 300;

const NAMELESS = /^(utils?|helpers?|types|common|misc|shared)\.(ts|mts|js|mjs)$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|test-support|config|bench))?\.(ts|mts|js|mjs)$/;

/** Marks that silence a check instead of mending what it found. */
const SILENCERS = [/\bas unknown\s+as\b/, /@ts-(ignore|nocheck)/, /\b(ox|es)lint-disable/];

/** In a test this asserts that something is an error of types. */
const OUTSIDE_TESTS = /@ts-(expect)-error/;

/**
 * Finds source files that break the house rules that no linter knows: size, names, silenced checks.
 *
 * @returns one line for each fault, empty when all is well
 */
export function findHouseFaults(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [...sizeFaults(file), ...nameFaults(file), ...silencerFaults(file)]);
}

function sizeFaults({ path, text }: SourceFile): string[] {
  const lines = text.trimEnd().split("\n").length;
  if (path.endsWith(".test.ts") || lines <= MAX_SOURCE_LINES) return [];
  return [`${path}: has ${lines} lines, at most ${MAX_SOURCE_LINES} are allowed; find the second idea in it`];
}

function nameFaults({ path }: SourceFile): string[] {
  const name = basename(path);
  if (NAMELESS.test(name)) return [`${path}: does not say what it holds; name it for its main export`];
  return KEBAB.test(name) ? [] : [`${path}: is not in kebab-case`];
}

function silencerFaults({ path, text }: SourceFile): string[] {
  const marks = path.endsWith(".test.ts") ? SILENCERS : [...SILENCERS, OUTSIDE_TESTS];
  return marks.flatMap((mark) => {
    const found = mark.exec(text)?.[0];
    return found === undefined ? [] : [`${path}: holds "${found}", which hides what a check found`];
  });
}
