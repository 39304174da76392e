import type { FolderFile, HttpGet, Intake, ObjectStore, WritableSite } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { askFlags } from "../discover/ask-server.ts";
import { reloadOf } from "../discover/reload.ts";
import { bearsMark } from "../marked.ts";
import { isWatched, kindOf } from "../object-kind.ts";
import { settled } from "./settled.ts";

/** Longest time until a server has seen a file that it watches, in milliseconds: it looks again every 30 s where nothing tells it. */
const WATCHED_MS = 90_000;

/** The files of a folder that bear a connection's mark, and the server that reads them. */
export function fileStore(site: WritableSite): ObjectStore {
  const { url = "", directory = "" } = site.connection;
  if (directory === "")
    throw new OrreryError("EXTERNAL_NO_DIRECTORY", "connection names no folder for our files");
  const folder = site.folder(directory);
  const ours = async (name: string): Promise<FolderFile | undefined> => {
    if (kindOf(name) === undefined)
      throw theirs(directory, name, "is none of the names that the bridge uses");
    const found = await folder.read(name);
    if (found && !bearsMark(site.mark, found.content))
      throw theirs(directory, name, "does not bear this connection's mark");
    return found;
  };
  return {
    list: async () => {
      const names = (await folder.list()).filter((name) => kindOf(name) !== undefined);
      const found = await Promise.all(names.map(async (name) => [name, await folder.read(name)] as const));
      return found.flatMap(([name, file]) => (file && bearsMark(site.mark, file.content) ? [name] : []));
    },
    read: async (key) => await ours(key),
    write: async (key, content, ifVersion) => {
      if (typeof content !== "string" || !bearsMark(site.mark, content))
        throw new OrreryError(
          "EXTERNAL_WRITE_FAILED",
          `content of ${key} is no text that bears this connection's mark`,
        );
      await ours(key);
      await folder.write(key, content, ifVersion);
    },
    delete: async (key, ifVersion) => {
      await ours(key);
      await folder.remove(key, ifVersion);
    },
    tidy: async (keys) => await folder.tidy(keys),
    intake: async (keys): Promise<Intake> =>
      keys.every(isWatched)
        ? { by: "itself", withinMs: WATCHED_MS }
        : reloadOf(await askFlags(url, site.get)),
    load: async () => {
      const { status, body } = await askToReload(url, site.post);
      if (status >= 200 && status < 300) return;
      const words = body.trim().replaceAll(/\s+/g, " ").slice(0, 500) || "(no words)";
      throw new OrreryError(
        "EXTERNAL_REFUSED",
        `server at ${url} refused to read its configuration again (${status}): ${words}`,
      );
    },
    settled: async (changes) => await settled(url, changes, site.get),
  };
}

async function askToReload(url: string, post: HttpGet): Promise<Awaited<ReturnType<HttpGet>>> {
  try {
    return await post(`${url}/-/reload`);
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError(
      "EXTERNAL_UNREACHABLE",
      `server at ${url} did not answer when it was asked to reload: ${told}`,
      { cause },
    );
  }
}

function theirs(directory: string, name: string, why: string): OrreryError {
  return new OrreryError("EXTERNAL_OBJECT_THEIRS", `file ${name} in ${directory} ${why}`);
}
