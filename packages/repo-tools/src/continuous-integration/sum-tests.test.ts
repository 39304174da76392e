import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { repositoryRoot } from "../workspace/read-workspace.ts";

const folder = mkdtempSync(join(tmpdir(), "orrery-sum-"));
const passed = { status: "passed", fullName: "works" };
const good = report("good", {
  success: true,
  testResults: [{ name: "a.test.ts", status: "passed", assertionResults: [passed, passed] }],
});

afterAll(() => rmSync(folder, { recursive: true }));

test("reports are added up in one closing line", () => {
  const skip = { status: "skipped", fullName: "reads systemd (needs a user bus)" };
  const other = report("other", {
    success: true,
    testResults: [{ name: "b.test.ts", status: "passed", assertionResults: [passed, skip] }],
  });

  expect(sum(good, other)).toEqual({ code: 0, last: "3 passed, 0 failed, 1 skipped" });
});

test.for([
  { what: "a missing report", file: join(folder, "missing.json"), last: "2 passed, 1 failed, 0 skipped" },
  {
    what: "a report without a test",
    file: report("none", { success: true, testResults: [] }),
    last: "2 passed, 1 failed, 0 skipped",
  },
  {
    what: "a file that does not load",
    file: report("broken", {
      success: false,
      testResults: [{ name: "c.test.ts", status: "failed", message: "x", assertionResults: [] }, one()],
    }),
    last: "3 passed, 1 failed, 0 skipped",
  },
  {
    what: "a skip without a reason",
    file: report("skip", { success: true, testResults: [one({ status: "skipped", fullName: "later" })] }),
    last: "2 passed, 1 failed, 0 skipped",
  },
  {
    what: "an error outside the tests",
    file: report("outside", { success: false, testResults: [one()] }),
    last: "3 passed, 1 failed, 0 skipped",
  },
])("$what is a failure", ({ file, last }) => {
  expect(sum(good, file)).toEqual({ code: 1, last });
});

test("a phase that failed without a test is a failure", () => {
  expect(sum("--failed-phase", "lint", good)).toEqual({ code: 1, last: "2 passed, 1 failed, 0 skipped" });
});

function one(result: object = passed): object {
  return { name: "d.test.ts", status: "passed", assertionResults: [result] };
}

function report(name: string, content: object): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

function sum(...args: string[]): { code: number | null; last: string | undefined } {
  const ended = spawnSync(process.execPath, [join(repositoryRoot, ".ci/sum-tests.mjs"), ...args], {
    encoding: "utf8",
  });
  return { code: ended.status, last: ended.stdout.trim().split("\n").at(-1) };
}
