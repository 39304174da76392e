import { readFileSync } from "node:fs";
import type { Bag, RelationView, Self } from "@orrery/charm";
import type { Json } from "@orrery/databag";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { provider } from "./provider.ts";
import { requirer } from "./requirer.ts";
import type { RequirerOptions } from "./requirer.ts";

const zinc = JSON.parse(
  readFileSync(new URL("../../test/fixtures/zinc.prometheus-scrape-0.65.json", import.meta.url), "utf8"),
) as { readonly application: Bag; readonly units: Readonly<Record<string, Bag>> };
const granted = ["10.1.7.20", "10.1.7.21", "zinc-0.zinc-endpoints.obs.svc.cluster.local", "203.0.113.9:9100"];

function relation(
  changes: Partial<RelationView> & {
    readonly application_bag?: Bag;
    readonly unit_bags?: Readonly<Record<string, Bag>>;
  } = {},
): RelationView {
  const { application_bag = zinc.application, unit_bags = zinc.units, ...rest } = changes;
  return {
    id: 2,
    endpoint: "metrics-endpoint",
    interface: "prometheus_scrape",
    application: "zinc",
    units: Object.keys(unit_bags),
    version: 1,
    bags: { localApplication: {}, localUnit: {}, remoteApplication: application_bag, remoteUnits: unit_bags },
    granted,
    ...rest,
  };
}

const withJobs = (jobs: readonly unknown[], changes: Partial<RelationView> = {}): RelationView =>
  relation({ application_bag: { ...zinc.application, scrape_jobs: JSON.stringify(jobs) }, ...changes });

const decode = (view: RelationView, options: RequirerOptions = {}) => requirer(options).decode(view);

const job = (changes: object): object => ({
  job_name: "bad",
  static_configs: [{ targets: ["*:80"] }],
  ...changes,
});

test("reads what the Python library writes, as its own reader would expand it", () => {
  const { value, problems } = decode(relation());

  expect(problems).toEqual([]);
  expect(value.identity).toEqual({
    model: "obs",
    modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
    application: "zinc",
    charm: "zinc-k8s",
  });
  const origin = { application: "zinc", endpoint: "metrics-endpoint", relation: 2 };
  expect(value.scrapes).toEqual([
    {
      name: "api",
      path: "/m",
      scheme: "http",
      targets: [
        { address: "10.1.7.20:4080", unit: "zinc/0", labels: { tier: "front" } },
        { address: "10.1.7.21:4080", unit: "zinc/1", pathPrefix: "/obs-zinc-1", labels: { tier: "front" } },
      ],
      origin: { ...origin, item: "api" },
    },
    {
      name: "",
      path: "/metrics",
      scheme: "http",
      targets: [
        { address: "zinc-0.zinc-endpoints.obs.svc.cluster.local:9100", unit: "zinc/0", labels: {} },
        { address: "203.0.113.9:9100", labels: {} },
      ],
      origin: { ...origin, index: 1 },
    },
  ]);
});

test("rules are scoped again and bear the identity, whatever their sender did", () => {
  const { ruleGroups } = decode(relation()).value;
  const ours =
    'juju_application="zinc",juju_model="obs",juju_model_uuid="7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"';

  expect(ruleGroups.map(({ name }) => name)).toEqual([
    "obs_7a3c1f0e_zinc_queue_rules",
    "obs_7a3c1f0e_zinc_HostHealth_rules",
  ]);
  expect(ruleGroups.flatMap(({ rules }) => rules.map(({ expr }) => expr))).toEqual([
    `max_over_time(zinc_queue_depth{${ours}}[5m]) > 100`,
    `up{${ours}} < 1`,
    `absent(up{${ours}})`,
  ]);
});

const withRules = (rules: readonly unknown[]): RelationView =>
  relation({
    application_bag: { ...zinc.application, alert_rules: JSON.stringify({ groups: [{ name: "g", rules }] }) },
  });

