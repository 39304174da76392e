import { readFileSync } from "node:fs";
import type { Bag, RelationView, Self } from "@orrery/charm";
import { conformance } from "@orrery/charm-testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { feedback } from "./feedback.ts";
import { provider } from "./provider.ts";
import { requirer } from "./requirer.ts";

interface PeerSide {
  readonly application: Bag;
  readonly unit: Bag;
}

/** Bags that the Python consumer and provider wrote, and what each made of the other's, both run under ops' Scenario. */
const peer = JSON.parse(
  readFileSync(new URL("../../test/fixtures/zinc.loki-push-api-1.30.json", import.meta.url), "utf8"),
) as {
  readonly loki: PeerSide & {
    readonly alertsRead: Readonly<Record<string, { readonly groups: readonly object[] }>>;
  };
  readonly zinc: PeerSide & { readonly endpointsRead: readonly { readonly url: string }[] };
};

const HOST = "loki-0.loki-endpoints.obs.svc.cluster.local";
const modelUuid = "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713";
const granted = [`${HOST}:3100`, "loki-1.loki-endpoints.obs.svc.cluster.local:3100"];

function relation(application: string, bags: Partial<RelationView["bags"]>): RelationView {
  const units = [0, 1].map((number) => `${application}/${number}`);
  return {
    id: 2,
    endpoint: "logging",
    interface: "loki_push_api",
    application,
    units,
    version: 1,
    bags: { localApplication: {}, localUnit: {}, remoteApplication: {}, remoteUnits: {}, ...bags },
    granted,
  };
}

const self = (application: string, charm: string, leader = true): Self => ({
  topology: { model: "obs", modelUuid, application, unit: `${application}/0`, charm },
  leader,
  network: { address: "10.1.7.20", ports: {} },
});

const sent = (alert_rules: unknown): RelationView =>
  relation("zinc", {
    remoteApplication: { ...peer.zinc.application, alert_rules: JSON.stringify(alert_rules) },
  });

test("reads who sends and with which rules, as the Python provider does", () => {
  const { value, problems } = provider().decode(
    relation("zinc", { remoteApplication: peer.zinc.application }),
  );

  expect(problems).toEqual([]);
  expect(value.identity).toEqual({ model: "obs", modelUuid, application: "zinc", charm: "zinc-k8s" });
  expect(value.sentRules).toEqual(peer.loki.alertsRead["obs_7a3c1f0e_zinc"]?.groups);
});

test("writes what the Python provider writes, key for key, but for the address of Promtail", () => {
  const { promtail_binary_zip_url: _, ...application } = peer.loki.application;
  const view = relation("zinc", {});

  expect(provider().encode({ url: `http://${HOST}:3100/` }, view, self("loki", "loki-k8s"))).toEqual({
    unit: peer.loki.unit,
    application,
  });
  expect(provider().encode({ url: `http://${HOST}:3100` }, view, self("loki", "loki-k8s", false))).toEqual({
    unit: peer.loki.unit,
  });
});

test("reads where each unit of a Python provider takes lines, sorted, each once", () => {
  const second = { endpoint: peer.loki.unit["endpoint"]?.replace("loki-0", "loki-1") ?? "" };
  const { value, problems } = requirer().decode(
    relation("loki", {
      remoteApplication: peer.loki.application,
      remoteUnits: { "loki/1": second, "loki/0": peer.loki.unit },
    }),
  );

  expect(problems).toEqual([]);
  expect(value.endpoints.map(({ url }) => ({ url }))).toEqual(peer.zinc.endpointsRead);
});

test("writes what the Python consumer writes, text for text, and who it is where a charm says nothing", () => {
  const { groups } = JSON.parse(peer.zinc.application["alert_rules"] ?? "");
  const view = relation("loki", {});
  const zinc = self("zinc", "zinc-k8s");

  expect(requirer().encode({ logRuleGroups: groups }, view, zinc)).toEqual({
    application: peer.zinc.application,
  });
  expect(requirer().announce?.(view, zinc)).toEqual({
    application: { metadata: peer.zinc.application["metadata"], alert_rules: "{}" },
  });
});

test.for([
  "http://169.254.169.254/loki/api/v1/push",
  "http://127.9.9.9:3100/loki/api/v1/push",
  `http://user:pw@${HOST}:3100/loki/api/v1/push`,
  `http://${HOST}:3100/loki/api/v1/push?x=y`,
  "file:///etc/passwd",
  `http://${HOST}:3100/\r\nHost: x`,
])("the URL %j is left out and reported, the others stay", (url) => {
  const { value, problems } = requirer().decode(
    relation("loki", {
      remoteUnits: { "loki/0": peer.loki.unit, "loki/1": { endpoint: JSON.stringify({ url }) } },
    }),
  );

  expect(value.endpoints.map((one) => one.address)).toEqual([`${HOST}:3100`]);
  expect(problems).toMatchObject([{ code: "RELATION_URL_REFUSED", origin: { unit: "loki/1" } }]);
});

