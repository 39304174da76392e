import { describe, expect, test } from "vitest";
import { asObject, objectAt, textAt } from "../../read/json-field.ts";
import { readCapabilities } from "../capabilities.ts";
import type { Recorded } from "../recorded-server.test-support.ts";
import { recordedServer, siteOf } from "../recorded-server.test-support.ts";
import { discover } from "./discover.ts";

/** Changes the configuration that a server shows. */
function withConfig(version: Recorded, from: string | RegExp, to: string) {
  return recordedServer(version, (name, answer) => {
    if (name !== "config") return answer;
    return { data: { yaml: textAt(objectAt(answer, "data"), "yaml").replace(from, to) } };
  });
}

/** Changes one value of an answer. */
function withValue(version: Recorded, path: readonly [string, string], value: unknown) {
  return recordedServer(version, (name, answer) =>
    name === path[0] ? { data: { ...objectAt(answer, "data"), [path[1]]: value } } : answer,
  );
}

test("a server that reads scrape and rule files of our folder is found ready, by six GETs", async () => {
  const server = recordedServer("3.16");
  const found = await discover(siteOf(server.get));

  expect(found.problems).toEqual([]);
  expect(found.capabilities).toMatchObject({
    version: "3.16.0",
    scrapeInterval: "15s",
    carries: "jobs",
    evaluates: true,
    place: "here",
    folder: "orrery.d",
    targets: [{ pool: "self", address: "127.0.0.1:19093", labels: { job: "self", team: "ops" } }],
    rules: [
      { name: "AllDown", expr: "up == 0", alerts: true },
      { name: "up:sum", alerts: false },
    ],
  });
  expect(readCapabilities(JSON.parse(JSON.stringify(found.capabilities)))).toEqual(found.capabilities);
  expect(server.asked).toHaveLength(6);
});

test("an older server takes targets by its user's job, which is said with what is lost", async () => {
  const found = await discover(siteOf(recordedServer("2.42").get));

  expect(found.capabilities).toMatchObject({
    version: "2.42.0+ds",
    carries: "targets",
    targetJob: "orrery",
    targetTimeout: "5s",
  });
  expect(found.problems).toMatchObject([
    { code: "EXTERNAL_LIMITED", remedy: expect.stringContaining("2.43") },
  ]);
});

describe("the lines to add", () => {
  test("are whole lists where there are none, and entries where there are some", async () => {
    const found = await discover(
      siteOf(withConfig("3.16", /- \/etc\/prometheus\/orrery\.d\/(rules|scrape)-\*\.yml\n/g, "").get),
    );

    expect(found.problems).toMatchObject([
      {
        code: "EXTERNAL_NOT_INCLUDED",
        message:
          "/etc/prometheus/prometheus.yml does not read files of /etc/prometheus/orrery.d (scrape_config_files, rule_files)",
      },
    ]);
    const remedy = found.problems[0]?.remedy ?? "";
    expect(remedy).toContain('scrape_config_files: ["/etc/prometheus/orrery.d/scrape-*.yml"]');
    expect(remedy).toContain(
      '# below the rule_files: that stands there\n      - "/etc/prometheus/orrery.d/rules-*.yml"',
    );
  });

  test("are a job for servers that read no scrape files", async () => {
    const found = await discover(siteOf(withConfig("2.42", "targets-*", "others-*").get));

    expect(found.problems[0]?.remedy).toContain('- files: ["/etc/prometheus/orrery.d/targets-*.yml"]');
  });

  test("speak of the folder as the server sees it", async () => {
    const connection = { directory: "/srv/ours", "server-directory": "/etc/prometheus/orrery.d/" };

    expect((await discover(siteOf(recordedServer("3.16").get, connection))).problems).toEqual([]);
    expect(
      (await discover(siteOf(recordedServer("3.16").get, { directory: "/srv/ours" }))).problems,
    ).toMatchObject([
      { code: "EXTERNAL_NOT_INCLUDED", remedy: expect.stringContaining('"/srv/ours/scrape-*.yml"') },
    ]);
  });
});

test.for([
  {
    what: "rule files",
    from: "rules-*.yml",
    to: "*.yml",
    told: 'write it as "/etc/prometheus/orrery.d/rules-*.yml"',
  },
  {
    what: "scrape files",
    from: "scrape-*.yml",
    to: "s*.yml",
    told: 'write it as "/etc/prometheus/orrery.d/scrape-*.yml"',
  },
])("a pattern for $what that takes in other files of ours is refused", async ({ from, to, told }) => {
  const found = await discover(siteOf(withConfig("3.16", from, to).get));

  expect(found.problems).toMatchObject([{ code: "EXTERNAL_INCLUDES_TOO_MUCH", remedy: told }]);
});