test.for([
  { what: "does not parse", bad: { alert: "X", expr: "up >" } },
  { what: "does not type", bad: { alert: "X", expr: "rate(up)" } },
  {
    what: "claims another identity in a label",
    bad: { alert: "X", expr: "up", labels: { juju_application: "other" } },
  },
  {
    what: "claims another identity in its expression",
    bad: { alert: "X", expr: 'up{juju_application="other"}' },
  },
  {
    what: "queries in an annotation",
    bad: { alert: "X", expr: "up", annotations: { a: '{{ query "up" }}' } },
  },
  { what: "has an unknown key", bad: { alert: "X", expr: "up", proxy: "x" } },
  { what: "is no rule", bad: 7 },
])("a rule that $what is left out, reported, and changes nothing about the others", ({ bad }) => {
  const good = [
    { alert: "One", expr: "up == 0", for: "1m" },
    { record: "a:b", expr: "sum(up)" },
  ];
  const alone = decode(withRules(good));
  const together = decode(withRules([good[0], bad, good[1]]));

  expect(together.value).toEqual(alone.value);
  expect(together.problems.map(({ severity, origin }) => [severity, origin.application])).toEqual([
    ["error", "zinc"],
  ]);
});

test("a forwarded rule is held to the identity that it bears, in compatible mode alone", () => {
  const labels = {
    juju_model: "obs",
    juju_model_uuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
    juju_application: "ring",
  };
  const view = withRules([{ alert: "X", expr: "up == 0", labels }]);

  expect(decode(view).problems).toMatchObject([{ code: "RULE_FOREIGN_IDENTITY" }]);
  expect(decode(view, { scoping: "compatible" }).value.ruleGroups[0]?.rules).toMatchObject([
    {
      expr: 'up{juju_application="ring",juju_model="obs",juju_model_uuid="7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"} == 0',
      labels,
    },
  ]);
});

test("a relation whose units are gone carries nothing", () => {
  expect(decode(relation({ unit_bags: {} })).value).toMatchObject({ scrapes: [], ruleGroups: [] });
});

test("units stand in order of their numbers, and old libraries' address is read", () => {
  const unit_bags = Object.fromEntries(
    ["zinc/10", "zinc/9", "zinc/2"].map((unit) => [
      unit,
      { prometheus_scrape_host: `10.1.8.${unit.slice(5)}` },
    ]),
  );
  const { value } = decode(relation({ unit_bags, granted: ["10.1.8.2", "10.1.8.9", "10.1.8.10"] }));

  expect(value.scrapes[0]?.targets.map(({ address }) => address)).toEqual([
    "10.1.8.2:4080",
    "10.1.8.9:4080",
    "10.1.8.10:4080",
  ]);
});

test("jobs without metadata are taken as they are written: no wildcard stands for units", () => {
  const { scrape_metadata: _, ...application_bag } = zinc.application;
  const { value, problems } = decode(relation({ application_bag }));

  expect(value.identity).toEqual({ model: "", modelUuid: "", application: "zinc" });
  expect(value.scrapes.map(({ targets }) => targets)).toEqual([
    [],
    [
      { address: "zinc-0.zinc-endpoints.obs.svc.cluster.local:9100", labels: {} },
      { address: "203.0.113.9:9100", labels: {} },
    ],
  ]);
  expect(problems.filter(({ code }) => code.startsWith("SCRAPE_"))).toMatchObject([
    { code: "SCRAPE_TARGET_REFUSED", origin: { item: "api" } },
  ]);
});

