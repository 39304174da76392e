import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../workspace/read-workspace.ts";
import { readTaskMap } from "./read-task-map.ts";

const rows = readTaskMap(readFileSync(join(repositoryRoot, "README.md"), "utf8"));

test.for([
  "scrape option",
  "backend",
  "CLI verb",
  "store",
  "rule lint",
  "hook tool",
  "status colour",
  "program source",
  "product",
  "relation interface",
])("the README's map says where %s belongs, and the folder is there", (task) => {
  const row = rows.find((each) => each.task.includes(task));

  expect(row?.folders).not.toEqual([]);
  for (const folder of row?.folders ?? ["missing"])
    expect(existsSync(join(repositoryRoot, folder)), folder).toBe(true);
});
