import type { Bag } from "@orrery/charm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { entries, peer, relation, writer } from "./python-peer.test-support.ts";
import type { CertificatesReceived } from "./requirer.ts";
import { requirer } from "./requirer.ts";

const [first, second, whole] = entries;
const [csr0, csr1] = [first.certificate_signing_request, second.certificate_signing_request];
/** A unit that has asked for what both units of the peer asked for. */
const localUnit =
  requirer().encode({ requests: [{ csr: csr0 }, { csr: csr1 }] }, relation({}, "authority"), writer(false))
    .unit ?? {};

function decode(answers: unknown, own: Bag = localUnit) {
  const remoteApplication = { certificates: JSON.stringify(answers) };
  return requirer().decode(relation({ localUnit: own, remoteApplication }, "authority"));
}

const taken = ({ certificates }: CertificatesReceived) => certificates.map(({ csr }) => csr);

test.for([
  { what: "is no object", bad: 7, code: "DATABAG_INVALID_FIELD" },
  { what: "lacks the authority", bad: { ...first, ca: undefined }, code: "DATABAG_INVALID_FIELD" },
  {
    what: "has a chain of eleven",
    bad: { ...first, chain: Array.from({ length: 11 }, () => first.ca) },
    code: "DATABAG_INVALID_FIELD",
  },
  { what: "is no PEM", bad: { ...first, certificate: "MIIC" }, code: "CERTIFICATE_INVALID" },
  {
    what: "is cut short",
    bad: { ...first, certificate: cut(first.certificate) },
    code: "CERTIFICATE_INVALID",
  },
  { what: "is a request", bad: { ...first, certificate: csr0 }, code: "CERTIFICATE_INVALID" },
  {
    what: "is a key",
    bad: { ...first, certificate: relabelled(first.certificate) },
    code: "CERTIFICATE_INVALID",
  },
  {
    what: "is two",
    bad: { ...first, certificate: `${first.certificate}\n${first.ca}` },
    code: "CERTIFICATE_INVALID",
  },
  { what: "has an authority that is none", bad: { ...first, ca: "x" }, code: "CERTIFICATE_INVALID" },
  {
    what: "has a chain with a hole",
    bad: { ...first, chain: [first.certificate, ""] },
    code: "CERTIFICATE_INVALID",
  },
  {
    what: "is for another's key",
    bad: { ...first, certificate: second.certificate },
    code: "CERTIFICATE_MISMATCH",
  },
  { what: "may issue others", bad: { ...first, certificate: first.ca }, code: "CERTIFICATE_MISMATCH" },
])("a certificate that $what is left out and reported, and its neighbour stands", ({ bad, code }) => {
  const { value, problems } = decode([bad, second]);

  expect(taken(value)).toEqual([csr1]);
  expect(problems).toMatchObject([{ code, severity: "error", origin: { item: "certificates", index: 0 } }]);
  expect(problems[0]?.message).not.toContain("MII");
});

test("one that may not issue others is no answer where that was asked for, and the other way round", () => {
  const ask = (ca: boolean) =>
    requirer().encode(
      { requests: [{ csr: whole.certificate_signing_request, ca }] },
      relation({}, "authority"),
      writer(false),
    ).unit;

  expect(decode([whole], ask(true)).problems).toEqual([]);
  expect(decode([whole], ask(false)).problems).toMatchObject([{ code: "CERTIFICATE_MISMATCH" }]);
  const [asLeaf] = entries;
  const { unit } = requirer().encode(
    { requests: [{ csr: csr0, ca: true }] },
    relation({}, "authority"),
    writer(false),
  );
  expect(decode([asLeaf], unit).problems).toMatchObject([{ code: "CERTIFICATE_MISMATCH" }]);
});

test("a certificate that was taken back says so", () => {
  expect(decode([{ ...first, revoked: true }]).value.certificates).toMatchObject([
    { csr: csr0, revoked: true },
  ]);
});

test("a request has one answer; a second one is reported", () => {
  const { value, problems } = decode([first, { ...first, revoked: true }]);

  expect(value.certificates).toHaveLength(1);
  expect(value.certificates[0]).not.toHaveProperty("revoked");
  expect(problems).toMatchObject([{ code: "CERTIFICATE_INVALID", severity: "warning" }]);
});