test("the host's word stands against a claim of another application or model", () => {
  const { alert_rules: _, ...application_bag } = zinc.application;
  const model = { name: "obs", uuid: "11111111-1111-4111-8111-111111111111" };
  const { value, problems } = decode(
    Object.assign(relation({ application: "storefront", application_bag }), { model }),
  );

  expect(value.identity).toMatchObject({ application: "storefront", model: "obs", modelUuid: model.uuid });
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    [
      "RELATION_FOREIGN_IDENTITY",
      'scrape_metadata claims the application "zinc"; the related one is "storefront"',
    ],
    [
      "RELATION_FOREIGN_IDENTITY",
      `scrape_metadata claims the modelUuid "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"; the related one is "${model.uuid}"`,
    ],
  ]);
});

test("a forwarder may speak for others in compatible mode alone", () => {
  const labels = {
    juju_model: "obs",
    juju_model_uuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
    juju_application: "ring",
    juju_unit: "ring/3",
    host: "r3",
  };
  const view = withJobs([
    {
      job_name: "juju_obs_7a3c1f0_ring_prometheus_scrape",
      static_configs: [{ targets: ["10.1.7.20:9100"], labels }],
    },
  ]);

  expect(decode(view).problems).toMatchObject([{ code: "SCRAPE_LABEL_REFUSED" }]);
  expect(decode(view).value.scrapes[0]?.targets).toEqual([]);
  expect(decode(view, { scoping: "compatible" })).toMatchObject({
    problems: [],
    value: {
      scrapes: [
        {
          targets: [
            {
              address: "10.1.7.20:9100",
              unit: "ring/3",
              identity: { application: "ring", model: "obs" },
              labels: { host: "r3" },
            },
          ],
        },
      ],
    },
  });
});

test("jobs of one name are told apart by the peers' digest, and one sent twice is taken once", () => {
  const one = { metrics_path: "/a", static_configs: [{ targets: ["10.1.7.20:1"] }], job_name: "j" };
  const names = decode(
    withJobs([one, { ...one, metrics_path: "/b" }, { ...one, metrics_path: "/b" }]),
  ).value.scrapes.map(({ name }) => name);

  expect(names).toHaveLength(2);
  expect(new Set(names.map((name) => /^j_[0-9a-f]{64}$/.test(name)))).toEqual(new Set([true]));
});

