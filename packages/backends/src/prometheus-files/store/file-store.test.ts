import { ABSENT } from "@orrery/charm";
import type { HttpGet } from "@orrery/charm";
import { expect, test } from "vitest";
import { markedYaml } from "../marked.ts";
import { siteOf } from "../recorded-server.test-support.ts";
import { fileStore } from "./file-store.ts";

const { mark } = siteOf(async () => ({ status: 200, body: "" }));
const rules = markedYaml(mark, { groups: [{ name: "orrery_loaded_1", rules: [] }] });
const other = markedYaml(mark, { groups: [{ name: "orrery_loaded_2", rules: [] }] });
const scrape = markedYaml(mark, { scrape_configs: [{ job_name: "j/1" }, { job_name: "k/2" }] });
const targets = markedYaml(mark, [{ targets: ["a:1"], labels: { __orrery_loaded__: `${mark} 7` } }]);

/** A server that shows these. */
function showing(shown: {
  readonly pools?: readonly string[];
  readonly marks?: readonly string[];
  readonly groups?: readonly string[];
  readonly refused?: boolean;
}): HttpGet {
  const { pools = [], marks = [], groups = [], refused = false } = shown;
  const answers: Readonly<Record<string, unknown>> = {
    scrape_pools: { scrapePools: pools },
    targets: { activeTargets: marks.map((one) => ({ discoveredLabels: { __orrery_loaded__: one } })) },
    rules: { groups: groups.map((name) => ({ name })) },
    runtimeinfo: { reloadConfigSuccess: !refused },
    flags: { "web.enable-lifecycle": "true" },
  };
  return async (url) => {
    const name = /([a-z_]+)(?:\?.*)?$/.exec(url)?.[1] ?? "";
    return { status: 200, body: JSON.stringify({ data: answers[name] }) };
  };
}

test("files that bear the mark are listed and read; others are never touched", async () => {
  const site = siteOf(showing({}));
  const folder = site.folder("");
  await folder.write("rules-theirs.yml", "groups: []", ABSENT);
  await folder.write("rules-of-another-bridge.yml", rules.replace("bridge", "other"), ABSENT);
  await folder.write("notes.txt", `# ${mark}\n`, ABSENT);
  const store = fileStore(site);
  await store.write("rules-a.yml", rules, ABSENT);

  expect(await store.list()).toEqual(["rules-a.yml"]);
  expect(await store.read("rules-a.yml")).toMatchObject({ content: rules });
  expect(await store.read("rules-b.yml")).toBeUndefined();
  for (const key of ["rules-theirs.yml", "rules-of-another-bridge.yml", "notes.txt", "../x"]) {
    await expect(store.read(key)).rejects.toMatchObject({ code: "EXTERNAL_OBJECT_THEIRS" });
    await expect(store.write(key, rules, ABSENT)).rejects.toMatchObject({ code: "EXTERNAL_OBJECT_THEIRS" });
    await expect(store.delete(key, ABSENT)).rejects.toMatchObject({ code: "EXTERNAL_OBJECT_THEIRS" });
  }
  await expect(store.write("rules-c.yml", "groups: []", ABSENT)).rejects.toMatchObject({
    code: "EXTERNAL_WRITE_FAILED",
  });
});

test.for([
  {
    what: "a rule file by its mark",
    key: "rules-a.yml",
    after: rules,
    shown: { groups: ["orrery_loaded_1"] },
    state: "live",
  },
  {
    what: "an older rule file beside it",
    key: "rules-a.yml",
    before: other,
    after: rules,
    shown: { groups: ["orrery_loaded_1", "orrery_loaded_2"] },
    state: "pending",
  },
  {
    what: "all jobs of a file",
    key: "scrape-a.yml",
    after: scrape,
    shown: { pools: ["self", "j/1", "k/2"] },
    state: "live",
  },
  {
    what: "some jobs of a file",
    key: "scrape-a.yml",
    after: scrape,
    shown: { pools: ["j/1"] },
    state: "pending",
  },
  {
    what: "targets by their hidden label",
    key: "sd-a.yml",
    after: targets,
    shown: { marks: [`${mark} 7`] },
    state: "live",
  },
  {
    what: "no such targets",
    key: "targets-a.yml",
    after: targets,
    shown: { marks: [`${mark} 8`] },
    state: "pending",
  },
  {
    what: "a removed file no more",
    key: "scrape-a.yml",
    before: scrape,
    shown: { pools: ["self"] },
    state: "live",
  },
  {
    what: "a removed file still",
    key: "scrape-a.yml",
    before: scrape,
    shown: { pools: ["k/2"] },
    state: "pending",
  },
  {
    what: "what an edited, unreadable file never said",
    key: "rules-a.yml",
    before: "# {",
    shown: {},
    state: "live",
  },
])("a server that shows $what makes it $state", async ({ key, state, shown, ...change }) => {
  const store = fileStore(siteOf(showing(shown)));

  expect(await store.settled([{ key, ...change }])).toEqual({ [key]: state });
});

test("a server that refused what it read has rejected what it does not show", async () => {
  const store = fileStore(siteOf(showing({ refused: true })));

  expect(await store.settled([{ key: "rules-a.yml", after: rules }])).toMatchObject({
    "rules-a.yml": { rejected: { code: "EXTERNAL_REFUSED" } },
  });
});

test("targets that are watched need nobody; jobs and rules need a reload, which a server may refuse in its own words", async () => {
  const site = siteOf(showing({}));
  expect(await fileStore(site).intake(["sd-a.yml", "targets-b.yml"])).toMatchObject({ by: "itself" });
  expect(await fileStore(site).intake(["sd-a.yml", "rules-b.yml"])).toEqual({ by: "request" });

  const refusing = fileStore({
    ...site,
    post: async () => ({ status: 500, body: "failed to reload config:\n  bad" }),
  });
  await expect(refusing.load()).rejects.toMatchObject({
    code: "EXTERNAL_REFUSED",
    message: expect.stringContaining("failed to reload config: bad"),
  });
});
