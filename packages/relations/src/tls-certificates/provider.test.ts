import * as fc from "fast-check";
import { expect, test } from "vitest";
import { entries, fixture, peer, relation, writer } from "./python-peer.test-support.ts";
import { provider } from "./provider.ts";

const odd: Readonly<Record<string, string>> = JSON.parse(fixture("odd.signing-requests.python.json"));
const [first] = entries;
const csr = first.certificate_signing_request;

function decode(requests: unknown) {
  const remoteUnits = { "zinc/0": { certificate_signing_requests: JSON.stringify(requests) } };
  return provider().decode(relation({ remoteUnits }, "zinc"));
}

const ask = (text: string | undefined) => ({ certificate_signing_request: text, ca: false });

test.for(["P-256", "P-521 with SHA-512", "Ed25519", "a unique identifier"])(
  "a request with %s is taken",
  (what) => {
    const { value, problems } = decode([ask(odd[what])]);

    expect(problems).toEqual([]);
    expect(value).toMatchObject([{ csr: odd[what], ca: false, application: "zinc", unit: "zinc/0" }]);
    expect(value[0]?.subject[0]).toEqual({ oid: "2.5.4.3", value: "odd.example.com" });
    expect(value[0]?.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  },
);

test("names are told by their kind", () => {
  expect(decode([ask(odd["every kind of name"])]).value[0]?.names).toEqual({
    dns: ["*.odd.example.com", "odd.example.com"],
    ip: ["2001:db8::7"],
    email: ["odd@example.com"],
    uri: ["spiffe://example.com/odd"],
    oid: ["1.2.3.4"],
  });
});

test.for([
  { what: "SHA-224", told: /signed in a way that is not taken/ },
  { what: "a short RSA key", told: /RSA key of 1128 bits; allowed are 2048 to 8192/ },
  { what: "an RSA key with a huge exponent", told: /exponent/ },
  { what: "a curve of its own", told: /curve secp256k1/ },
  { what: "a name that is a directory", told: /name of a kind that is not carried/ },
  { what: "a DNS name with a line break", told: /DNS name that is none/ },
  { what: "a DNS name with a star inside", told: /DNS name that is none/ },
  { what: "more names than are taken", told: /101 names; allowed are 100/ },
  { what: "a line break in its subject", told: /control characters/ },
])("a request with $what is left out and reported, and its neighbour stands", ({ what, told }) => {
  const { value, problems } = decode([ask(odd[what]), ask(csr)]);

  expect(value.map((one) => one.csr)).toEqual([csr]);
  expect(problems).toMatchObject([
    {
      code: "CERTIFICATE_REQUEST_INVALID",
      message: expect.stringMatching(told),
      origin: { unit: "zinc/0", item: "certificate_signing_requests", index: 0 },
    },
  ]);
});

test.for([
  { what: "text", bad: "-----BEGIN" },
  { what: "an entry without request", bad: { ca: true } },
  { what: "a request that is a number", bad: ask(undefined) },
  { what: "a flag that is a text", bad: { ...ask(csr), ca: "true" } },
  { what: "a certificate", bad: ask(first.certificate) },
  { what: "a request with other bytes in it", bad: ask(damaged(csr, 900)) },
  { what: "a request whose signature does not hold", bad: ask(damaged(csr, 12)) },
  { what: "a request with something after it", bad: ask(lengthened(csr)) },
  { what: "two requests in one text", bad: ask(`${csr}\n${csr}`) },
  { what: "a request of 40 000 characters", bad: ask(csr.replace("\n", "\n".repeat(40_000))) },
])("$what is left out and reported, and nothing of it is repeated", ({ bad }) => {
  const { value, problems } = decode([bad, ask(odd["P-256"])]);

  expect(value.map((one) => one.csr)).toEqual([odd["P-256"]]);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).not.toMatch(/MII|BEGIN/);
});

