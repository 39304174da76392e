import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProgressEvent } from "@orrery/provision";
import { defaultCacheFolder, formatProgress, inspectPrograms, provision } from "@orrery/provision";
import { expect, test } from "vitest";

/** Long enough for a cold Go build on a small machine, in milliseconds. */
const COLD_MS = 900_000;

test(
  "runit and node_exporter come from their Debian packages into an empty cache, and again without any process",
  { timeout: 120_000 },
  async () => {
    const cacheFolder = await mkdtemp(join(tmpdir(), "orrery-cache-"));
    try {
      const env = { ...process.env, ORRERY_PROGRAM_RUNIT: "", ORRERY_PROGRAM_NODE_EXPORTER: "" };
      const first = await provision(["runit", "node_exporter"], { cacheFolder, surroundings: { env } });

      expect(execFileSync(first["node_exporter"]?.path ?? "", ["--version"], { encoding: "utf8" })).toContain(
        "node_exporter",
      );
      const { runsvdir = "", runsv = "", sv = "", svlogd = "", chpst = "" } = first["runit"]?.binaries ?? {};
      for (const binary of [runsvdir, runsv, sv, svlogd, chpst])
        expect(spawnSync(binary).stderr.toString()).toContain("usage: ");

      // Whatever the machine's PATH has comes before the cache, so that only what was made can be asked for again.
      const made = Object.values(first).filter(({ path }) => path.startsWith(cacheFolder));
      const second = await provision(
        made.map(({ name }) => name),
        { cacheFolder, surroundings: offline },
      );
      for (const { name, path } of made) expect(second[name]?.path).toBe(path);
    } finally {
      await rm(cacheFolder, { recursive: true, force: true });
    }
  },
);

test(
  "every program of the demo is there or can be made, and each step is told in a line",
  { timeout: COLD_MS },
  async () => {
    const cacheFolder = defaultCacheFolder(process.env);
    const names = ["prometheus", "promtool", "alertmanager", "amtool", "node_exporter", "runit", "node"];
    const events: ProgressEvent[] = [];

    const found = await provision(names, { cacheFolder, onProgress: (event) => events.push(event) });

    expect(Object.keys(found).toSorted()).toEqual(names.toSorted());
    expect(execFileSync(found["prometheus"]?.path ?? "", ["--version"], { encoding: "utf8" })).toContain(
      `version ${found["prometheus"]?.version}`,
    );
    for (const line of events.map(formatProgress)) expect(line).not.toContain("\n");
    expect(events.filter(({ phase }) => phase === "ready").map(({ program }) => program)).toEqual(
      expect.arrayContaining(names),
    );
    const reports = await inspectPrograms(names, { cacheFolder });
    expect(reports.map(({ name, found: one }) => [name, one?.path])).toEqual(
      names.map((name) => [name, found[name]?.path]),
    );
  },
);

/** A machine without a network and without programs: everything must come from the cache. */
const offline = {
  env: {},
  run: (): Promise<never> => Promise.reject(new Error("a process was started")),
  fetch: (): Promise<never> => Promise.reject(new Error("something was fetched")),
};
