import { lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileOutcome } from "@orrery/charm";
import { afterAll, expect, test } from "vitest";
import type { RunCommand } from "../process/run-command.ts";
import { ContainerFiles } from "./container-files.ts";
import { Cost } from "./cost.ts";
import type { LoadResult, Workload } from "./workload.ts";

const root = mkdtempSync(join(tmpdir(), "orrery-files-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

/** A checker that refuses every file in which it finds `bad`. */
const checker: RunCommand = async (command) => {
  const bad = command.slice(1).filter((path) => readFileSync(path, "utf8").includes("bad"));
  return {
    ran: true,
    exitCode: bad.length > 0 ? 1 : 0,
    stdout: "",
    stderr: bad.map((path) => `${path}: no`).join("\n"),
  };
};

/** A workload that reads its whole folder when it loads, and refuses some of what it may find. */
class Loading implements Workload {
  loads: string[] = [];
  seen: Record<string, string> = {};
  readonly #folder: string;
  readonly #refuses: (files: Readonly<Record<string, string>>) => string | undefined;

  constructor(
    folder: string,
    refuses: (files: Readonly<Record<string, string>>) => string | undefined = () => undefined,
  ) {
    this.#folder = join(folder, "current");
    this.#refuses = refuses;
  }

  readonly load = async (kind: string): Promise<LoadResult> => {
    this.loads.push(kind);
    const files = read(this.#folder);
    const words = this.#refuses(files);
    if (words !== undefined) return { state: "refused", words, by: "answer" };
    this.seen = files;
    return { state: "loaded" };
  };
}

function read(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (path: string): void => {
    for (const name of readdirSync(join(folder, path)).toSorted()) {
      const inside = path ? `${path}/${name}` : name;
      if (statSync(join(folder, inside)).isDirectory()) visit(inside);
      else found[inside] = readFileSync(join(folder, inside), "utf8");
    }
  };
  visit("");
  return found;
}

function container(): { folder: string; files: () => ContainerFiles } {
  count += 1;
  const folder = join(root, String(count));
  return { folder, files: () => new ContainerFiles({ folder, env: {}, run: checker }) };
}

async function publish(
  files: ContainerFiles,
  wanted: Record<string, FileOutcome>,
  workload: Workload,
): Promise<Cost> {
  const cost = new Cost();
  await files.stage(wanted, cost);
  await files.load(workload, cost);
  return cost;
}

const rules = (content: string, contributor = "a-1"): FileOutcome => ({
  content,
  contributor,
  check: { command: ["promtool", "{}"] },
});
const target = (content: string): FileOutcome => ({ content, onChange: "none" });

test("publishes files as one generation and live files beside them, in one folder", async () => {
  const { folder, files } = container();
  const workload = new Loading(folder);
  const publication = files();
  const cost = await publish(
    publication,
    {
      "main.yml": { content: "main", mode: "0600" },
      "rules/a.yml": rules("good"),
      "targets/a.json": target("[]"),
    },
    workload,
  );

  expect(workload.seen).toEqual({ "main.yml": "main", "rules/a.yml": "good", "targets/a.json": "[]" });
  expect(cost.counters).toMatchObject({ filesWritten: 3, filesChecked: 1 });
  expect(publication.published().applied).toMatch(/^[0-9a-f]{64}$/);
  expect(lstatSync(join(folder, "current/main.yml")).mode & 0o777).toBe(0o600);
});

test("replaces a live file in the very folder that the workload watches, without a load", async () => {
  const { folder, files } = container();
  const workload = new Loading(folder);
  const publication = files();
  const before = { "main.yml": { content: "main" }, "targets/a.json": target("[1]") };
  await publish(publication, before, workload);
  const watched = statSync(join(folder, "current/targets")).ino;
  const cost = await publish(
    publication,
    { ...before, "targets/a.json": target("[2]"), "targets/b.json": target("[]") },
    workload,
  );

  expect(workload.loads).toHaveLength(1);
  expect(cost.counters).toEqual({
    filesWritten: 2,
    bytesWritten: 5,
    filesRemoved: 0,
    filesChecked: 0,
    reloads: 0,
    restarts: 0,
  });
  expect(statSync(join(folder, "current/targets")).ino).toBe(watched);
  await publish(publication, { "main.yml": { content: "main" }, "targets/b.json": target("[]") }, workload);
  expect(workload.loads).toHaveLength(1);
  expect(readdirSync(join(folder, "current/targets"))).toEqual(["b.json"]);
});

test("writes nothing and loads nothing when nothing changed, also after a restart", async () => {
  const { folder, files } = container();
  const workload = new Loading(folder);
  const wanted = {
    "main.yml": { content: "main" },
    "rules/a.yml": rules("good"),
    "targets/a.json": target("[]"),
  };
  await publish(files(), wanted, workload);
  const before = files();
  const cost = await publish(before, wanted, workload);

  expect(cost.counters).toEqual(new Cost().counters);
  expect(workload.loads).toHaveLength(1);
  expect(before.published().applied).toBeDefined();
});

test("keeps a refused file at its last good content, or out, and all others go live", async () => {
  const { folder, files } = container();
  const workload = new Loading(folder);
  const publication = files();
  await publish(publication, { "rules/a.yml": rules("good 1"), "rules/b.yml": rules("good 1") }, workload);
  const wanted = {
    "rules/a.yml": { ...rules("bad"), origin: { application: "shop" } },
    "rules/b.yml": rules("good 2"),
    "rules/c.yml": rules("bad"),
  };
  const cost = await publish(publication, wanted, workload);

  expect(workload.seen).toEqual({ "rules/a.yml": "good 1", "rules/b.yml": "good 2" });
  expect(cost.counters).toMatchObject({ filesChecked: 3 });
  expect(publication.published().rejected).toMatchObject({
    "rules/a.yml": {
      problem: {
        code: "FILE_REJECTED",
        origin: { application: "shop" },
        message: expect.stringContaining("rules/a.yml: no"),
      },
    },
    "rules/c.yml": { problem: { code: "FILE_REJECTED" } },
  });
  const again = await publish(files(), wanted, workload);
  expect(again.counters).toEqual(new Cost().counters);
  const { rejected } = publication.published();
  await publish(publication, { ...wanted, "rules/a.yml": rules("good 3") }, workload);
  expect(Object.keys(rejected)).toEqual(["rules/a.yml", "rules/c.yml"]);
  expect(Object.keys(publication.published().rejected)).toEqual(["rules/c.yml"]);
  expect(workload.seen["rules/a.yml"]).toBe("good 3");
});

test("goes back to what was good when the whole is refused, and names the contributor", async () => {
  const { folder, files } = container();
  // What each checker accepts alone, the workload refuses: two contributors may not say the same.
  const workload = new Loading(folder, (found) => {
    const said = Object.entries(found)
      .filter(([path]) => path.startsWith("rules/"))
      .map(([, content]) => content);
    return new Set(said).size === said.length ? undefined : "twice the same";
  });
  const publication = files();
  await publish(publication, { "main.yml": { content: "1" }, "rules/a.yml": rules("one", "a-1") }, workload);
  const wanted = {
    "main.yml": { content: "2" },
    "rules/a.yml": rules("one", "a-1"),
    "rules/b.yml": rules("one", "b-2"),
    "rules/c.yml": rules("three", "c-3"),
  };
  await publish(publication, wanted, workload);

  expect(workload.seen).toEqual({ "main.yml": "2", "rules/a.yml": "one", "rules/c.yml": "three" });
  expect(publication.published()).toMatchObject({
    rejected: { "rules/b.yml": { problem: { message: expect.stringContaining("twice the same") } } },
    applied: expect.any(String),
  });
  expect(Object.keys(publication.published().rejected)).toEqual(["rules/b.yml"]);
  const loads = workload.loads.length;
  await publish(files(), wanted, workload);
  expect(workload.loads).toHaveLength(loads);
  expect(readdirSync(join(folder, "generations"))).toHaveLength(1);
});

test("blames nobody and claims nothing while the workload does not answer", async () => {
  const { folder, files } = container();
  const publication = files();
  const wanted = { "rules/a.yml": rules("one") };
  await publish(publication, wanted, {
    load: () => Promise.resolve({ state: "unknown", why: "it does not answer" }),
  });

  expect(publication.published()).toEqual({ rejected: {} });
  const workload = new Loading(folder);
  await publish(publication, wanted, workload);
  expect(publication.published().applied).toBeDefined();
});

test("restarts for what calls for it, also when it goes away", async () => {
  const { folder, files } = container();
  const workload = new Loading(folder);
  const publication = files();
  const wanted = {
    "main.yml": { content: "1" },
    "flags.txt": { content: "1", onChange: "restart" as const },
  };
  await publish(publication, wanted, workload);
  await publish(publication, { ...wanted, "main.yml": { content: "2" } }, workload);
  await publish(publication, { ...wanted, "flags.txt": { content: "2", onChange: "restart" } }, workload);
  await publish(files(), { "main.yml": { content: "1" } }, workload);

  expect(workload.loads).toEqual(["reload", "reload", "restart", "restart"]);
});

test("never writes through a symbolic link, nor outside its folder", async () => {
  const { folder, files } = container();
  const outside = mkdtempSync(join(root, "outside-"));
  const workload = new Loading(folder);
  const publication = files();
  await publish(publication, { "targets/a.json": target("1") }, workload);
  rmSync(join(folder, "live/targets"), { recursive: true });
  symlinkSync(outside, join(folder, "live/targets"));
  await publish(publication, { "targets/a.json": target("2"), "../up.yml": { content: "x" } }, workload);

  expect(readdirSync(outside)).toEqual([]);
  expect(readFileSync(join(folder, "live/targets/a.json"), "utf8")).toBe("2");
  expect(publication.published().rejected["../up.yml"]?.problem.code).toBe("FILE_PATH_CONFLICT");
});

test("leaves out the longer of two paths that exclude each other", async () => {
  const { folder, files } = container();
  const workload = new Loading(folder);
  const publication = files();
  await publish(publication, { a: { content: "1" }, "a/b": target("2") }, workload);

  expect(workload.seen).toEqual({ a: "1" });
  expect(Object.keys(publication.published().rejected)).toEqual(["a/b"]);
});

test("leaves everything as it was when the disk is full, and goes on when there is room again", async () => {
  const { folder, files } = container();
  const workload = new Loading(folder);
  await publish(files(), { "main.yml": { content: "1" } }, workload);
  const full = new ContainerFiles({
    folder,
    env: {},
    run: checker,
    at: () => {
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    },
  });

  await expect(publish(full, { "main.yml": { content: "2" } }, workload)).rejects.toMatchObject({
    code: "ENOSPC",
  });
  expect(read(join(folder, "current"))).toEqual({ "main.yml": "1" });
  expect(readdirSync(join(folder, "generations"))).toEqual(["1"]);
  await publish(files(), { "main.yml": { content: "2" } }, workload);
  expect(workload.seen).toEqual({ "main.yml": "2" });
});
