import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RenderedRule } from "@orrery/rules";
import type { Authorization, Relabeling, ScrapeJob, Telemetry } from "@orrery/telemetry";
import { SCRAPE_LIMITS } from "../capabilities.ts";
import type { PrometheusCapabilities } from "../capabilities.ts";
import { mainFile } from "../main/main-file.ts";
import { atUnit } from "./at-unit.ts";
import { contributor } from "./contributor.ts";

const to: PrometheusCapabilities = {
  version: "3.16.0",
  container: "prometheus",
  promtool: "promtool",
  ruleScoping: "strict",
  scrapeInterval: "1m",
  limits: SCRAPE_LIMITS,
};

const identity = {
  model: "obs",
  modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
  application: "zinc",
  charm: "zinc-k8s",
};

function job(over: Partial<ScrapeJob> = {}): ScrapeJob {
  return {
    name: "",
    path: "/metrics",
    scheme: "http",
    targets: [{ address: "127.4.0.1:4080", unit: "zinc/0", labels: {} }],
    origin: { application: "zinc" },
    ...over,
  };
}

function telemetry(over: Partial<Telemetry> = {}): Telemetry {
  return { identity, scrapes: [job()], ruleGroups: [], ...over };
}

/** The content of the only file below a folder. */
function only(files: ReturnType<typeof contributor>["files"], below: string): unknown {
  const paths = Object.keys(files).filter((path) => path.startsWith(below));
  expect(paths).toHaveLength(1);
  return JSON.parse(files[paths[0]!]!.content);
}

test("a target tells its identity in the open and, out of its author's reach, to be written last", () => {
  const labels = { juju_application: "other", __address__: "elsewhere:1", tier: "front" };
  const target = { address: "127.4.0.1:4080", unit: "zinc/0", pathPrefix: "/p", labels };
  const { files, losses, jobs } = contributor("k", telemetry({ scrapes: [job({ targets: [target] })] }), to);

  expect(only(files, "targets/k/")).toMatchObject([
    {
      targets: ["127.4.0.1:4080"],
      labels: {
        job: "juju_obs_7a3c1f0e_zinc_prometheus_scrape",
        juju_application: "zinc",
        juju_unit: "zinc/0",
        __orrery_juju_unit: "zinc/0",
        __orrery_instance: "obs_7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713_zinc_zinc/0",
        __metrics_path__: "/p/metrics",
        tier: "front",
      },
    },
  ]);
  expect(losses.map(({ code }) => code)).toEqual(["SCRAPE_LABEL_REFUSED", "SCRAPE_LABEL_REFUSED"]);
  expect(jobs[0]?.config).toMatchObject({
    honor_labels: false,
    follow_redirects: false,
    sample_limit: 50_000,
    label_limit: 64,
  });
});

test("one more target changes the watched file alone", () => {
  const one = contributor("k", telemetry(), to);
  const more = [...job().targets, { address: "127.4.0.2:4080", unit: "zinc/1", labels: {} }];
  const two = contributor("k", telemetry({ scrapes: [job({ targets: more })] }), to);

  const changed = Object.keys(two.files).filter(
    (path) => two.files[path]?.content !== one.files[path]?.content,
  );
  expect(changed.map((path) => two.files[path]?.onChange)).toEqual(["none"]);
  expect(two.jobs).toEqual(one.jobs);
});

test("two endpoints of one unit in one job are two instances", () => {
  const targets = ["127.4.0.1:1", "127.4.0.1:2"].map((address) => ({ address, unit: "zinc/0", labels: {} }));
  const { files } = contributor("k", telemetry({ scrapes: [job({ targets })] }), to);

  const instances = JSON.stringify(only(files, "targets/k/")).match(/zinc\/0_127\.4\.0\.1:[12]/g);
  expect(new Set(instances).size).toBe(2);
});

