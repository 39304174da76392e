import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readPage } from "../docs/read-page.ts";
import { runPage } from "../docs/run-page.ts";
import { World, until } from "../world/world.ts";
import { ForeignServer } from "./foreign-server.ts";
import { currentPrometheus } from "./programs.ts";

const PAGE = fileURLToPath(new URL("../../docs/how-to/use-the-prometheus-that-you-have.md", import.meta.url));

test("a reader of docs/how-to/use-the-prometheus-that-you-have.md gets what it says, and leaves as they came", async () => {
  const { path: program } = await currentPrometheus();
  await using world = new World();
  await using server = await new ForeignServer({
    program,
    address: "127.0.17.20:9090",
    flags: ["--web.enable-lifecycle"],
    includes: "nothing",
    jobs: '  - { job_name: shop, static_configs: [{ targets: ["127.0.17.20:9090"] }] }',
  }).start();
  await until("its job's first scrape", async () => (await server.pools()).includes("shop"));
  server.include("scrape-files");
  const withLines = readFileSync(server.configuration, "utf8");
  server.include("nothing");
  const [files, reported] = [server.files(), await server.reported()];
  const folder = mkdtempSync(join(tmpdir(), "reader-"));
  try {
    const faults = await runPage(readPage(readFileSync(PAGE, "utf8")), {
      folder,
      home: world.home,
      environment: {
        PROMETHEUS: server.url,
        DIRECTORY: server.directory,
        ADD_THE_LINES: `printf '%s' "$WITH_LINES" > ${server.configuration} && node -e 'fetch("${server.url}/-/reload", { method: "POST" })'`,
        WITH_LINES: withLines,
      },
    });
    expect(faults).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect((await server.reported()).targets).toEqual(reported.targets);
  // The reader takes the lines out again, when they like.
  server.include("nothing");
  server.reload();
  await until(
    "what the server had",
    async () => (await server.reported()).rules.length === reported.rules.length,
  );

  expect(server.files()).toEqual(files);
  expect(await server.reported()).toEqual(reported);
});
