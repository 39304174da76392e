import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { examplePlan } from "./example-plan.test-support.ts";
import { writePlan } from "./write-plan.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "orrery-plan-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("all that is wanted is written with a page about it; what an earlier plan wanted goes, and nothing else", () => {
  writePlan(folder, examplePlan);
  writeFileSync(join(folder, "mine.txt"), "mine");
  const { "sd-a.yml": gone, ...objects } = examplePlan.objects;
  const written = writePlan(folder, { ...examplePlan, objects });

  expect(gone).toBeDefined();
  expect(written).toEqual({ folder, files: ["rules-a.yml"], removed: 1 });
  expect(readdirSync(folder).toSorted()).toEqual(["README.md", "mine.txt", "rules-a.yml"]);
  const page = readFileSync(join(folder, "README.md"), "utf8");
  expect(page).toContain("EXTERNAL_CONFIG_REFUSED");
  expect(page).toContain("EXTERNAL_JOB_NOT_CARRIED");
});

test.for(["README.md", "rules-a.yml"])(
  "what stands in the place of %s and is no plan's is not written over",
  (name) => {
    writeFileSync(join(folder, name), "mine");

    expect(() => writePlan(folder, examplePlan)).toThrow(
      expect.objectContaining({ code: "CLI_PLAN_FOLDER" }),
    );
    expect(readdirSync(folder)).toEqual([name]);
  },
);

test("a link in the place of a file leads nowhere", () => {
  const target = join(folder, "elsewhere");
  symlinkSync(target, join(folder, "rules-a.yml"));

  expect(() => writePlan(folder, examplePlan)).toThrow(expect.objectContaining({ code: "CLI_PLAN_FOLDER" }));
});
