import { readFileSync } from "node:fs";
import type { Folder, HttpGet, WritableSite } from "@orrery/charm";

/** The versions whose answers were recorded. */
export type Recorded = "3.16" | "2.42";

/** Where recorded servers answer. */
export const URL_OF_RECORDED = "http://127.0.0.1:9090";

const FIXTURES = new URL("../../test/fixtures/", import.meta.url);

/** Answers as a real server of this version did; `change` makes another one of what it answered, by the last part of the path. */
export function recordedServer(
  version: Recorded,
  change: (name: string, answer: unknown) => unknown = (_, answer) => answer,
): { readonly get: HttpGet; readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    get: async (url) => {
      asked.push(url);
      const name = /([a-z_]+)(?:\?.*)?$/.exec(url)?.[1] ?? "";
      const recorded: unknown = JSON.parse(
        readFileSync(new URL(`prometheus-${version}/${name}.json`, FIXTURES), "utf8"),
      );
      const body = change(name, recorded);
      return body === undefined
        ? { status: 404, body: "not found" }
        : { status: 200, body: JSON.stringify(body) };
    },
  };
}

/** A site with an empty folder that takes what is written. */
export function siteOf(get: HttpGet, connection: Readonly<Record<string, string>> = {}): WritableSite {
  const files = new Map<string, string>();
  const folder = (): Folder => ({
    fault: async () => undefined,
    list: async () => [...files.keys()].toSorted(),
    read: async (name) => {
      const content = files.get(name);
      return content === undefined ? undefined : { content, version: content };
    },
    write: async (name, content) => void files.set(name, content),
    remove: async (name) => void files.delete(name),
    tidy: async () => undefined,
  });
  return {
    connection: { url: URL_OF_RECORDED, directory: "/etc/prometheus/orrery.d", ...connection },
    mark: "orrery 00000000-0000-4000-8000-000000000000/bridge/target",
    get,
    post: async () => ({ status: 200, body: "" }),
    look: folder,
    folder,
    machine: { hostname: "monitor", addresses: ["127.0.0.1", "10.0.0.5"] },
  };
}
