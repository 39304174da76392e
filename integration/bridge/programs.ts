import { defaultCacheFolder, programCatalog, provision } from "@orrery/provision";
import type { Installed } from "@orrery/provision";

/** A Prometheus as the demo has it. */
export async function currentPrometheus(): Promise<Installed> {
  return only(await provision(["prometheus"], { cacheFolder: defaultCacheFolder(process.env) }));
}

/** Debian's Prometheus, which is older than scrape files. */
export async function debianPrometheus(): Promise<Installed> {
  const catalog = programCatalog
    .filter(({ name }) => name === "prometheus")
    .map((manifest) => ({
      ...manifest,
      name: "prometheus-of-debian",
      sources: manifest.sources.filter(({ kind }) => kind === "cache" || kind === "debian"),
    }));
  return only(
    await provision(["prometheus-of-debian"], { catalog, cacheFolder: defaultCacheFolder(process.env) }),
  );
}

function only(found: Readonly<Record<string, Installed>>): Installed {
  const [one] = Object.values(found);
  if (!one) throw new Error("no Prometheus could be had");
  return one;
}
