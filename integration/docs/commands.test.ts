import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { until, World } from "../world/world.ts";
import { commandForms, unknownIn } from "./command-forms.ts";
import { readPage } from "./read-page.ts";
import type { Page } from "./read-page.ts";
import { runPage } from "./run-page.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
/** Made from the commands themselves: its blocks are forms, such as `orrery deploy [options] <charm>`. */
const FORMS = "docs/reference/cli.md";

const texts = [...markdownBelow("docs"), ...markdownBelow("charms"), "README.md"]
  .filter((path) => path !== FORMS)
  .map((path) => ({ path, text: readFileSync(join(REPOSITORY, path), "utf8") }));
const pages = texts.map(({ path, text }) => ({ path, page: readPage(text) }));
const here = pages.filter(({ page }) => page.wholeRunBy === undefined && page.steps.some(isCommand));

test.for(here)("every command of $path does what the page says", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "reader-"));
  // The reader stands in a clone, which must stay as it is.
  symlinkSync(join(REPOSITORY, "charms"), join(folder, "charms"));
  try {
    expect(await (page.demo ? followedInDemo(page, folder) : followed(page, folder))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("what a page leaves to another test, that test is there for, and one of a whole page names it", () => {
  const faults = pages.flatMap(({ path, page: { runBy, wholeRunBy = [] } }) => [
    ...runBy.filter((by) => !existsSync(join(REPOSITORY, by))).map((by) => `${path}: there is no ${by}`),
    ...[wholeRunBy]
      .flat()
      .filter((by) => !readFileSync(join(REPOSITORY, by), "utf8").includes(path))
      .map((by) => `${path}: ${by} does not name it`),
  ]);

  expect(faults).toEqual([]);
});

test("a command that stands in a sentence is one that exists, with its options", () => {
  const forms = commandForms(readFileSync(join(REPOSITORY, FORMS), "utf8"));

  expect(texts.flatMap(({ path, text }) => unknownIn(text, forms).map((one) => `${path}: ${one}`))).toEqual(
    [],
  );
  expect(
    unknownIn("`orrery stauts`, `npx orrery verify --weight 5` and `orrery status --format json`", forms),
  ).toEqual(["orrery stauts", "orrery verify --weight"]);
});

test("a command that fails is told with its line, and hides none after it", async () => {
  const page = readPage(
    "# Page\n\n```sh\norrery explain NO_SUCH_CODE\norrery version\norrery version # exit code 2\n```\n",
  );
  const home = mkdtempSync(join(tmpdir(), "reader-"));
  const faults = await runPage(page, { folder: home, home });
  rmSync(home, { recursive: true, force: true });

  expect(faults.map((fault) => fault.split("\n")[0])).toEqual([
    "line 4: orrery explain NO_SUCH_CODE: ended with 1",
    "line 6: orrery version # exit code 2: ended with 0",
  ]);
});

/** Follows a page on an engine whose model is empty; gives what failed. */
async function followed(page: Page, folder: string): Promise<readonly string[]> {
  await using world = new World();
  mkdirSync(world.home, { recursive: true });
  await world.run("up");
  return await runPage(page, { folder, home: world.home });
}

/** The demo that the pages speak of: one for all of them, as a person has it running while reading one after the other. */
let demo: World | undefined;
afterAll(async () => await demo?.[Symbol.asyncDispose]());

/** Follows a page on the demo model, whose missing parts are made again first. A page that failed leaves none to the next. */
async function followedInDemo(page: Page, folder: string): Promise<readonly string[]> {
  if (!demo) {
    demo = new World();
    await demo.run("up");
  }
  const world = demo;
  await until("the demo verified", async () => (await world.try("demo", "--check")).code === 0, 590_000);
  const faults = await runPage(page, { folder, home: world.home });
  if (faults.length > 0) {
    await world[Symbol.asyncDispose]();
    demo = undefined;
  }
  return faults;
}

function isCommand({ kind }: Page["steps"][number]): boolean {
  return kind === "command";
}

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") && !path.includes("node_modules"))
    .map((path) => `${folder}/${path}`)
    .toSorted();
}
