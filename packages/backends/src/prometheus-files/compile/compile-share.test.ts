import * as fc from "fast-check";
import type { Telemetry } from "@orrery/telemetry";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { SCRAPE_LIMITS } from "../../prometheus/capabilities.ts";
import { asObject, listAt, textAt } from "../../read/json-field.ts";
import type { PrometheusFilesCapabilities, TheirTarget } from "../capabilities.ts";
import { compileShare } from "./compile-share.ts";
import type { FilesTarget } from "./files-target.ts";
import type { FilesShare } from "./share.ts";

const UUID = "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713";
const OURS = `juju_application="zinc",juju_model="obs",juju_model_uuid="${UUID}"`;

const zinc: Telemetry = {
  identity: { model: "obs", modelUuid: UUID, application: "zinc", charm: "zinc" },
  scrapes: [
    {
      name: "",
      path: "/metrics",
      scheme: "http",
      targets: [
        { address: "10.1.0.1:9216", unit: "zinc/0", labels: {} },
        { address: "10.1.0.2:9216", unit: "zinc/1", labels: {} },
      ],
      origin: { application: "zinc" },
    },
  ],
  ruleGroups: [
    {
      name: "g",
      rules: [
        {
          alert: "Slow",
          expr: `zinc_seconds{${OURS}} > 1`,
          annotations: { text: "on {{ $labels.juju_unit }}" },
        },
        { record: "zinc:up", expr: `sum by (juju_application) (up{${OURS}})` },
        {
          alert: "Gone",
          expr: `absent(up{${OURS},juju_unit="zinc/0"} == 1)`,
          labels: { juju_unit: "zinc/0" },
        },
        {
          alert: "Gone",
          expr: `absent(up{${OURS},juju_unit="zinc/1"} == 1)`,
          labels: { juju_unit: "zinc/1" },
        },
      ],
    },
  ],
};

const [job] = zinc.scrapes;

/** The product with jobs that differ from its own, in its place. */
function withJob(...changes: readonly Partial<Telemetry["scrapes"][number]>[]): Telemetry {
  return { ...zinc, scrapes: changes.flatMap((change) => (job ? [{ ...job, ...change }] : [])) };
}

function target(
  to: Partial<PrometheusFilesCapabilities> = {},
  chosen: Partial<FilesTarget> = {},
): FilesTarget {
  return {
    capabilities: {
      form: 1,
      version: "3.16.0",
      scrapeInterval: "1m",
      scrapeTimeout: "10s",
      carries: "jobs",
      targetJob: "",
      targetTimeout: "10s",
      evaluates: true,
      place: "here",
      folder: "orrery.d",
      targets: [],
      rules: [],
      ...to,
    },
    mark: "orrery m/bridge/target",
    system: "target",
    ruleScoping: "strict",
    limits: SCRAPE_LIMITS,
    labelPrefix: "juju_",
    adopt: {},
    ...chosen,
  };
}

function theirs(
  address: string,
  labels: Readonly<Record<string, string>>,
  path: string = "/metrics",
): TheirTarget {
  return {
    pool: labels["job"] ?? "",
    address,
    url: `http://${address}${path}`,
    labels: { instance: address, ...labels },
  };
}

function keysOf(share: FilesShare): readonly string[] {
  return Object.keys(share.objects)
    .map((key) => key.replace(/[0-9a-f]{12}/, "#"))
    .toSorted();
}

/** Rules by name of file, each as its name and expression. */
function rulesOf(share: FilesShare): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(share.objects)
      .filter(([, { stage }]) => stage === "rules")
      .map(([key, { content }]) => [
        key,
        listAt(parse(String(content)), "groups")
          .flatMap((group) => listAt(group, "rules"))
          .map((rule) => `${textAt(rule, "alert") || textAt(rule, "record")}: ${textAt(rule, "expr")}`)
          .filter((rule) => !rule.startsWith("OrreryRulesLoaded")),
      ]),
  );
}

function codesOf({ losses }: FilesShare): readonly string[] {
  return losses.map(({ code }) => code);
}

function targetsOf(share: FilesShare): readonly unknown[] {
  return Object.entries(share.objects)
    .filter(([key]) => /^(sd|targets)-/.test(key))
    .flatMap(([, { content }]): unknown[] => parse(String(content)));
}

