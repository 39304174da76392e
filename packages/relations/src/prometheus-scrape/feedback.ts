import type { Problem } from "@orrery/problems";
import { tell } from "../reporting/tell.ts";

/** What a scraper tells the application that it scrapes: texts for its author, absent when all was taken. */
export interface ScrapeFeedback {
  /** What was wrong with rules. */
  readonly errors?: string;
  /** What was wrong with jobs and targets. */
  readonly scrapeJobErrors?: string;
}

/** Makes feedback of what a relation's data was found wrong in; warnings are not among it. */
export function feedback(problems: readonly Problem[]): ScrapeFeedback {
  const errors = problems.filter(({ severity }) => severity === "error");
  const jobs = errors.filter(isAboutJobs);
  const rules = errors.filter((found) => !isAboutJobs(found));
  return {
    ...(rules.length === 0 ? {} : { errors: tell(rules) }),
    ...(jobs.length === 0 ? {} : { scrapeJobErrors: tell(jobs) }),
  };
}

/** What codes about jobs and targets start with. */
const JOB_CODES = ["SCRAPE_", "EXTERNAL_JOB_", "EXTERNAL_TARGET_"];

function isAboutJobs({ code, origin }: Problem): boolean {
  return (
    JOB_CODES.some((start) => code.startsWith(start)) ||
    origin.item === "scrape_jobs" ||
    origin.item === "scrape_metadata"
  );
}
