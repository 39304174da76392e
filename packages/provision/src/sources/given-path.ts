import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { OrreryError } from "@orrery/problems";
import { checkProgram } from "../check-program.ts";
import type { Installed } from "../installed.ts";
import { isExecutable } from "../process/find-executable.ts";
import type { ProgramBinary } from "../program-manifest.ts";
import type { Search } from "../session.ts";

/** The environment variable that gives a program's path: `ORRERY_PROGRAM_NODE_EXPORTER` for `node_exporter`. */
export function pathVariable(program: string): string {
  return `ORRERY_PROGRAM_${program.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}`;
}

/**
 * Takes a program from the path that the configuration or the environment gives.
 *
 * The path is the main binary's, with the program's other binaries beside it, or the folder of them all.
 *
 * @returns Nothing when no path is given.
 * @throws {@link OrreryError} `PROGRAM_GIVEN_PATH_INVALID`, and what `checkProgram` throws.
 */
export async function takeGivenPath(search: Search): Promise<Installed | undefined> {
  const { manifest, session } = search;
  const variable = pathVariable(manifest.name);
  const configured = session.options.paths?.[manifest.name];
  const given = configured ?? session.world.env[variable];
  if (!given) return undefined;
  const origin = configured === undefined ? variable : "the configuration";
  const path = resolve(given);
  const binaries = isFolder(path)
    ? binariesIn(path, manifest.binaries)
    : binariesBeside(path, manifest.binaries);
  const missing = Object.entries(binaries).find(([, file]) => !isExecutable(file));
  if (missing) {
    throw new OrreryError(
      "PROGRAM_GIVEN_PATH_INVALID",
      `${missing[1]}, which ${origin} gives for ${missing[0]}, is not an executable file`,
    );
  }
  const main = Object.values(binaries)[0] ?? path;
  const { version = "unknown", notes } = await checkProgram(session, manifest, main);
  return {
    name: manifest.name,
    version,
    source: "path given",
    path: main,
    folder: dirname(main),
    binaries,
    notes,
  };
}

function binariesBeside(
  main: string,
  [first, ...others]: readonly [ProgramBinary, ...ProgramBinary[]],
): Record<string, string> {
  return { [first.name]: main, ...binariesIn(dirname(main), others) };
}

function binariesIn(folder: string, binaries: readonly ProgramBinary[]): Record<string, string> {
  return Object.fromEntries(
    binaries.map(({ name, alsoCalled = [] }) => {
      const paths = [name, ...alsoCalled].map((one) => join(folder, one));
      return [name, paths.find(isExecutable) ?? join(folder, name)];
    }),
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