test("a request that comes twice is taken once, and its sender is told", () => {
  const rewritten = csr.replaceAll(/\n(?!-)/g, "").replace("-----MII", "-----\r\nMII");
  const remoteUnits = {
    "zinc/0": peer.requirer.units["zinc/0"] ?? {},
    "zinc/1": { certificate_signing_requests: JSON.stringify([ask(rewritten)]) },
  };
  const { value, problems } = provider().decode(relation({ remoteUnits }, "zinc"));

  expect(value.map(({ unit }) => unit)).toEqual(["zinc/0"]);
  expect(problems).toMatchObject([{ severity: "warning", origin: { unit: "zinc/1", index: 0 } }]);
});

test("a bag with too many requests costs its own unit alone", () => {
  const remoteUnits = {
    ...peer.requirer.units,
    "zinc/1": { certificate_signing_requests: JSON.stringify(Array.from({ length: 101 }, () => ask(csr))) },
  };
  const { value, problems } = provider().decode(relation({ remoteUnits }, "zinc"));

  expect(value.map(({ unit }) => unit)).toEqual(["zinc/0", "zinc/2"]);
  expect(problems).toMatchObject([{ code: "DATABAG_INVALID_FIELD", origin: { unit: "zinc/1" } }]);
});

test("past three hundred requests the rest is left out, which is told first", () => {
  const bag = { certificate_signing_requests: JSON.stringify(Array.from({ length: 100 }, () => ask("x"))) };
  const units = Array.from({ length: 4 }, (_, at) => `zinc/${at}`);
  const remoteUnits = {
    ...Object.fromEntries(units.map((unit) => [unit, bag])),
    "zinc/0": peer.requirer.units["zinc/0"] ?? {},
  };
  const view = relation({ remoteUnits }, "zinc");
  const { value, problems } = provider().decode({ ...view, units });

  expect(value.map(({ unit }) => unit)).toEqual(["zinc/0"]);
  expect(problems[0]).toMatchObject({
    code: "RELATION_INVALID_VALUE",
    message: "301 certificate signing requests were sent; only the first 300 are looked into",
  });
  expect(problems).toHaveLength(101);
});

test("whatever stands among good requests, they are all taken", () => {
  const text = fc.oneof(
    fc.string(),
    fc.nat({ max: 900 }).map((at) => damaged(csr, at)),
  );
  const entry = fc.oneof(fc.jsonValue(), text.map(ask));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 5 }), fc.array(entry, { maxLength: 5 }), (before, after) => {
      const { value } = decode([...before, ask(csr), ...after, ask(odd["P-256"])]);
      expect(value.map((one) => one.csr)).toEqual(expect.arrayContaining([csr, odd["P-256"]]));
    }),
  );
});

test("what has no chain goes out with one, and only the leader writes", () => {
  const { certificate, ca } = first;
  const publish = (leader: boolean) =>
    provider().encode(
      { certificates: [{ csr, certificate, ca: `${ca}\n` }] },
      relation({}, "zinc"),
      writer(leader),
    );

  expect(publish(false)).toEqual({});
  expect(JSON.parse(publish(true).application?.["certificates"] ?? "")).toEqual([first]);
  expect(provider().encode({ certificates: [] }, relation({}, "zinc"), writer(true))).toEqual({
    application: {},
  });
});

test.for(["certificate", "ca", "csr"] as const)("a private key as %s is never published", (field) => {
  const key = first.ca.replaceAll("CERTIFICATE", "EC PRIVATE KEY");
  const value = { csr, certificate: first.certificate, ca: first.ca, [field]: key };

  expect(() => provider().encode({ certificates: [value] }, relation({}, "zinc"), writer(true))).toThrow(
    expect.objectContaining({
      code: "CERTIFICATE_NOT_PUBLISHED",
      message: expect.not.stringContaining("MII"),
    }),
  );
});

/** Changes one byte of a PEM text's content. */
function damaged(pem: string, at: number): string {
  const der = derOf(pem);
  const place = der.length - 1 - (at % der.length);
  der.writeUInt8(der.readUInt8(place) ^ 1, place);
  return pemOf(der);
}

function lengthened(pem: string): string {
  return pemOf(Buffer.concat([derOf(pem), Buffer.from([5, 0])]));
}

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replaceAll(/-----[^-]+-----/g, ""), "base64");
}

function pemOf(der: Buffer): string {
  return `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString("base64")}\n-----END CERTIFICATE REQUEST-----`;
}
