import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type {
  ProgramManifest,
  ProgressEvent,
  ProvisionOptions,
  SourceRecipe,
  Surroundings,
} from "../src/index.ts";

/** A machine of its own for one test: a PATH of shell scripts, a cache, and everything that was told. */
export interface Sandbox extends AsyncDisposable {
  readonly folder: string;
  readonly cacheFolder: string;
  readonly events: ProgressEvent[];
  /** Writes an executable shell script, on the PATH unless the name is a path, and gives its path. */
  script(name: string, body: string): Promise<string>;
  /** Writes a file in the sandbox's folder. */
  write(name: string, content: string): Promise<string>;
  /** The lines of a log that scripts append to; none when it is absent. */
  log(name: string): Promise<string[]>;
  options(
    manifest: ProgramManifest,
    world?: Partial<Surroundings>,
    more?: Partial<ProvisionOptions>,
  ): ProvisionOptions;
}

/** Opens a sandbox; it is removed at the end of the test's scope. */
export async function openSandbox(): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), "orrery-provision-"));
  const events: ProgressEvent[] = [];
  const write = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  };
  return {
    folder,
    cacheFolder: join(folder, "cache"),
    events,
    write,
    script: async (name, body) => {
      const path = await write(name.includes("/") ? name : join("bin", name), `#!/bin/sh\n${body}\n`);
      await chmod(path, 0o755);
      return path;
    },
    log: async (name) => {
      const text = await readFile(join(folder, name), "utf8").catch(() => "");
      return text.split("\n").filter(Boolean);
    },
    options: (manifest, world = {}, more = {}) => ({
      cacheFolder: join(folder, "cache"),
      recipesFolder: join(folder, "recipes"),
      catalog: [manifest, fakeGo],
      onProgress: (event) => events.push(event),
      surroundings: { env: { PATH: join(folder, "bin") }, platform: "linux-amd64", ...world },
      ...more,
    }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The manifest of `demo`, a program that tells its version; 1.x is accepted. */
export function demo(sources: readonly SourceRecipe[], more: Partial<ProgramManifest> = {}): ProgramManifest {
  return {
    name: "demo",
    summary: "a program for tests",
    versions: ">=1.0 <2",
    binaries: [{ name: "demo" }],
    probe: { arguments: ["--version"], says: /demo, version (\S+)/ },
    sources,
    ...more,
  };
}

/** What a `demo` script says. */
export function demoScript(version: string): string {
  return `echo "demo, version ${version}"`;
}

const fakeGo: ProgramManifest = {
  name: "go",
  summary: "a Go for tests",
  versions: ">=1.21",
  binaries: [{ name: "go" }],
  probe: { arguments: ["version"], says: /go version go(\S+)/ },
  sources: [{ kind: "path" }],
};
