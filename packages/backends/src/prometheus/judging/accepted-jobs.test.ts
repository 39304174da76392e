import { problem } from "@orrery/problems";
import { expect, test } from "vitest";
import { sha256 } from "../../judging/rejections.ts";
import { SCRAPE_LIMITS } from "../capabilities.ts";
import { contributor } from "../compile/contributor.ts";
import { acceptedJobs } from "./accepted-jobs.ts";

const to = {
  version: "3.16.0",
  container: "prometheus",
  promtool: "promtool",
  ruleScoping: "strict",
  scrapeInterval: "1m",
  limits: SCRAPE_LIMITS,
} as const;
const identity = { model: "obs", modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713", application: "zinc" };
const plain = { name: "", path: "/metrics", scheme: "http", targets: [], origin: {} } as const;

function share(regex: string): ReturnType<typeof contributor> {
  const odd = { ...plain, name: "odd", relabelings: [{ action: "drop", sourceLabels: ["a"], regex }] };
  return contributor("k", { identity, scrapes: [odd, plain], ruleGroups: [] }, to);
}

test("a job that the checker refused is left out, alone, until it is another", () => {
  const bad = share("(");
  const path = bad.jobs[0]?.judged ?? "";
  const refused = {
    [path]: {
      digest: sha256(bad.files[path]?.content ?? ""),
      problem: problem("SCRAPE_JOB_REFUSED", { message: "no" }),
    },
  };

  expect(acceptedJobs([bad], refused).map(({ job_name: name }) => name)).toEqual([
    bad.jobs[1]?.config.job_name,
  ]);
  expect(acceptedJobs([share("x")], refused)).toHaveLength(2);
});