test("a contributor becomes a file of jobs, one of targets for each job, and one of rules, all marked", () => {
  const share = compileShare("k", zinc, target());

  expect(keysOf(share)).toEqual(["rules-k.yml", "scrape-k.yml", "sd-k-#.yml"]);
  expect(
    Object.values(share.objects)
      .map(({ stage, contributor, summary }) => `${stage} ${contributor} ${summary}`)
      .toSorted(),
  ).toEqual(["rules k 4 rules", "targets k 1 job", "targets k 2 targets"]);
  for (const { content } of Object.values(share.objects))
    expect(content).toMatch(/^# orrery m\/bridge\/target\n# Made by/);
  expect(share.losses).toEqual([]);
  expect(
    share.expectations.map(({ kind, match }) => `${kind} ${match?.["address"] ?? match?.["file"]}`),
  ).toEqual([
    "target 10.1.0.1:9216",
    "target 10.1.0.2:9216",
    ...Array.from({ length: 4 }, () => "rule orrery.d/rules-k.yml"),
  ]);
});

test("a changed job has another name in the server, and changed targets leave the job as it is", () => {
  const to = target();
  const share = (telemetry: Telemetry) => compileShare("k", telemetry, to).objects;
  const grown = withJob({ targets: [{ address: "10.1.0.9:1", labels: {} }] });
  const name = (telemetry: Telemetry) =>
    textAt(listAt(parse(String(share(telemetry)["scrape-k.yml"]?.content)), "scrape_configs")[0], "job_name");

  expect(share(grown)["scrape-k.yml"]).toEqual(share(zinc)["scrape-k.yml"]);
  expect(name(withJob({ interval: "30s" }))).not.toBe(name(zinc));
});

test("a server that takes target files alone has jobs told by their targets, and what cannot be is left out", () => {
  const to = target({ carries: "targets", targetJob: "orrery", targetTimeout: "5s", version: "2.42.0" });
  const share = compileShare(
    "k",
    withJob(
      { name: "fast", interval: "3s", scheme: "https", params: { m: ["x"] } },
      { name: "secret", authorization: { kind: "bearer", type: "Bearer", credentials: { inline: "x" } } },
      { name: "steps", relabelings: [{ action: "drop", sourceLabels: ["a"] }] },
    ),
    to,
  );

  expect(keysOf(share)).toEqual(["rules-k.yml", "targets-k-#.yml"]);
  expect(codesOf(share)).toEqual(["EXTERNAL_JOB_NOT_CARRIED", "EXTERNAL_JOB_NOT_CARRIED"]);
  expect(targetsOf(share)[0]).toEqual({
    targets: ["10.1.0.1:9216"],
    labels: {
      __scheme__: "https",
      __metrics_path__: "/metrics",
      __param_m: "x",
      __scrape_interval__: "3s",
      __scrape_timeout__: "3s",
      job: "juju_obs_7a3c1f0e_zinc_prometheus_scrape_fast",
      juju_model: "obs",
      juju_model_uuid: UUID,
      juju_application: "zinc",
      juju_charm: "zinc",
      juju_unit: "zinc/0",
      instance: `obs_${UUID}_zinc_zinc/0`,
      __orrery_loaded__: expect.stringMatching(/^orrery m\/bridge\/target [0-9a-f]{12}$/),
    },
  });
  expect(share.expectations[0]?.match).toEqual({ pool: "orrery", address: "10.1.0.1:9216" });
});

test.for([
  { what: "an expression that does not read", step: { action: "drop", sourceLabels: ["a"], regex: "(" } },
  {
    what: "a modulus below 1",
    step: { action: "hashmod", targetLabel: "a", sourceLabels: ["b"], modulus: -1 },
  },
  { what: "no modulus", step: { action: "hashmod", targetLabel: "a", sourceLabels: ["b"] } },
  {
    what: "more than its action takes",
    step: { action: "keepequal", targetLabel: "a", sourceLabels: ["b"], regex: "x" },
  },
])(
  "a job whose step has $what is left out, since the server would refuse all of its configuration",
  ({ step }) => {
    const share = compileShare("k", withJob({}, { name: "bad", relabelings: [step] }), target());

    expect(codesOf(share)).toEqual(["EXTERNAL_JOB_NOT_CARRIED"]);
    expect(targetsOf(share)).toHaveLength(2);
  },
);

describe("targets that the server scrapes already", () => {
  const both = [theirs("10.1.0.1:9216", { job: "zinc" }), theirs("10.1.0.2:9216", { job: "zinc" })];

  test("are adopted: not scraped again, watched by their job, each unit by its instance", () => {
    const share = compileShare(
      "k",
      zinc,
      target({ targets: [...both, theirs("10.9.9.9:1", { job: "other" })] }),
    );

    expect(keysOf(share)).toEqual(["rules-k-adopted.yml"]);
    expect(rulesOf(share)["rules-k-adopted.yml"]).toEqual([
      'Slow: zinc_seconds{job="zinc"} > 1',
      'zinc:up: sum by (juju_application) (up{job="zinc"})',
      'Gone: absent(up{instance="10.1.0.1:9216",job="zinc"} == 1)',
      'Gone: absent(up{instance="10.1.0.2:9216",job="zinc"} == 1)',
    ]);
    expect(share.losses).toMatchObject([
      {
        code: "EXTERNAL_ADOPTED",
        severity: "info",
        message: expect.stringContaining("as zinc/0 (job zinc)"),
      },
    ]);
    expect(
      share.expectations
        .filter(({ kind }) => kind === "target")
        .map(({ unit, match }) => `${unit} ${match?.["pool"]}`),
    ).toEqual(["zinc/0 zinc", "zinc/1 zinc"]);
    expect(share.adopted).toBe(2);
  });

  test("are told from others of their job by their instances", () => {
    const share = compileShare(
      "k",
      zinc,
      target({ targets: [...both, theirs("10.9.9.9:1", { job: "zinc" })] }),
    );

    expect(rulesOf(share)["rules-k-adopted.yml"]?.[0]).toBe(
      String.raw`Slow: zinc_seconds{instance=~"10\\.1\\.0\\.1:9216|10\\.1\\.0\\.2:9216",job="zinc"} > 1`,
    );
  });

  test("have no rules when nothing tells them from others", () => {
    const clones = both.map((one) => ({ ...one, labels: { job: "zinc", instance: "x" } }));
    const share = compileShare(
      "k",
      zinc,
      target({ targets: [...clones, theirs("10.9.9.9:1", { job: "zinc", instance: "x" })] }),
    );

    expect(share.objects).toEqual({});
    expect(codesOf(share)).toEqual(["EXTERNAL_ADOPTION_UNCLEAR", "EXTERNAL_RULES_LEFT_OUT"]);
  });

  test("that are some of a product's leave the others to us, with rules for each, and nothing recorded twice", () => {
    const share = compileShare("k", zinc, target({ targets: both.slice(0, 1) }));

    expect(keysOf(share)).toEqual(["rules-k-adopted.yml", "rules-k.yml", "scrape-k.yml", "sd-k-#.yml"]);
    expect(targetsOf(share)).toMatchObject([{ targets: ["10.1.0.2:9216"] }]);
    expect(rulesOf(share)).toEqual({
      "rules-k-adopted.yml": ['Slow: zinc_seconds{job="zinc"} > 1', 'Gone: absent(up{job="zinc"} == 1)'],
      "rules-k.yml": [
        `Slow: zinc_seconds{${OURS}} > 1`,
        `zinc:up: sum by (juju_application) (up{${OURS}})`,
        `Gone: absent(up{${OURS},juju_unit="zinc/1"} == 1)`,
      ],
    });
  });

  test("may be named by their labels, whatever their addresses", () => {
    const to = target(
      { targets: [theirs("db.example:9216", { job: "mongo", team: "a" }), theirs("x:1", { job: "mongo" })] },
      { adopt: { zinc: { job: "mongo", team: "a" } } },
    );
    const share = compileShare("k", zinc, to);

    expect(rulesOf(share)["rules-k-adopted.yml"]).toEqual([
      'Slow: zinc_seconds{job="mongo",team="a"} > 1',
      'zinc:up: sum by (juju_application) (up{job="mongo",team="a"})',
    ]);
    expect(codesOf(share)).toEqual(["EXTERNAL_ADOPTED"]);
    expect(codesOf(compileShare("k", zinc, { ...to, adopt: { zinc: { job: "none" } } }))).toEqual([
      "EXTERNAL_ADOPTS_NOTHING",
      "EXTERNAL_RULES_LEFT_OUT",
    ]);
  });
});

test("addresses of this machine alone are left out for a server elsewhere, with the rules that would watch nothing", () => {
  const local = withJob({ targets: [{ address: "127.3.4.5:80", unit: "zinc/0", labels: {} }] });
  const elsewhere = compileShare("k", local, target({ place: "elsewhere" }));
  const unsure = compileShare("k", local, target({ place: "unsure" }));

  expect(elsewhere.objects).toEqual({});
  expect(elsewhere.losses).toMatchObject([
    {
      code: "EXTERNAL_TARGET_UNREACHABLE",
      severity: "error",
      remedy: expect.stringContaining("orrery up --listen ADDRESS"),
      origin: { unit: "zinc/0" },
    },
    { code: "EXTERNAL_RULES_LEFT_OUT" },
  ]);
  expect(keysOf(unsure)).toHaveLength(3);
  expect(unsure.losses).toMatchObject([{ code: "EXTERNAL_TARGET_UNREACHABLE", severity: "warning" }]);
  expect(compileShare("k", local, target()).losses).toEqual([]);
});

test("labels have the prefix that the server's user chose, in targets, expressions and templates", () => {
  const share = compileShare("k", zinc, target({}, { labelPrefix: "orr_" }));
  const own = `orr_application="zinc",orr_model="obs",orr_model_uuid="${UUID}"`;

  expect(rulesOf(share)["rules-k.yml"]).toEqual([
    `Slow: zinc_seconds{${own}} > 1`,
    `zinc:up: sum by (orr_application) (up{${own}})`,
    `Gone: absent(up{${own},orr_unit="zinc/0"} == 1)`,
    `Gone: absent(up{${own},orr_unit="zinc/1"} == 1)`,
  ]);
  const rules = String(share.objects["rules-k.yml"]?.content);
  expect(rules).toContain("on {{ $labels.orr_unit }}");
  expect(rules).not.toContain("juju_");
  const labels = asObject(asObject(targetsOf(share)[0])["labels"]);
  expect(labels).toMatchObject({ orr_application: "zinc", orr_unit: "zinc/0" });
  expect(Object.keys(labels).filter((name) => name.startsWith("juju_"))).toEqual([]);
});

test.for([
  { what: "asks the same of everything", expr: "zinc_seconds > 1", told: /asks the same/ },
  { what: "asks the same of our job", expr: 'zinc_seconds{job=~"juju_obs.*"}>1.0', told: /asks the same/ },
  { what: "differs in its threshold", expr: "zinc_seconds > 5", told: /differs in numbers alone/ },
  { what: "asks of another job", expr: 'zinc_seconds{job="other"} > 1', told: undefined },
  { what: "asks something else", expr: "zinc_seconds < 1", told: undefined },
])("an alert of the server's own that $what is noticed or not", ({ expr, told }) => {
  const rules = [{ group: "g", file: "own.yml", name: "Theirs", expr, alerts: true }];
  const { losses } = compileShare("k", zinc, target({ rules }));
  const found = losses.filter(({ code }) => code === "EXTERNAL_RULE_OVERLAPS").map(({ message }) => message);

  expect(found.length).toBe(told ? 1 : 0);
  expect(found.join("")).toMatch(told ?? /^$/);
});

test("an agent evaluates nothing, so that rules are left out and said to be", () => {
  const share = compileShare("k", zinc, target({ evaluates: false }));

  expect(keysOf(share)).toEqual(["scrape-k.yml", "sd-k-#.yml"]);
  expect(codesOf(share)).toEqual(["EXTERNAL_RULES_LEFT_OUT"]);
});

test("whatever a product's texts are, files read back as what was meant", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, text) => {
      const targets = [{ address: "10.0.0.1:1", labels: { tier: text } }];
      const share = compileShare("k", withJob({ params: { [name]: [text] }, targets }), target());
      expect(targetsOf(share)).toMatchObject([{ labels: { tier: text.toWellFormed() } }]);
      const [read] = listAt(
        parse(String(share.objects["scrape-k.yml"]?.content), { version: "1.1" }),
        "scrape_configs",
      );
      expect(asObject(read)["params"]).toEqual({ [name.toWellFormed()]: [text.toWellFormed()] });
    }),
    { numRuns: 100 },
  );
});
