import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { OrreryError } from "@orrery/problems";
import { withLock } from "../cache/with-lock.ts";
import type { DebianRecipe } from "../program-manifest.ts";
import type { Making } from "./making.ts";

/** How old private package lists may be before they are fetched again, in milliseconds: one hour. */
const FRESH_MS = 60 * 60 * 1000;

/**
 * Fetches package lists into a folder of the cache, without root, and gives the options by which apt-get uses them.
 *
 * The machine's own sources, keys and proxy settings hold. Of several processes one fetches, the others wait for it.
 *
 * @throws {@link OrreryError} `DEBIAN_LISTS_UNAVAILABLE`.
 */
export async function privateLists(making: Making<DebianRecipe>, aptGet: string): Promise<readonly string[]> {
  const { session } = making.search;
  const folder = join(session.options.cacheFolder, "apt");
  const lists = join(folder, "lists");
  const options = aptOptions(folder, lists);
  const { signal } = session.options;
  const onWait = (): void =>
    making.report({ phase: "waiting", message: "package lists are being fetched already; waiting for them" });
  return withLock(join(folder, "apt.lock"), { onWait, signal }, async () => {
    if (await isFresh(lists, session.world.now())) return options;
    await mkdir(join(lists, "partial"), { recursive: true });
    await mkdir(join(folder, "archives", "partial"), { recursive: true });
    const result = await session.world.run(aptGet, [...options, "update"], {
      env: { ...session.world.env, LC_ALL: "C" },
      signal,
    });
    // The exit code alone does not tell: hooks of the machine that need root fail although the lists arrived.
    if (await isFresh(lists, session.world.now())) return options;
    const said = result.output
      .split("\n")
      .filter((line) => /^(E:|Err:|W:)/.test(line))
      .slice(-2);
    throw new OrreryError(
      "DEBIAN_LISTS_UNAVAILABLE",
      `apt-get update ended with ${[result.failure ?? `exit code ${result.exitCode}`, ...said].join(", ")}, and no package lists arrived`,
    );
  });
}

function aptOptions(folder: string, lists: string): string[] {
  const settings = {
    "Dir::State::lists": lists,
    "Dir::Cache": folder,
    "Debug::NoLocking": "1",
    // As root, apt would hand the download to a user who cannot write here.
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
    "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
}

async function isFresh(lists: string, now: number): Promise<boolean> {
  try {
    for (const name of await readdir(lists)) {
      // A list keeps its publisher's date as modification time; the change time is when it came here.
      if (name.includes("_Packages") && now - (await stat(join(lists, name))).ctimeMs < FRESH_MS) return true;
    }
    return false;
  } catch {
    return false;
  }
}
