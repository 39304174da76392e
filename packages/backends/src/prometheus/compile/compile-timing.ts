import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import { durationSeconds } from "@orrery/query";
import type { Decoded, ScrapeJob } from "@orrery/telemetry";

/** Shortest interval that a product may ask for, in seconds. */
const SHORTEST_SECONDS = 1;

/** How often a job is scraped, as Prometheus's configuration has it; what is absent is the server's own. */
export interface ScrapeTiming {
  readonly scrape_interval?: string;
  readonly scrape_timeout?: string;
}

/** Carries interval and timeout over; a timeout past the interval, which no server would load, becomes the interval. */
export function compileTiming(job: ScrapeJob, serverInterval: string): Decoded<ScrapeTiming> {
  const problems: Problem[] = [];
  const changed = (message: string): undefined => {
    problems.push(problem("SCRAPE_VALUE_CHANGED", { message, severity: "warning", origin: job.origin }));
  };
  const valid = (name: string, text: string | undefined): string | undefined => {
    if (text === undefined) return undefined;
    const seconds = durationSeconds(text);
    if (seconds === undefined || seconds <= 0)
      return changed(
        `${name} ${JSON.stringify(text)} is no Prometheus duration above 0; the server's own is used`,
      );
    if (seconds >= SHORTEST_SECONDS || name === "timeout") return text;
    changed(`interval ${text} is shorter than ${SHORTEST_SECONDS}s, which is used`);
    return `${SHORTEST_SECONDS}s`;
  };
  const interval = valid("interval", job.interval);
  let timeout = valid("timeout", job.timeout);
  const longest = interval ?? serverInterval;
  if (timeout !== undefined && (durationSeconds(timeout) ?? 0) > (durationSeconds(longest) ?? Infinity)) {
    changed(`timeout ${timeout} is longer than the interval ${longest}, which is used`);
    timeout = longest;
  }
  return {
    value: {
      ...(interval === undefined ? {} : { scrape_interval: interval }),
      ...(timeout === undefined ? {} : { scrape_timeout: timeout }),
    },
    problems,
  };
}
