import { expect, test } from "vitest";
import { commonName } from "./certificate-request.ts";
import { peer, relation, writer } from "./python-peer.test-support.ts";
import { provider } from "./provider.ts";
import { requirer } from "./requirer.ts";

const asked = relation(
  { remoteApplication: peer.requirer.application, remoteUnits: peer.requirer.units },
  "zinc",
);
const answer = peer.provider.application;

test("the requests of units and application are those that the Python provider reads, with their facts", () => {
  const { value, problems } = provider().decode(asked);

  expect(problems).toEqual([]);
  expect(value.map(({ unit }) => unit)).toEqual(["zinc/0", "zinc/1", "zinc/2", undefined]);
  const ours = value.map(({ csr, ca, subject, names }) => ({
    csr,
    ca,
    common_name: commonName(subject),
    dns: names.dns,
    ip: names.ip,
    organization: subject.find(({ oid }) => oid === "2.5.4.10")?.value,
  }));
  expect(ours.toSorted(byCsr)).toEqual(peer.python.provider.requests.toSorted(byCsr));
});

test.for(["zinc/0", "zinc/1"])("%s takes the certificate that the Python requirer takes", (unit) => {
  const localUnit = peer.requirer.units[unit] ?? {};
  const { value, problems } = requirer().decode(
    relation({ localUnit, remoteApplication: answer }, "authority"),
  );

  expect(problems).toEqual([]);
  const [theirs] = peer.python.units[unit]?.certificates ?? [];
  const { csr, certificate, ca, chain } = theirs ?? {};
  expect(value).toEqual({
    certificates: [
      { csr, certificate, ca, chain, notBefore: "2026-01-01T00:00:00Z", notAfter: "2035-12-30T00:00:00Z" },
    ],
    denied: [],
    capabilities: { ipAddresses: true, kind: "self-signed" },
  });
});

test("the leader alone takes what the application asked for", () => {
  const view = { localApplication: peer.requirer.application, remoteApplication: answer };
  const leader = requirer({ mode: "app" }).decode(relation(view, "authority")).value;
  const other = requirer({ mode: "app" }).decode(relation({ remoteApplication: answer }, "authority"));

  expect(leader.certificates.map(({ certificate }) => certificate)).toEqual(
    peer.python.application.certificates.map(({ certificate }) => certificate),
  );
  expect(other.value.certificates).toEqual([]);
  expect(other.problems).toEqual([]);
});

test("a denial is read as the Python requirer reads it, and is a problem", () => {
  const localUnit = peer.requirer.units["zinc/2"] ?? {};
  const { value, problems } = requirer().decode(
    relation({ localUnit, remoteApplication: answer }, "authority"),
  );

  expect(value.certificates).toEqual([]);
  expect(value.denied).toEqual(peer.python.units["zinc/2"]?.denied);
  expect(problems).toMatchObject([
    {
      code: "CERTIFICATE_DENIED",
      message:
        'authority denies a certificate: 102 "DOMAIN_NOT_ALLOWED": "zinc.example.org is not one of ours"',
    },
  ]);
});

test("what was read is written again as the Python charms wrote it, byte for byte", () => {
  const requests = provider().decode(asked).value;
  for (const [unit, bag] of Object.entries(peer.requirer.units)) {
    const own = requests.filter((one) => one.unit === unit);
    expect(requirer().encode({ requests: own }, asked, writer(false))).toEqual({ unit: bag });
  }
  const whole = requests.filter((one) => one.unit === undefined);
  const app = requirer({ mode: "app" });
  expect(app.encode({ requests: whole }, asked, writer(true))).toEqual({
    application: peer.requirer.application,
  });

  const views = ["zinc/0", "zinc/1", "zinc/2"].map((unit) =>
    relation({ localUnit: peer.requirer.units[unit] ?? {}, remoteApplication: answer }, "authority"),
  );
  const view = relation(
    { localApplication: peer.requirer.application, remoteApplication: answer },
    "authority",
  );
  const read = [...views.map((one) => requirer().decode(one).value), app.decode(view).value];
  const written = provider().encode(
    {
      certificates: read.flatMap(({ certificates }) => certificates),
      denied: read.flatMap(({ denied }) => denied),
      ...(read[0]?.capabilities ? { capabilities: read[0].capabilities } : {}),
    },
    asked,
    writer(true),
  ).application;
  const { request_errors: errors = "", ...rest } = answer;
  const { request_errors: ours = "", ...others } = written ?? {};
  expect(others).toEqual(rest);
  expect(JSON.parse(ours)).toMatchObject(JSON.parse(errors));
});

function byCsr(a: { readonly csr: string }, b: { readonly csr: string }): number {
  return a.csr < b.csr ? -1 : 1;
}