test.for([
  { what: "without its leaf", chain: [first.ca] },
  { what: "upside down", chain: [first.ca, first.certificate] },
  { what: "of another's leaf", chain: [first.certificate, second.certificate] },
])("a chain $what is taken as it is, with a warning", ({ chain }) => {
  const { value, problems } = decode([{ ...first, chain }]);

  expect(value.certificates).toMatchObject([{ chain }]);
  expect(problems).toMatchObject([{ code: "CERTIFICATE_INVALID", severity: "warning" }]);
});

test("versions 2 and 3 are read: no chain, a flag that is null, keys that are no longer used", () => {
  const old = {
    ...first,
    chain: null,
    revoked: null,
    recommended_expiry_notification_time: 48,
    certificate: `${first.certificate}\n`,
  };

  expect(decode([old])).toMatchObject({ value: { certificates: [{ csr: csr0, chain: [] }] }, problems: [] });
});

test("answers to others' units pass by in silence; those to nobody in the application are told to its leader", () => {
  expect(decode([first, second], peer.requirer.units["zinc/0"])).toMatchObject({
    value: { certificates: [{ csr: csr0 }] },
    problems: [],
  });
  const view = relation(
    { localApplication: localUnit, remoteApplication: { certificates: JSON.stringify([first, whole]) } },
    "authority",
  );
  expect(requirer({ mode: "app" }).decode(view)).toMatchObject({
    value: { certificates: [{ csr: csr0 }] },
    problems: [{ code: "CERTIFICATE_UNREQUESTED", severity: "info", origin: { index: 1 } }],
  });
});

test("a denial names its request by either of its two names", () => {
  const error = { code: 201, name: "SERVER_NOT_AVAILABLE", message: "later", reason: null };
  const request_errors = JSON.stringify([
    { csr: csr0, error },
    { certificate_signing_request: csr1, error },
    { error },
  ]);
  const { value, problems } = requirer().decode(
    relation({ localUnit, remoteApplication: { request_errors } }, "authority"),
  );

  const told = { code: 201, name: "SERVER_NOT_AVAILABLE", message: "later" };
  expect(value.denied).toEqual([
    { csr: csr0, ...told },
    { csr: csr1, ...told },
  ]);
  expect(problems.map(({ code }) => code)).toEqual([
    "CERTIFICATE_DENIED",
    "CERTIFICATE_DENIED",
    "DATABAG_INVALID_FIELD",
  ]);
});

test("a request of one's own that is none is told to its charm, and the others are answered", () => {
  const broken = cut(csr0);
  const { unit = {} } = requirer().encode(
    { requests: [{ csr: broken }, { csr: csr1 }] },
    relation({}, "authority"),
    writer(false),
  );
  const { value, problems } = decode([second], unit);

  expect(taken(value)).toEqual([csr1]);
  expect(problems).toMatchObject([{ code: "CERTIFICATE_REQUEST_INVALID", origin: { index: 0 } }]);
});

test("whatever stands among good certificates, they are all taken", () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(first.certificate, first.ca, csr0, "", "-----BEGIN CERTIFICATE-----"),
  );
  const entry = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        ca: text,
        certificate_signing_request: fc.string(),
        certificate: text,
        chain: fc.array(text),
        revoked: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(fc.array(entry), fc.array(entry), fc.array(entry), (...bad) => {
      const { value } = decode([...bad[0], first, ...bad[1], second, ...bad[2]]);
      expect(taken(value)).toEqual([csr0, csr1]);
    }),
  );
});

test("nothing but requests in PEM is published", () => {
  const key = relabelled(first.certificate);

  expect(() => publish(key)).toThrow(
    expect.objectContaining({
      code: "CERTIFICATE_NOT_PUBLISHED",
      message: expect.not.stringContaining("MII"),
    }),
  );
  expect(publish(`\n${csr0}\n\n`)).toEqual({ unit: peer.requirer.units["zinc/0"] });
});

test("who asks for nothing writes nothing, and only a leader asks for the application", () => {
  const app = requirer({ mode: "app" });

  expect(requirer().encode({ requests: [] }, relation({}, "authority"), writer(false))).toEqual({ unit: {} });
  expect(app.encode({ requests: [{ csr: csr0 }] }, relation({}, "authority"), writer(false))).toEqual({});
  expect(app.encode({ requests: [] }, relation({}, "authority"), writer(true))).toEqual({ application: {} });
});

function publish(csr: string) {
  return requirer().encode({ requests: [{ csr }] }, relation({}, "authority"), writer(true));
}

function cut(pem: string): string {
  const lines = pem.split("\n");
  return lines.toSpliced(3, 1).join("\n");
}

function relabelled(pem: string): string {
  return pem.replaceAll("CERTIFICATE", "RSA PRIVATE KEY");
}