test.for([
  { what: "asked", flags: { "web.enable-lifecycle": "true" }, told: /when asked/ },
  { what: "itself", flags: { "config.auto-reload": "true" }, told: /by itself, within 50 s/ },
  {
    what: "itself, by the older feature",
    flags: { "enable-feature": "auto-reload-config" },
    told: /by itself/,
  },
  { what: "a person", flags: {}, told: /by hand/ },
])("a server that reads its configuration again when $what is told so", async ({ flags, told }) => {
  const server = recordedServer("3.16", (name, answer) =>
    name === "flags"
      ? {
          data: {
            "config.file": "/etc/prometheus/prometheus.yml",
            "config.auto-reload-interval": "30s",
            ...flags,
          },
        }
      : answer,
  );
  const { facts } = await discover(siteOf(server.get));

  expect(Object.fromEntries(facts)["reads it again"]).toMatch(told);
});

test("what stands in the way of the server itself is found before anything is written", async () => {
  const refusing = await discover(
    siteOf(withValue("3.16", ["runtimeinfo", "reloadConfigSuccess"], false).get),
  );
  const agent = await discover(siteOf(withValue("3.16", ["flags", "agent"], "true").get));
  const folderless = await discover(siteOf(recordedServer("3.16").get, { directory: "" }));

  expect(refusing.problems).toMatchObject([{ code: "EXTERNAL_CONFIG_REFUSED", severity: "error" }]);
  expect(agent.capabilities.evaluates).toBe(false);
  expect(agent.problems).toMatchObject([{ code: "EXTERNAL_LIMITED", severity: "warning" }]);
  expect(folderless.problems).toMatchObject([
    { code: "EXTERNAL_NO_DIRECTORY", remedy: expect.stringContaining("directory=/etc/prometheus/orrery.d") },
  ]);
});

test.for([
  { what: "another machine", url: "http://monitor.example:9090", hostname: "other", place: "elsewhere" },
  { what: "another address", url: "http://10.0.0.9:9090", hostname: "", place: "elsewhere" },
  { what: "this machine by its address", url: "http://10.0.0.5:9090", hostname: "monitor", place: "here" },
  { what: "a tunnel or container", url: "http://localhost:9090", hostname: "3f9a", place: "unsure" },
  { what: "this machine, as far as old servers tell", url: "http://[::1]:9090", hostname: "", place: "here" },
])("a server on $what is placed $place", async ({ url, hostname, place }) => {
  const { get } = withValue("3.16", ["runtimeinfo", "hostname"], hostname);

  expect((await discover(siteOf(get, { url }))).capabilities.place).toBe(place);
});

test.for([
  { what: "has no flags, as clones have none", gone: "flags", code: "EXTERNAL_UNSUITABLE" },
  { what: "is nothing of the kind", gone: "buildinfo", code: "EXTERNAL_UNSUITABLE" },
])("a server that $what is refused", async ({ gone, code }) => {
  const server = recordedServer("3.16", (name, answer) => (name === gone ? undefined : answer));

  await expect(discover(siteOf(server.get))).rejects.toMatchObject({ code });
});

test("silence, and a server that wants credentials, are told apart", async () => {
  await expect(
    discover(siteOf(async () => await Promise.reject(new Error("nobody there")))),
  ).rejects.toMatchObject({
    code: "EXTERNAL_UNREACHABLE",
    message: expect.stringContaining("nobody there"),
  });
  await expect(discover(siteOf(async () => ({ status: 401, body: "" })))).rejects.toMatchObject({
    code: "EXTERNAL_UNREACHABLE",
    remedy: expect.stringContaining("token=SECRET"),
  });
});

test("targets and rules of ours are not taken for the server's own", async () => {
  const site = siteOf(async () => ({ status: 404, body: "" }));
  const ours = recordedServer("3.16", (name, answer) => {
    const data = objectAt(answer, "data");
    if (name === "targets") {
      const [theirs] = Object(data)["activeTargets"];
      const mine = {
        ...theirs,
        discoveredLabels: { ...theirs.discoveredLabels, __orrery_loaded__: `${site.mark} 0123` },
      };
      return { data: { activeTargets: [theirs, mine] } };
    }
    if (name !== "rules") return answer;
    const [group] = Object(data)["groups"];
    return { data: { groups: [{ ...asObject(group), file: "orrery.d/rules-metrics-endpoint-1.yml" }] } };
  });
  const { capabilities } = await discover(siteOf(ours.get));

  expect(capabilities.targets).toHaveLength(1);
  expect(capabilities.rules).toEqual([]);
});
