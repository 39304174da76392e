import type { ScrapeJob } from "@orrery/telemetry";
import type { JobRead } from "./read-job.ts";

/**
 * Gives jobs of one name names of their own, `{name}_{digest}`, and leaves out what was sent twice.
 *
 * Only jobs that were taken count, so that a refused one renames no other. @see `_dedupe_job_names` upstream.
 */
export function distinctNames(read: readonly JobRead[]): readonly ScrapeJob[] {
  const times = new Map<string, Set<string>>();
  for (const { job, digest } of read) {
    if (job) times.set(job.name, (times.get(job.name) ?? new Set()).add(digest));
  }
  const jobs = new Map<string, ScrapeJob>();
  for (const { job, digest } of read) {
    if (!job) continue;
    const shared = (times.get(job.name)?.size ?? 0) > 1;
    const name = shared ? [job.name, digest].filter(Boolean).join("_") : job.name;
    if (!jobs.has(name)) jobs.set(name, shared ? { ...job, name } : job);
  }
  return [...jobs.values()];
}