test.for([
  { what: "no object", bad: 7, code: "SCRAPE_JOB_INVALID" },
  { what: "a value of the wrong type", bad: job({ scrape_interval: 15 }), code: "SCRAPE_JOB_INVALID" },
  { what: "an unknown key", bad: job({ scrape_intervall: "15s" }), code: "SCRAPE_KEY_REFUSED" },
  { what: "honor_labels", bad: job({ honor_labels: true }), code: "SCRAPE_KEY_REFUSED" },
  { what: "a proxy", bad: job({ proxy_url: "http://10.1.7.20:3128" }), code: "SCRAPE_KEY_REFUSED" },
  {
    what: "targets from a file",
    bad: job({ file_sd_configs: [{ files: ["/etc/x.json"] }] }),
    code: "SCRAPE_KEY_REFUSED",
  },
  {
    what: "a password from a file",
    bad: job({ basic_auth: { username: "a", password_file: "/etc/shadow" } }),
    code: "SCRAPE_KEY_REFUSED",
  },
  {
    what: "credentials from a file",
    bad: job({ authorization: { credentials_file: "/etc/shadow" } }),
    code: "SCRAPE_KEY_REFUSED",
  },
  {
    what: "a key file",
    bad: job({ tls_config: { cert_file: "/a", key_file: "/b" } }),
    code: "SCRAPE_KEY_REFUSED",
  },
  {
    what: "a path as its CA",
    bad: job({ tls_config: { ca_file: "/etc/ssl/ca.pem" } }),
    code: "SCRAPE_KEY_REFUSED",
  },
  {
    what: "an unknown key deep inside",
    bad: job({ static_configs: [{ targets: [], file: "x" }] }),
    code: "SCRAPE_KEY_REFUSED",
  },
  {
    what: "a path with line breaks",
    bad: job({ metrics_path: "/a\r\nHost: x" }),
    code: "SCRAPE_JOB_INVALID",
  },
  {
    what: "a timeout past its interval",
    bad: job({ scrape_interval: "5s", scrape_timeout: "10s" }),
    code: "SCRAPE_JOB_INVALID",
  },
  { what: "an interval of a millisecond", bad: job({ scrape_interval: "1ms" }), code: "SCRAPE_JOB_INVALID" },
  {
    what: "a relabelling of identity",
    bad: job({ metric_relabel_configs: [{ target_label: "juju_application", replacement: "x" }] }),
    code: "SCRAPE_RELABEL_REFUSED",
  },
  {
    what: "a relabelling to any label",
    bad: job({ relabel_configs: [{ source_labels: ["a"], target_label: "$1" }] }),
    code: "SCRAPE_RELABEL_REFUSED",
  },
  {
    what: "a relabelling of the address",
    bad: job({ relabel_configs: [{ target_label: "__address__", replacement: "169.254.169.254:80" }] }),
    code: "SCRAPE_RELABEL_REFUSED",
  },
  {
    what: "a labelmap to identity",
    bad: job({ metric_relabel_configs: [{ action: "labelmap", regex: "x_(.*)", replacement: "juju_$1" }] }),
    code: "SCRAPE_RELABEL_REFUSED",
  },
  {
    what: "a labeldrop of identity",
    bad: job({ metric_relabel_configs: [{ action: "labeldrop", regex: "ju.*" }] }),
    code: "SCRAPE_RELABEL_REFUSED",
  },
  {
    what: "a labeldrop by a search",
    bad: job({ metric_relabel_configs: [{ action: "LabelDrop", regex: "(x|j).*" }] }),
    code: "SCRAPE_RELABEL_REFUSED",
  },
  {
    what: "a labelkeep",
    bad: job({ metric_relabel_configs: [{ action: "labelkeep", regex: "a" }] }),
    code: "SCRAPE_RELABEL_REFUSED",
  },
])("a job with $what is left out, reported, and changes nothing about the others", ({ bad, code }) => {
  const good = [job({ job_name: "one" }), job({ job_name: "two", scheme: "https" })];
  const alone = decode(withJobs(good));
  const together = decode(withJobs([good[0], bad, good[1]]));

  expect(together.value).toEqual(alone.value);
  expect(new Set(together.problems.map((found) => found.code))).toEqual(new Set([code]));
  expect(together.problems[0]?.severity).toBe("error");
});

test("a file path or a proxy is refused in compatible mode too, an unknown key only left out", () => {
  const decoded = decode(withJobs([job({ proxy_url: "x" }), job({ job_name: "good", honor_labels: true })]), {
    scoping: "compatible",
  });

  expect(decoded.value.scrapes.map(({ name }) => name)).toEqual(["good"]);
  expect(decoded.problems.map(({ severity }) => severity)).toEqual(["error", "warning"]);
});

test.for([
  "169.254.169.254:80",
  "10.1.7.99:80",
  "0x0a010714:80",
  "[::ffff:10.1.7.20]:80",
  "10.1.7.20",
  "http://10.1.7.20:80/",
  "xn--zinc-0.evil:80",
  "*.evil:80",
  "203.0.113.9:9101",
])("the target %s is left out and the job's others stay", (target) => {
  const { value, problems } = decode(
    withJobs([job({ static_configs: [{ targets: [target, "10.1.7.20:80"] }] })]),
  );

  expect(value.scrapes[0]?.targets.map(({ address }) => address)).toEqual(["10.1.7.20:80"]);
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["SCRAPE_TARGET_REFUSED"]));
});

test("a unit's address must be granted as well", () => {
  expect(decode(relation({ granted: ["10.1.7.20"] })).value.scrapes[0]?.targets).toHaveLength(1);
});

