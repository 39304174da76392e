import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { OrreryError } from "@orrery/problems";
import { findOnPath, isExecutable } from "../process/find-executable.ts";
import type { ProcessResult } from "../process/run-process.ts";
import type { DebianRecipe } from "../program-manifest.ts";
import { privateLists } from "./debian-lists.ts";
import type { Made, Making } from "./making.ts";

/**
 * Fetches a Debian package with apt-get and unpacks it with dpkg-deb; neither needs root.
 *
 * The machine's package lists are tried first. Where there are none, or they are too old to find the package, a
 * private copy is fetched into the cache. apt-get checks signatures and checksums in either case.
 *
 * @throws {@link OrreryError} `DEBIAN_TOOLS_MISSING`, `DEBIAN_LISTS_UNAVAILABLE`, `DEBIAN_PACKAGE_UNAVAILABLE`,
 * `DEBIAN_UNPACK_FAILED`.
 */
export async function unpackDebianPackage(making: Making<DebianRecipe>): Promise<Made> {
  const { search, recipe, folder } = making;
  const aptGet = tool(making, "apt-get");
  const dpkgDeb = tool(making, "dpkg-deb");
  const download = join(folder, "download");
  await mkdir(download);
  const deb = await fetchPackage(making, aptGet, download);
  const { size } = await stat(deb);
  making.report({ phase: "unpacking", message: `${recipe.package} was fetched; unpacking`, bytes: size });
  const run = (args: readonly string[]): Promise<ProcessResult> =>
    search.session.world.run(dpkgDeb, args, {
      env: search.session.world.env,
      signal: search.session.options.signal,
    });
  const field = await run(["-f", deb, "Version"]);
  const root = join(folder, "root");
  const unpacked = await run(["-x", deb, root]);
  if (unpacked.exitCode !== 0) {
    throw new OrreryError(
      "DEBIAN_UNPACK_FAILED",
      `dpkg-deb -x of ${recipe.package} ended with ${ending(unpacked)}`,
    );
  }
  await rm(download, { recursive: true });
  return { version: field.output.trim() || "unknown", binaries: checkFiles(recipe, root) };
}

function tool({ search, recipe }: Making<DebianRecipe>, name: string): string {
  const path = findOnPath(name, search.session.world.env);
  if (path !== undefined) return path;
  throw new OrreryError(
    "DEBIAN_TOOLS_MISSING",
    `${name}, which gets the package ${recipe.package}, is not on the PATH`,
  );
}

async function fetchPackage(making: Making<DebianRecipe>, aptGet: string, into: string): Promise<string> {
  const { recipe, report } = making;
  const name = recipe.package;
  report({ phase: "downloading", message: `fetching the package ${name} by the machine's package lists` });
  const first = await download(making, { aptGet, into, options: [] });
  if (first.deb !== undefined) return first.deb;
  report({
    phase: "downloading",
    message: "the machine's package lists are missing or old; fetching private ones (no root needed)",
  });
  const options = await privateLists(making, aptGet);
  report({ phase: "downloading", message: `fetching the package ${name} by fresh package lists` });
  const second = await download(making, { aptGet, into, options });
  if (second.deb !== undefined) return second.deb;
  throw new OrreryError(
    "DEBIAN_PACKAGE_UNAVAILABLE",
    `apt-get download ${name} ended with ${ending(second.result)}`,
  );
}

async function download(
  { search, recipe }: Making<DebianRecipe>,
  call: { readonly aptGet: string; readonly into: string; readonly options: readonly string[] },
): Promise<{ readonly deb?: string; readonly result: ProcessResult }> {
  const { world, options } = search.session;
  const result = await world.run(call.aptGet, [...call.options, "download", recipe.package], {
    cwd: call.into,
    env: { ...world.env, LC_ALL: "C" },
    signal: options.signal,
  });
  const deb = (await readdir(call.into)).find((file) => file.endsWith(".deb"));
  return result.exitCode === 0 && deb !== undefined ? { deb: join(call.into, deb), result } : { result };
}

function checkFiles(recipe: DebianRecipe, root: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recipe.files).map(([name, path]) => {
      if (!isExecutable(join(root, path))) {
        throw new OrreryError(
          "DEBIAN_UNPACK_FAILED",
          `the package ${recipe.package} holds no executable file ${path}`,
        );
      }
      return [name, join("root", path)];
    }),
  );
}

/** How a process ended, with the last errors that it told. */
function ending(result: ProcessResult): string {
  const errors = result.output.split("\n").filter((line) => /^(E:|Err:|dpkg-deb: error)/.test(line));
  return [result.failure ?? `exit code ${result.exitCode}`, ...errors.slice(-2)].join(", ");
}
