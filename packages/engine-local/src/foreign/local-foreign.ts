import { hostname, networkInterfaces } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { ForeignBackend, WritableSite } from "@orrery/charm";
import type { ForeignSystems } from "@orrery/engine";
import { foreignHttp } from "./foreign-http.ts";
import { localFolder } from "./local-folder.ts";

/** The backends of systems that we do not run, each loaded when a charm first names it. */
const doors: Readonly<Record<string, () => Promise<ForeignBackend<unknown>>>> = {
  "prometheus-files": async () => (await import("@orrery/backends/prometheus-files")).prometheusFiles,
};

/** Reaches foreign systems over HTTP, and by folders of this machine. */
export const localForeign: ForeignSystems = {
  open: async ({ backend: name, connection, credentials, mark }) => {
    const backend = Object.hasOwn(doors, name) ? await doors[name]?.() : undefined;
    if (!backend) return undefined;
    const { url = "", "ca-certificate": ca } = connection;
    const { get, post } = foreignHttp({ url, credentials, ...(ca === undefined ? {} : { ca }) });
    const site: WritableSite = {
      connection,
      mark,
      get,
      post,
      look: localFolder,
      folder: localFolder,
      machine: { hostname: hostname(), addresses: ownAddresses() },
    };
    return {
      place: backend.place(connection),
      discover: async () => await backend.discover(site),
      store: () => backend.store(site),
      get,
    };
  },
  pause: async (ms) => await sleep(ms),
};

function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => address));
}