test("credentials and certificates sent inline are taken, typed, and reported without being repeated", () => {
  const ca = "-----BEGIN CERTIFICATE-----\nTUlJ\n-----END CERTIFICATE-----\n";
  const { value, problems } = decode(
    withJobs([
      job({
        job_name: "a",
        basic_auth: { username: "u", password: "canary" },
        tls_config: { ca_file: ca, insecure_skip_verify: false },
      }),
      job({ job_name: "b", authorization: { credentials: "canary" }, tls_config: { ca } }),
    ]),
  );

  expect(value.scrapes).toMatchObject([
    {
      authorization: { kind: "basic", username: "u", password: { inline: "canary" } },
      tls: { ca, insecureSkipVerify: false },
    },
    { authorization: { kind: "bearer", type: "Bearer", credentials: { inline: "canary" } }, tls: { ca } },
  ]);
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
    ["SCRAPE_INLINE_SECRET", "warning"],
    ["SCRAPE_INLINE_SECRET", "warning"],
  ]);
  expect(JSON.stringify(problems)).not.toContain("canary");
});

test("a reference to a secret arrives as one, with its key, and is no credential in clear", () => {
  const secret = "secret:abcdefghij0123456789";
  const { value, problems } = decode(
    withJobs([
      job({ job_name: "a", basic_auth: { username: "u", password: secret } }),
      job({ job_name: "b", authorization: { credentials: `${secret}#api-key` } }),
    ]),
  );

  expect(value.scrapes.map(({ authorization }) => authorization)).toEqual([
    { kind: "basic", username: "u", password: { secret } },
    { kind: "bearer", type: "Bearer", credentials: { secret, key: "api-key" } },
  ]);
  expect(problems).toEqual([]);
});

test.for([
  "secret:abcdefghij012345678",
  "secret:abcdefghij0123456789 ",
  "Secret:abcdefghij0123456789",
  "secret:ABCDEFGHIJ0123456789",
  "secret:abcdefghij0123456789#",
  "secret:abcdefghij0123456789#a#b",
  "secret:abcdefghij0123456789#__proto__",
  "secret:abcdefghij0123456789/api-key",
])("%s is no reference to a secret", (text) => {
  const { value, problems } = decode(withJobs([job({ authorization: { credentials: text } })]));

  expect(value.scrapes[0]?.authorization).toMatchObject({ credentials: { inline: text } });
  expect(problems.map(({ code }) => code)).toEqual(["SCRAPE_INLINE_SECRET"]);
});

const anyBag = fc.dictionary(
  fc.constantFrom(
    "scrape_metadata",
    "scrape_jobs",
    "alert_rules",
    "prometheus_scrape_unit_address",
    "prometheus_scrape_unit_path",
    "prometheus_scrape_host",
    "__proto__",
    "event",
  ),
  fc.oneof(fc.string(), fc.json()),
);

test("never throws, and changes no prototype, whatever the bags hold", () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  fc.assert(
    fc.property(anyBag, anyBag, fc.constantFrom("strict", "compatible"), (application_bag, unit, scoping) => {
      const decoded = decode(relation({ application_bag, unit_bags: { "zinc/0": unit } }), { scoping });
      expect(JSON.parse(JSON.stringify(decoded))).toEqual(decoded);
      expect(provider().decode(relation({ application_bag })).problems.length).toBeLessThan(4);
    }),
  );
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
});

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.jsonValue() as fc.Arbitrary<Json>,
  fc.constantFrom("*:80", "10.1.7.20:80", "/m", "15s", "1h"),
);
const anyJob = fc.record(
  {
    job_name: fc.oneof(fc.constant("bad"), leaf),
    metrics_path: leaf,
    static_configs: fc.oneof(
      leaf,
      fc.array(
        fc.record({
          targets: fc.oneof(leaf, fc.array(leaf)),
          labels: fc.oneof(leaf, fc.dictionary(fc.string(), leaf)),
        }),
      ),
    ),
    scrape_interval: leaf,
    scheme: fc.oneof(fc.constant("https"), leaf),
    params: fc.oneof(leaf, fc.dictionary(fc.string(), leaf)),
    relabel_configs: fc.oneof(
      leaf,
      fc.array(
        fc.dictionary(
          fc.constantFrom("action", "target_label", "regex", "replacement", "source_labels"),
          leaf,
        ),
      ),
    ),
    tls_config: fc.oneof(leaf, fc.dictionary(fc.constantFrom("ca", "ca_file", "server_name", "x"), leaf)),
    sample_limit: leaf,
  },
  { requiredKeys: [] },
);

