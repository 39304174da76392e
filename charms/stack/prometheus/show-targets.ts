import type { Action } from "@orrery/charm";

/** An entry of Prometheus's `/api/v1/targets`. @see Prometheus HTTP API, Targets. */
interface ActiveTarget {
  readonly discoveredLabels: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastScrape: string;
  readonly lastError: string;
}

/** `orrery run prometheus/0 show-targets`: what is scraped, and how the last scrape went. */
export const showTargets: Action = {
  description:
    "Shows what is scraped: job, unit, address, health, age of the last scrape, and why it failed.",
  params: {
    application: { type: "string", description: "Only targets of this application." },
    health: { type: "string", description: "Only targets that are up, down or unknown." },
  },
  async run(_view, params, { get }) {
    const ask = async <Answer>(path: string): Promise<Answer> => {
      const { status, body } = await get(path);
      if (status !== 200) throw new Error(`Prometheus answered ${status}: ${body.slice(0, 200)}`);
      return JSON.parse(body) as Answer;
    };
    const { data } = await ask<{ data: { activeTargets: readonly ActiveTarget[] } }>(
      "/api/v1/targets?state=active",
    );
    // The server's own clock, which wrote the times of its scrapes.
    const { data: clock } = await ask<{ data: { result: readonly [number, string] } }>(
      "/api/v1/query?query=time()",
    );
    const found = data.activeTargets.filter(
      ({ labels, health }) =>
        (params["application"] ?? labels["juju_application"]) === labels["juju_application"] &&
        (params["health"] ?? health) === health,
    );
    return { targets: found.map((target) => tell(target, Number(clock.result[1]))).toSorted(byJob) };
  },
};

interface Told extends Readonly<Record<string, string | undefined>> {
  readonly job: string;
  readonly unit?: string;
  readonly address: string;
}

function tell({ discoveredLabels, labels, health, lastScrape, lastError }: ActiveTarget, now: number): Told {
  const last = Date.parse(lastScrape) / 1000;
  const unit = labels["juju_unit"] ?? labels["juju_application"];
  return {
    job: labels["job"] ?? "",
    ...(unit === undefined ? {} : { unit }),
    address: discoveredLabels["__address__"] ?? "",
    health,
    ...(last > 0 ? { scraped: `${Math.max(0, now - last).toFixed(1)} s ago` } : {}),
    ...(lastError === "" ? {} : { error: lastError }),
  };
}

function byJob(a: Told, b: Told): number {
  const [left, right] = [a, b].map(({ job, unit = "", address }) => `${job} ${unit} ${address}`);
  return (left ?? "") < (right ?? "") ? -1 : 1;
}
