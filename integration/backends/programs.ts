import { spawnSync } from "node:child_process";
import { defaultCacheFolder, provision } from "@orrery/provision";

/** The programs that these tests run, by name: path and version. */
export type Programs = Readonly<Record<string, { readonly path: string; readonly version: string }>>;

const NAMES = ["prometheus", "promtool", "alertmanager", "amtool"];

/** Has the real programs, as the demo has them. */
export async function findPrograms(): Promise<Programs> {
  const had = await provision(NAMES, { cacheFolder: defaultCacheFolder(process.env) });
  return Object.fromEntries(
    NAMES.map((name) => {
      const found = had[name];
      if (!found) throw new Error(`${name} could not be had`);
      return [name, { path: found.binaries[name] ?? found.path, version: found.version }];
    }),
  );
}

/** Runs a checker's command on a file; gives what it says against it, nothing where it accepts. */
export function judge(command: readonly string[], path: string): string {
  const [program = "", ...args] = command.map((part) => part.replace("{}", path));
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? "" : `${error?.message ?? ""}${stdout}${stderr}`;
}
