import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SCRAPE_LIMITS, acceptedJobs, mainFile, prometheus } from "@orrery/backends/prometheus";
import type { FileOutcome } from "@orrery/charm";
import { problem } from "@orrery/problems";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHash } from "node:crypto";
import { until } from "../world/world.ts";
import { http } from "./http.ts";
import { findPrograms, judge } from "./programs.ts";
import type { Programs } from "./programs.ts";
import { identity, plain, strangers } from "./strangers.ts";

const folder = mkdtempSync(join(tmpdir(), "orrery-strangers-"));
let programs: Programs;
beforeAll(async () => {
  programs = await findPrograms();
});
afterAll(() => rmSync(folder, { recursive: true }));

test("no job of any stranger keeps the server from loading everybody else's", () => {
  const to = {
    version: programs["prometheus"]?.version ?? "",
    container: "prometheus",
    promtool: programs["promtool"]?.path ?? "",
    ruleScoping: "strict",
    scrapeInterval: "1m",
    limits: SCRAPE_LIMITS,
  } as const;
  const shared = { scrapeInterval: "1m", scrapeTimeout: "10s", evaluationInterval: "1m", alertmanagers: [] };
  const all = strangers.map((stranger, index) =>
    prometheus.contributor(
      `s${index}`,
      {
        identity,
        scrapes: [
          { ...plain, ...stranger },
          { ...plain, name: "fine" },
        ],
        ruleGroups: [],
      },
      to,
    ),
  );
  const rejected = Object.fromEntries(
    all
      .flatMap(({ files }) => Object.entries(files))
      .flatMap(([path, file]) => {
        const told = write(path, file);
        const digest = createHash("sha256").update(file.content).digest("hex");
        return told === ""
          ? []
          : [[path, { digest, problem: problem("SCRAPE_JOB_REFUSED", { message: told }) }]];
      }),
  );
  const jobs = acceptedJobs(all, rejected);

  expect(Object.keys(rejected).length).toBeGreaterThan(0);
  expect(jobs.filter(({ job_name: name }) => name.includes("_fine/"))).toHaveLength(strangers.length);
  expect(write("prometheus.yml", mainFile(shared, jobs, to).file)).toBe("");
  expect(judge([to.promtool, "check", "config", "{}"], join(folder, "prometheus.yml"))).toBe("");
});

test("a server that has loaded the strangers' jobs is known to have them, whatever texts they hold", async () => {
  const url = "http://127.0.9.1:9090";
  const server = spawn(
    programs["prometheus"]?.path ?? "",
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=${new URL(url).host}`,
    ],
    { stdio: "ignore" },
  );
  const ended = new Promise((resolve) => server.once("exit", resolve));
  try {
    const files = { "prometheus.yml": readFileSync(join(folder, "prometheus.yml"), "utf8") };
    await until(
      "the files confirmed",
      async () => (await prometheus.confirm?.(url, files, http)) === "applied",
      20_000,
    );
    const less = {
      "prometheus.yml": files["prometheus.yml"].replace('"tier"', '"tire"').replace("/~", "/-"),
    };
    expect(await prometheus.confirm?.(url, less, http)).toBe("stale");
  } finally {
    server.kill();
    await ended;
  }
});

/** Puts a file where it belongs, and gives what its checker says against it. */
function write(path: string, file: FileOutcome): string {
  const at = join(folder, path);
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, file.content);
  return file.check ? judge(file.check.command, at) : "";
}