test("whatever one job holds, its neighbours are decoded as if it were not there", () => {
  const good = [job({ job_name: "one" }), job({ job_name: "two", params: { a: ["b"] } })];
  const alone = decode(withJobs(good)).value.scrapes;
  fc.assert(
    fc.property(anyJob, (bad) => {
      const all = decode(withJobs([good[0], bad, good[1]])).value.scrapes;
      expect(all.filter(({ name }) => name === "one" || name === "two")).toEqual(alone);
    }),
  );
});

test.for([
  {
    what: "wildcards without end",
    jobs: [job({ static_configs: [{ targets: Array.from({ length: 120_000 }, (_, port) => `*:${port}`) }] })],
  },
  {
    what: "many jobs",
    jobs: Array.from({ length: 1000 }, (_, at) =>
      job({ job_name: `j${at}`, static_configs: [{ targets: ["*:1", "*:2", "*:3"] }] }),
    ),
  },
  {
    what: "long labels",
    jobs: [
      job({
        static_configs: Array.from({ length: 20 }, () => ({
          targets: Array.from({ length: 4000 }, () => "*:1"),
          labels: Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`l${at}`, "x".repeat(500)])),
        })),
      }),
    ],
  },
  {
    what: "foreign targets",
    jobs: [
      job({ static_configs: [{ targets: Array.from({ length: 15_000 }, (_, port) => `10.9.9.9:${port}`) }] }),
    ],
  },
])("a bag full of $what is read within its bounds", ({ jobs }) => {
  const { value, problems } = decode(withJobs(jobs));

  expect(problems.length).toBeLessThan(102);
  expect(JSON.stringify(value).length).toBeLessThan(4_000_000);
});

const self: Self = {
  topology: {
    model: "obs",
    modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
    application: "zinc",
    unit: "zinc/0",
    charm: "zinc-k8s",
  },
  leader: true,
  network: { address: "10.1.7.20", ports: {} },
};

test("the provider writes the keys of the Python library, key for key and text for text", () => {
  const { unit: _, ...identity } = self.topology;
  const writes = provider().encode(
    {
      identity,
      scrapes: [
        {
          name: "api",
          path: "/m",
          scheme: "http",
          targets: [{ address: "*:4080", labels: { tier: "front" } }],
          origin: {},
        },
        {
          name: "",
          path: "/metrics",
          scheme: "http",
          targets: [
            { address: "zinc-0.zinc-endpoints.obs.svc.cluster.local:9100", labels: {} },
            { address: "203.0.113.9:9100", labels: {} },
          ],
          origin: {},
        },
      ],
      ruleGroups: JSON.parse(zinc.application["alert_rules"] ?? "").groups,
    },
    relation(),
    self,
  );

  expect(writes.application).toEqual(zinc.application);
  expect(writes.unit).toEqual({
    prometheus_scrape_unit_address: "10.1.7.20",
    prometheus_scrape_unit_name: "zinc/0",
  });
});

test("a unit that does not lead writes its own bag alone", () => {
  const { unit: _, ...identity } = self.topology;
  const writes = provider().encode({ identity, scrapes: [], ruleGroups: [] }, relation(), {
    ...self,
    leader: false,
  });

  expect(Object.keys(writes)).toEqual(["unit"]);
});
