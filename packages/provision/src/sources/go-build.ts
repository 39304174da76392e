import { copyFile, mkdir } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OrreryError, isOrreryError } from "@orrery/problems";
import { reasons } from "../attempt.ts";
import type { Installed } from "../installed.ts";
import type { GoBuildRecipe } from "../program-manifest.ts";
import { manifestOf } from "../program-catalog.ts";
import type { Made, Making } from "./making.ts";

/** How often a build tells how far it is, in milliseconds. */
const TELL_EVERY_MS = 3000;

/**
 * Builds a program with Go from the go.mod and go.sum that are pinned for it.
 *
 * The user's own GOPROXY, GOFLAGS, certificates and build cache hold, so that later builds are quick. Nothing that
 * the pinned files do not name is resolved (`-mod=readonly`), and no other toolchain is fetched behind our back.
 *
 * @throws {@link OrreryError} `GO_UNAVAILABLE`, `GO_BUILD_FAILED`.
 */
export async function buildWithGo(making: Making<GoBuildRecipe>): Promise<Made> {
  const { search, recipe, folder, report } = making;
  const { session } = search;
  const go = await findGo(making);
  const moduleFolder = join(folder, "module");
  await mkdir(moduleFolder);
  for (const file of ["go.mod", "go.sum", ...(recipe.sources ?? [])]) {
    await copyFile(join(session.recipesFolder, recipe.folder, file), join(moduleFolder, file));
  }
  report({
    phase: "building",
    message: `version ${recipe.version} is built with Go ${go.version} at ${go.path}`,
  });
  return session.goTurns(() =>
    session.makingTurns(async () => {
      const binaries: Record<string, string> = {};
      for (const [name, importPath] of Object.entries(recipe.packages)) {
        await build(making, go, { name, importPath, moduleFolder });
        binaries[name] = join("bin", name);
      }
      return { version: recipe.version, binaries };
    }),
  );
}

async function findGo({ search, recipe }: Making<GoBuildRecipe>): Promise<Installed> {
  const { session } = search;
  const goMod = readFileSync(join(session.recipesFolder, recipe.folder, "go.mod"), "utf8");
  const needed = /^go (\d\S*)$/m.exec(goMod)?.[1] ?? "1.21";
  const manifest = { ...manifestOf("go", session.catalog), versions: `>=${needed}` };
  try {
    return await session.need(manifest);
  } catch (cause) {
    if (!isOrreryError(cause)) throw cause;
    const why = reasons(cause).join("; ");
    throw new OrreryError("GO_UNAVAILABLE", `Go ${needed} or newer is needed to build it: ${why}`, { cause });
  }
}

async function build(
  { search, recipe, folder, report }: Making<GoBuildRecipe>,
  go: Installed,
  target: { readonly name: string; readonly importPath: string; readonly moduleFolder: string },
): Promise<void> {
  const { world, options } = search.session;
  let downloaded = 0;
  let compiled = 0;
  const tell = (): void =>
    report({ phase: "building", message: progressMessage(target.name, downloaded, compiled) });
  const ticker = setInterval(tell, TELL_EVERY_MS);
  try {
    tell();
    const result = await world.run(
      go.path,
      buildArguments(recipe, target.importPath, join(folder, "bin", target.name)),
      {
        cwd: target.moduleFolder,
        env: buildEnvironment(world.env),
        signal: options.signal,
        onLine: (line) => {
          if (line.startsWith("go: downloading ")) downloaded += 1;
          else if (isPackageLine(line)) compiled += 1;
        },
      },
    );
    if (result.exitCode === 0) return;
    const said = result.output
      .split("\n")
      .filter((line) => line && !line.startsWith("go: downloading ") && !isPackageLine(line));
    throw new OrreryError(
      "GO_BUILD_FAILED",
      `go build ${target.importPath} ended with ${result.failure ?? `exit code ${result.exitCode}`}: ${said.slice(-6).join(" | ").slice(-1000)}`,
    );
  } finally {
    clearInterval(ticker);
  }
}

function buildArguments(recipe: GoBuildRecipe, importPath: string, out: string): string[] {
  const variables = Object.entries(recipe.variables).map(([name, value]) => `-X ${name}=${value}`);
  const tags = recipe.tags.length > 0 ? ["-tags", recipe.tags.join(",")] : [];
  // -v names each package as it is compiled, which is the only progress that go tells.
  return [
    "build",
    "-v",
    "-mod=readonly",
    "-trimpath",
    "-p",
    "2",
    ...tags,
    "-ldflags",
    ["-s", "-w", ...variables].join(" "),
    "-o",
    out,
    importPath,
  ];
}

/** The user's environment, but for what would make the result differ from machine to machine. */
function buildEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return {
    ...env,
    CGO_ENABLED: "0",
    GOTOOLCHAIN: "local",
    GOWORK: "off",
    GO111MODULE: "on",
    GOOS: "",
    GOARCH: "",
  };
}

/** With -v, go writes the import path of each package alone on a line. */
function isPackageLine(line: string): boolean {
  return /^[\w./~-]+$/.test(line);
}

function progressMessage(name: string, downloaded: number, compiled: number): string {
  if (downloaded === 0 && compiled === 0) return `building ${name}; some minutes the first time`;
  if (compiled === 0) return `downloading the source of ${name}, ${downloaded} modules so far`;
  return `compiling ${name}, ${compiled} packages so far`;
}