test.for<{ what: string; step: Relabeling; taken: boolean; phase: "relabelings" | "metricRelabelings" }>([
  {
    what: "an identity label",
    step: { targetLabel: "juju_model" },
    taken: false,
    phase: "metricRelabelings",
  },
  { what: "an address", step: { targetLabel: "__address__" }, taken: false, phase: "relabelings" },
  { what: "a hidden label", step: { targetLabel: "__orrery_juju_unit" }, taken: false, phase: "relabelings" },
  { what: "any label", step: { action: "labelmap", regex: "(.*)" }, taken: false, phase: "relabelings" },
  {
    what: "labels by a start that leads to identity",
    step: { action: "labelmap", replacement: "juju$1" },
    taken: false,
    phase: "relabelings",
  },
  {
    what: "labels by a start of their own",
    step: { action: "labelmap", replacement: "pod_$1" },
    taken: true,
    phase: "relabelings",
  },
  {
    what: "what a pattern drops",
    step: { action: "labeldrop", regex: ".+" },
    taken: false,
    phase: "metricRelabelings",
  },
  {
    what: "what a name drops",
    step: { action: "labeldrop", regex: "id|uid" },
    taken: true,
    phase: "metricRelabelings",
  },
  {
    what: "all but some",
    step: { action: "labelkeep", regex: "a" },
    taken: false,
    phase: "metricRelabelings",
  },
  { what: "the metric's name", step: { targetLabel: "__name__" }, taken: true, phase: "metricRelabelings" },
  {
    what: "nothing",
    step: { action: "drop", sourceLabels: ["a"], regex: "x" },
    taken: true,
    phase: "metricRelabelings",
  },
])("a step that writes or drops $what is taken: $taken", ({ step, taken, phase }) => {
  const { jobs, losses } = contributor("k", telemetry({ scrapes: [job({ [phase]: [step] })] }), to);

  const key = phase === "relabelings" ? "relabel_configs" : "metric_relabel_configs";
  const ours = phase === "relabelings" ? 6 : 0;
  const steps = jobs[0]?.config[key];
  expect(Array.isArray(steps) ? steps.length : 0).toBe(ours + (taken ? 1 : 0));
  expect(losses.map(({ code }) => code)).toEqual(taken ? [] : ["SCRAPE_RELABEL_REFUSED"]);
});

