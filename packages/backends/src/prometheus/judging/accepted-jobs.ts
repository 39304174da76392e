import type { Rejected } from "../../judging/rejections.ts";
import { rejections } from "../../judging/rejections.ts";
import type { ScrapeConfig } from "../compile/compile-job.ts";
import type { PrometheusContribution } from "../compile/contributor.ts";

/** Gives the jobs for the main file: all but those that the checker refused as they now stand. */
export function acceptedJobs(
  contributions: readonly PrometheusContribution[],
  rejected: Rejected,
): readonly ScrapeConfig[] {
  return contributions.flatMap(({ jobs, files }) =>
    jobs
      .filter(({ judged }) => judged === undefined || !isRefused(judged, files, rejected))
      .map(({ config }) => config),
  );
}

function isRefused(path: string, files: PrometheusContribution["files"], rejected: Rejected): boolean {
  const [file, found] = [files[path], rejected[path]];
  return (
    file !== undefined && found !== undefined && rejections({ [path]: file }, { [path]: found }).length > 0
  );
}
