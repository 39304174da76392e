import type { Reader } from "@orrery/charm";

/** What a host asks of a backend: that it reads, and perhaps confirms. */
export type LoadBackend = (name: string) => Promise<Reader | undefined>;

/** The backends of this host, each loaded when a charm first names it. */
const doors: Readonly<Record<string, () => Promise<Reader>>> = {
  prometheus: async () => (await import("@orrery/backends/prometheus")).prometheus,
  alertmanager: async () => (await import("@orrery/backends/alertmanager")).alertmanager,
  loki: async () => (await import("@orrery/backends/loki")).loki,
};

/** Finds a backend by the name of its door; nothing for a name that is none. */
export const loadBackend: LoadBackend = async (name) =>
  Object.hasOwn(doors, name) ? await doors[name]?.() : undefined;