/** Holds until 2126. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUBmotqBZKIrrBS22EsgsbVhnUQwowCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTI1MDQzOTIyWhgPMjEy
NjExMDEwNDM5MjJaMBkxFzAVBgNVBAMMDlRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEuVuC8yAcZwX/VBgjvDWwZ7OvH1YHZyHRfbA/jIs0
O7p6cew3N01XkDVSATO3nXUNbU24X+hw2WUEljXuYX5E5aNTMFEwHQYDVR0OBBYE
FDJWAvi8t3qZd+Vf+wLHHtHabKudMB8GA1UdIwQYMBaAFDJWAvi8t3qZd+Vf+wLH
HtHabKudMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAIZMo1K5
qfvZ8+0AdukmldO5SbBIm0cyLh8DQ5Knxop7AiBKFQd0UP0kUMqtCHppgLuDBwnX
Dysw8vGj1IOMs6GALg==
-----END CERTIFICATE-----`;

test.for([
  ["no PEM at all", "hello"],
  ["PEM of what is no certificate", "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmg\n-----END CERTIFICATE-----\n"],
])(
  "a job whose certificates are %s is left out alone, since the server would refuse all on its account",
  ([, ca = ""]) => {
    const bad = { ...job({}), tls: { ca } };
    const { files, jobs, losses } = contributor(
      "k",
      telemetry({ scrapes: [bad, job({ name: "good" })] }),
      to,
    );

    expect(jobs).toHaveLength(1);
    expect(losses.map(({ code }) => code)).toEqual(["SCRAPE_JOB_REFUSED"]);
    expect(Object.keys(files).filter((path) => path.startsWith("secrets/"))).toEqual([]);
  },
);

test("credentials and certificates lie in files that the server alone reads", () => {
  const scrape = job({
    authorization: { kind: "basic", username: "u", password: { inline: "p4ss" } },
    tls: { ca: CERTIFICATE, serverName: "zinc" },
  });
  const { files, jobs } = contributor("k", telemetry({ scrapes: [scrape] }), to);

  const main = JSON.stringify(jobs);
  expect(main).not.toContain("p4ss");
  const secrets = Object.entries(files).filter(([path]) => path.startsWith("secrets/k/"));
  expect(secrets.map(([, { mode, content }]) => `${mode} ${content}`).toSorted()).toEqual([
    `0600 ${CERTIFICATE}`,
    "0600 p4ss",
  ]);
  for (const [path] of secrets) expect(main).toContain(path);
  // The server reads them at each scrape: they are replaced in place.
  expect(secrets.map(([, { onChange }]) => onChange)).toEqual(["none", "none"]);
});

test("two jobs of one name keep their credentials apart", () => {
  const jobs = ["one", "two"].map((inline) =>
    job({ authorization: { kind: "bearer", type: "Bearer", credentials: { inline } } }),
  );
  const { files } = contributor("k", telemetry({ scrapes: jobs }), to);

  const secrets = Object.entries(files).filter(([path]) => path.startsWith("secrets/k/"));
  expect(secrets.map(([, { content }]) => content).toSorted()).toEqual(["one", "two"]);
});

test.for([
  { what: "the only text", kind: "bearer", content: { "api-key": "t0ken" }, taken: true },
  { what: "the token of several", kind: "bearer", content: { token: "t0ken", previous: "0ld" }, taken: true },
  {
    what: "the password of several",
    kind: "basic",
    content: { username: "u", password: "t0ken" },
    taken: true,
  },
  {
    what: "the key that is named",
    kind: "bearer",
    key: "api-key",
    content: { "api-key": "t0ken", token: "0ld" },
    taken: true,
  },
  { what: "none of several", kind: "bearer", content: { one: "t0ken", two: "0ld" }, taken: false },
  {
    what: "a key that is not there",
    kind: "bearer",
    key: "constructor",
    content: { one: "t0ken" },
    taken: false,
  },
])(
  "a secret that was granted gives $what, in a file that the server alone reads",
  ({ kind, key, content, taken }) => {
    const reference = { secret: "secret:abcdefghij0123456789", ...(key === undefined ? {} : { key }) };
    const authorization: Authorization =
      kind === "basic"
        ? { kind: "basic", username: "u", password: reference }
        : { kind: "bearer", type: "Bearer", credentials: reference };
    const secret = (uri: string) => (uri === reference.secret ? { content } : undefined);
    const { files, jobs, losses } = contributor("k", telemetry({ scrapes: [job({ authorization })] }), {
      ...to,
      secret,
    });

    const secrets = Object.values(files).filter(({ mode }) => mode === "0600");
    expect(secrets.map((file) => file.content)).toEqual(taken ? ["t0ken"] : []);
    expect(losses.map(({ code }) => code)).toEqual(taken ? [] : ["SCRAPE_SECRET_UNAVAILABLE"]);
    expect(JSON.stringify([jobs, losses])).not.toMatch(/t0ken|0ld/u);
  },
);

test("a job whose secret was not granted is left out, and its neighbour is not", () => {
  const bad = job({
    name: "api",
    authorization: { kind: "bearer", type: "Bearer", credentials: { secret: "secret:1" } },
  });
  const { jobs, losses } = contributor("k", telemetry({ scrapes: [bad, job()] }), to);

  expect(jobs).toEqual(contributor("k", telemetry(), to).jobs);
  expect(losses.map(({ code }) => code)).toEqual(["SCRAPE_SECRET_UNAVAILABLE"]);
});

test("an old server gets what it knows, and the rest is told", () => {
  const rules: readonly RenderedRule[] = [{ record: "a:b", expr: "up" }];
  const one = telemetry({ ruleGroups: [{ name: "g", query_offset: "1m", rules }] });
  const old = contributor("k", one, { ...to, version: "2.42.0+ds" });
  const now = contributor("k", one, to);

  expect(old.jobs[0]?.config).not.toHaveProperty("fallback_scrape_protocol");
  expect(now.jobs[0]?.config).toHaveProperty("fallback_scrape_protocol");
  expect(only(old.files, "rules/")).not.toHaveProperty(["groups", 0, "query_offset"]);
  expect(only(now.files, "rules/")).toHaveProperty(["groups", 0, "query_offset"], "1m");
  expect(old.losses.map(({ code }) => code)).toEqual(["RULE_NEEDS_NEWER_SERVER"]);
});

test("a rule goes out within its identity or not at all, whoever sent it", () => {
  const rules: readonly RenderedRule[] = [
    { alert: "Fine", expr: "zinc_total > 1" },
    { alert: "Foreign", expr: 'zinc_total{juju_application="other"} > 1' },
    { alert: "Broken", expr: "rate(zinc_total" },
    { alert: "Untyped", expr: "rate(zinc_total)" },
    { alert: "Claims", expr: "up", labels: { juju_application: "other" } },
  ];
  const { files, losses, expectations } = contributor(
    "k",
    telemetry({ ruleGroups: [{ name: "g", rules }] }),
    to,
  );

  expect(only(files, "rules/")).toMatchObject({
    groups: [
      {
        rules: [
          {
            alert: "Fine",
            expr: 'zinc_total{juju_application="zinc",juju_model="obs",juju_model_uuid="7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"} > 1',
            labels: { juju_application: "zinc" },
          },
        ],
      },
      { name: expect.stringMatching(/^orrery_loaded_[0-9a-f]{64}$/) },
    ],
  });
  expect(new Set(losses.map(({ origin }) => origin.item))).toEqual(
    new Set(["Broken", "Claims", "Foreign", "Untyped"]),
  );
  expect(expectations.filter(({ kind }) => kind === "rule").map(({ match }) => match?.["rule"])).toEqual([
    "Fine",
  ]);
});

test("a server that watches itself keeps to its own unit", () => {
  const one = atUnit(
    telemetry({
      scrapes: [
        job({
          targets: [
            { address: "*:9090", labels: {} },
            { address: "192.0.2.7:9091", unit: "zinc/1", labels: {} },
          ],
        }),
      ],
      ruleGroups: [
        {
          name: "g",
          rules: [
            { alert: "A", expr: "up", labels: { juju_unit: "zinc/0" } },
            { alert: "B", expr: "up", labels: { juju_unit: "zinc/1" } },
            { alert: "C", expr: "up" },
          ],
        },
      ],
    }),
    { name: "zinc/0", address: "::1" },
  );

  expect(one.scrapes[0]?.targets).toMatchObject([{ address: "[::1]:9090", unit: "zinc/0" }]);
  expect(one.ruleGroups[0]?.rules).toMatchObject([{ alert: "A" }, { alert: "C" }]);
});

test("whatever a contributor sends, nobody else's files and lines change", { timeout: 30_000 }, () => {
  const text = fc.string({ unit: "binary" });
  const anything: fc.Arbitrary<Telemetry> = fc.record({
    identity: fc.record({ model: text, modelUuid: text, application: text }),
    scrapes: fc.array(
      fc.record({
        name: text,
        path: text,
        scheme: fc.constantFrom("http" as const, "https" as const),
        interval: text,
        timeout: text,
        relabelings: fc.array(fc.record({ targetLabel: text, regex: text, action: text, replacement: text })),
        targets: fc.array(fc.record({ address: text, unit: text, labels: fc.dictionary(text, text) })),
        origin: fc.constant({}),
      }),
      { maxLength: 3 },
    ),
    ruleGroups: fc.array(
      fc.record({
        name: text,
        rules: fc.array(fc.record({ alert: text, expr: text, labels: fc.dictionary(text, text) })),
      }),
      { maxLength: 2 },
    ),
  });
  const zinc = contributor("metrics-endpoint-1", telemetry(), to);
  const shared = { scrapeInterval: "1m", scrapeTimeout: "10s", evaluationInterval: "1m", alertmanagers: [] };
  const linesOf = (jobs: typeof zinc.jobs): readonly string[] =>
    mainFile(
      shared,
      jobs.map(({ config }) => config),
      to,
    )
      .file.content.split("\n")
      .map((line) => line.replace(/^[ ,]/, ""));
  const alone = linesOf(zinc.jobs);

  fc.assert(
    fc.property(anything, (stranger) => {
      const other = contributor("metrics-endpoint-2", stranger, to);
      for (const path of Object.keys(other.files)) {
        expect(path).toMatch(
          /^(?:targets|rules|jobs|secrets)\/metrics-endpoint-2(?:\/[0-9a-f]{64}(?:\.json)?|\.json)$/,
        );
      }
      const both = linesOf([...zinc.jobs, ...other.jobs]);
      expect(both.filter((line) => alone.includes(line))).toEqual(alone);
      expect(both).toHaveLength(alone.length + other.jobs.length);
      const names = [...zinc.jobs, ...other.jobs].map(({ config }) => config.job_name);
      expect(new Set(names).size).toBe(names.length);
    }),
    { numRuns: 200 },
  );
});
