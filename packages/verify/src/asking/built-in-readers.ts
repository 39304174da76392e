import type { Reader } from "@orrery/charm";

const doors: Readonly<Record<string, () => Promise<Reader>>> = {
  prometheus: async () => (await import("@orrery/backends/prometheus")).prometheus,
  "prometheus-files": async () => (await import("@orrery/backends/prometheus-files")).prometheusFiles,
  alertmanager: async () => (await import("@orrery/backends/alertmanager")).alertmanager,
  loki: async () => (await import("@orrery/backends/loki")).loki,
};

/** Finds a reader among the doors of `@orrery/backends`, loading that door alone. */
export async function builtInReader(backend: string): Promise<Reader | undefined> {
  return Object.hasOwn(doors, backend) ? await doors[backend]?.() : undefined;
}