test.for([
  { what: "is no rule", bad: 7, code: "RULE_INVALID" },
  { what: "has no expression", bad: { alert: "X" }, code: "RULE_INVALID" },
  { what: "both alerts and records", bad: { alert: "X", record: "a:b", expr: "1" }, code: "RULE_INVALID" },
])("a rule that $what is left out, reported, and changes nothing about the others", ({ bad, code }) => {
  const good = { alert: "One", expr: 'rate({job=~".+"}[5m]) > 1' };
  const { value, problems } = provider().decode(sent({ groups: [{ name: "g", rules: [good, bad] }] }));

  expect(value.sentRules).toEqual([{ name: "g", rules: [good] }]);
  expect(problems.map((found) => found.code)).toEqual([code]);
});

test("groups without a name or rules are left out, and a flood of rules ends at its bound", () => {
  const rules = Array.from({ length: 10_001 }, () => ({ alert: "A", expr: "1" }));
  const { value, problems } = provider().decode(sent({ groups: [7, { rules: [] }, { name: "g", rules }] }));

  expect(value.sentRules.map((group) => group.rules.length)).toEqual([10_000]);
  expect(problems.map(({ code }) => code)).toEqual([
    "RULES_GROUP_INVALID",
    "RULES_GROUP_INVALID",
    "RULES_TOO_MANY",
  ]);
});

test("a claim of another identity is reported and not taken, unless forwarders may speak for others", () => {
  const claim = { ...JSON.parse(peer.zinc.application["metadata"] ?? ""), application: "ring" };
  const view = relation("zinc", { remoteApplication: { metadata: JSON.stringify(claim) } });

  expect(provider().decode(view)).toMatchObject({
    value: { identity: { application: "zinc" } },
    problems: [
      {
        code: "RELATION_FOREIGN_IDENTITY",
        message: 'metadata claims the application "ring"; the related one is "zinc"',
      },
    ],
  });
  expect(provider({ scoping: "compatible" }).decode(view)).toMatchObject({
    value: { identity: { application: "ring" } },
    problems: [],
  });
});

test("a relation whose units are gone carries no rules", () => {
  const view = { ...relation("zinc", { remoteApplication: peer.zinc.application }), units: [] };

  expect(provider().decode(view).value.sentRules).toEqual([]);
});

test("errors in rules reach their author, and warnings do not", () => {
  const { problems } = provider().decode(sent({ groups: [{ name: "g", rules: [7] }] }));
  const view = relation("zinc", {});
  const told = provider().encode(
    { url: `http://${HOST}:3100`, ...feedback(problems) },
    view,
    self("loki", "loki-k8s"),
  );
  const read = requirer().decode(relation("loki", { remoteApplication: told.application ?? {} }));

  expect(read.value.errors).toContain("rule 0 of group");
  expect(read.problems).toMatchObject([{ code: "RELATION_REJECTED" }]);
  expect(feedback(problems.map((one) => ({ ...one, severity: "warning" })))).toEqual({});
});

/** Names but those that would reach into JavaScript's own objects, which no bag may hold. */
const labelName = fc.string().filter((name) => !["__proto__", "constructor", "prototype"].includes(name));
const rule = fc.record({
  alert: fc.string(),
  expr: fc.string({ minLength: 1 }),
  labels: fc.dictionary(labelName, fc.string()),
});
const groups = fc.array(
  fc.record({ name: fc.string({ minLength: 1 }), rules: fc.array(rule, { minLength: 1 }) }),
);

test("whatever rules a requirer sends, its provider reads them as they were", () => {
  fc.assert(
    fc.property(groups, (logRuleGroups) => {
      const { application = {} } = requirer().encode(
        { logRuleGroups },
        relation("loki", {}),
        self("zinc", "zinc-k8s"),
      );
      const { value, problems } = provider().decode(relation("zinc", { remoteApplication: application }));

      expect(problems).toEqual([]);
      expect(value.sentRules).toEqual(JSON.parse(JSON.stringify(logRuleGroups)));
    }),
  );
});

const identity = {
  model: "test",
  modelUuid: "00000000-0000-4000-8000-000000000000",
  application: "writer",
  charm: "writer",
};
const url = "http://127.0.0.2:8080/loki/api/v1/push";
const endpoints = [
  { url, scheme: "http" as const, address: "127.0.0.2:8080", pathPrefix: "/loki/api/v1/push" },
];
const logRuleGroups = [{ name: "g", rules: [{ alert: "A", expr: 'rate({job="x"}[1m]) > 1' }] }];

test("both sides keep what every relation library promises", () => {
  expect(() =>
    conformance(
      { provider: provider(), requirer: requirer() },
      {
        provider: [
          { sent: { url: "http://127.0.0.2:8080" }, read: { endpoints } },
          {
            sent: { url: "http://127.0.0.2:8080", errors: "no" },
            read: { endpoints, errors: "no" },
            reports: ["RELATION_REJECTED"],
          },
        ],
        requirer: [
          { sent: {}, read: { identity, sentRules: [] } },
          { sent: { logRuleGroups }, read: { identity, sentRules: logRuleGroups } },
        ],
      },
    ),
  ).not.toThrow();
});
