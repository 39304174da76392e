import { readFileSync } from "node:fs";
import { conformance } from "@orrery/charm-testing";
import type { Bag, RelationView, Self } from "@orrery/charm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { provider } from "./provider.ts";
import { requirer } from "./requirer.ts";

/** Bags that the Python charms wrote to each other, run under ops' Scenario: to a reader of version 1, and to one that says nothing. */
const peer: {
  readonly requirer: { readonly application: Bag };
  readonly version1: { readonly application: Bag; readonly unit: Bag };
  readonly version0: { readonly application: Bag; readonly unit: Bag };
  readonly certificates: readonly string[];
} = JSON.parse(
  readFileSync(
    new URL("../../test/fixtures/authority.certificate-transfer-1.1.python.json", import.meta.url),
    "utf8",
  ),
);
const { certificates } = peer;
const [first = "", second = ""] = certificates;

function relation(remoteApplication: Bag, remoteUnits: Readonly<Record<string, Bag>> = {}): RelationView {
  return {
    id: 4,
    endpoint: "receive-ca-cert",
    interface: "certificate_transfer",
    application: "authority",
    units: Object.keys(remoteUnits),
    version: 1,
    granted: [],
    bags: { localApplication: {}, localUnit: {}, remoteApplication, remoteUnits },
  };
}

function self(leader: boolean): Self {
  const [model, modelUuid] = ["obs", "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"];
  const topology = { model, modelUuid, application: "trust", unit: "trust/0", charm: "trust" };
  return { topology, leader, network: { address: "10.1.9.1", ports: {} } };
}

const decode = (application: Bag, units: Readonly<Record<string, Bag>> = {}) =>
  requirer().decode(relation(application, units));
const taken = (decoded: ReturnType<typeof decode>) => decoded.value.map(({ certificate }) => certificate);

test("both versions of the Python provider are read, with the facts of each certificate", () => {
  const now = decode(peer.version1.application, { "authority/0": peer.version1.unit });
  const old = decode({}, { "authority/0": peer.version0.unit });

  expect(now.problems).toEqual([]);
  expect(taken(now)).toEqual(certificates);
  expect(old).toEqual(now);
  expect(now.value.filter(({ ca }) => ca)).toHaveLength(2);
  expect(now.value[0]).toMatchObject({
    fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    notBefore: "2026-01-01T00:00:00Z",
  });
});

test("what is written is byte for byte what the Python provider writes, in both versions", () => {
  const sent = { certificates: [...certificates, `\n${first}\n`].toReversed() };

  expect(provider().encode(sent, relation(peer.requirer.application), self(true))).toEqual(peer.version1);
  expect(provider().encode(sent, relation({}), self(true))).toEqual(peer.version0);
  expect(provider().encode(sent, relation({}), self(false))).toEqual({ unit: peer.version0.unit });
  expect(provider().encode({ certificates: [] }, relation({}), self(true))).toEqual({
    unit: {},
    application: { certificates: "[]", version: "1" },
  });
});

test("the leader says that it reads version 1, whatever its charm publishes", () => {
  for (const said of [
    requirer().announce?.(relation({}), self(true)),
    requirer().encode(null, relation({}), self(true)),
  ])
    expect(said).toEqual(peer.requirer);
  expect(requirer().announce?.(relation({}), self(false))).toEqual({});
});

test.for([
  { what: "bare PEM", bag: { ca: first, certificate: second } },
  { what: "JSON", bag: { ca: JSON.stringify(first), certificate: JSON.stringify(second) } },
])("version 0 with its authority as $what is read, and a leaf is not trusted by itself", ({ bag }) => {
  expect(decode({}, { "authority/0": bag })).toMatchObject({ value: [{ certificate: first }], problems: [] });
});

test("version 0 of all units is put together, version 1 comes before it, and an empty version 1 stands", () => {
  const units = {
    "authority/0": { chain: JSON.stringify([second]) },
    "authority/1": { chain: JSON.stringify([first]) },
  };

  expect(taken(decode({}, units))).toEqual([first, second]);
  expect(taken(decode({ certificates: JSON.stringify([first]) }, units))).toEqual([first]);
  expect(taken(decode({ certificates: "[]", version: "1" }, units))).toEqual([]);
});

test("a certificate is taken once, however it is written, alone or among others in one text", () => {
  const crammed = first.replaceAll(/\n(?!-)/g, "").replace("-----MII", "-----\nMII");
  const bundle = `# Issuer: x\n${second}\r\n${crammed}\n`;
  const decoded = decode({ certificates: JSON.stringify([bundle, first]) });

  expect(decoded.problems).toEqual([]);
  expect(taken(decoded)).toEqual([first, second]);
});

test.for([
  { what: "text", bad: "x" },
  { what: "nothing", bad: "" },
  { what: "a key", bad: first.replaceAll("CERTIFICATE", "PRIVATE KEY") },
  { what: "a certificate cut short", bad: first.split("\n").toSpliced(4, 1).join("\n") },
  { what: "a block without end", bad: first.replace("-----END", "----END") },
])("$what is left out and reported, its neighbour stands, and nothing of it is repeated", ({ bad }) => {
  const decoded = decode({ certificates: JSON.stringify([bad, second]) });

  expect(taken(decoded)).toEqual([second]);
  expect(decoded.problems).toMatchObject([
    { code: "CERTIFICATE_INVALID", origin: { application: "authority", item: "certificates", index: 0 } },
  ]);
  expect(decoded.problems[0]?.message).not.toMatch(/MII|BEGIN/);
});

test("past a thousand certificates the rest is left out, which is told", () => {
  const text = Array.from({ length: 1001 }, (_, at) => (at === 0 ? second : first)).join("\n");
  const decoded = decode({ certificates: JSON.stringify([text]) });

  expect(taken(decoded)).toEqual([first, second]);
  expect(decoded.problems).toMatchObject([{ code: "RELATION_INVALID_VALUE" }]);
});

test("a private key is never handed on", () => {
  const key = first.replaceAll("CERTIFICATE", "PRIVATE KEY");

  expect(() => provider().encode({ certificates: [first, key] }, relation({}), self(true))).toThrow(
    expect.objectContaining({
      code: "CERTIFICATE_NOT_PUBLISHED",
      message: expect.not.stringContaining("MII"),
    }),
  );
});

test("both sides keep what every relation library promises, in both versions", () => {
  const sent = { certificates };
  expect(() =>
    conformance(
      { provider: provider(), requirer: requirer() },
      {
        provider: [{ sent }, { before: null, sent }, { sent: { certificates: [] }, read: [] }],
        requirer: [{ sent: null, read: null }],
      },
    ),
  ).not.toThrow();
});

test("what is handed on is what is read, whatever else stands among it", () => {
  const noise = fc.array(fc.string({ unit: "binary" }), { maxLength: 5 });
  fc.assert(
    fc.property(fc.shuffledSubarray([...certificates]), fc.boolean(), noise, (some, old, junk) => {
      const asked = old ? {} : peer.requirer.application;
      const { application = {}, unit = {} } = provider().encode(
        { certificates: some },
        relation(asked),
        self(true),
      );
      const key = old ? "chain" : "certificates";
      const bag: Bag = old ? unit : application;
      const list: readonly string[] = JSON.parse(bag[key] ?? "[]");
      const mixed = { ...bag, [key]: JSON.stringify([...junk, ...list]) };
      const decoded = old ? decode({}, { "authority/0": mixed }) : decode(mixed);

      expect(taken(decoded)).toEqual(some.toSorted());
      expect(decoded.problems.filter(({ severity }) => severity === "error")).toHaveLength(junk.length);
    }),
  );
});
