import { execFileSync } from "node:child_process";
import { X509Certificate, createPrivateKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer } from "node:tls";
import { caCertificate, certificate, csr, privateKey } from "@orrery/charm";
import type { CertificateRequest, PrivateKeyRequest, SubjectName } from "@orrery/charm";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { makeMaterial } from "../make-material.ts";
import { NOON, makeAll, seeded } from "../material-source.test-support.ts";

type Algorithm = PrivateKeyRequest["algorithm"];

const folder = mkdtempSync(join(tmpdir(), "materials-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SUBJECT: SubjectName = {
  commonName: '#shop, "the" büro + co',
  organization: "Orrery = us",
  organizationalUnit: "Web",
  country: "DE",
  state: "Thüringen",
  locality: "Jena",
  email: "web@shop.example",
};
const NAMES = { dns: ["localhost", "*.shop.example"], ip: ["127.0.0.1", "::1", "2001:db8::7"] };

interface Chain {
  readonly key: string;
  readonly ca: string;
  readonly leaf: string;
  /** Issues one more certificate of the same CA. */
  readonly issue: (more: Partial<CertificateRequest>, now?: number) => Promise<string>;
}

async function chainOf(
  algorithm: Algorithm,
  { validitySeconds = 7 * 86_400, now = Date.now() }: { validitySeconds?: number; now?: number } = {},
): Promise<Chain> {
  const made = await makeAll(
    {
      caKey: privateKey(algorithm),
      otherKey: privateKey("ecdsa-p256"),
      key: privateKey(algorithm),
      ca: caCertificate({ key: "caKey", subject: { commonName: "Test CA" }, validitySeconds }),
      csr: csr({ key: "key", subject: SUBJECT, sans: NAMES }),
    },
    { now: () => now },
  );
  const issue: Chain["issue"] = async (more, at = now) =>
    await makeMaterial(
      certificate({ csr: made["csr"] ?? "", key: "caKey", ca: "ca", validitySeconds: 86_400, ...more }),
      { random: seeded(7), now: () => at, of: (id) => made[id] },
    );
  const { key = "", ca = "" } = made;
  return { key, ca, leaf: await issue({}), issue };
}

function openssl(args: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return execFileSync("openssl", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** A request that OpenSSL makes, as other charms do. */
function foreignRequest(...args: readonly string[]): string {
  const made = ["req", "-new", "-utf8", "-nodes", "-keyout", "foreign.key", "-out", "-"];
  const key = args.includes("-newkey") ? [] : ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
  return openssl([...made, ...key, ...args]);
}

/** The extensions that say what may be done with a certificate's key, on one line. */
function rights(pem: string): string {
  const wanted = "basicConstraints,keyUsage,extendedKeyUsage";
  const text = openssl(["x509", "-in", "one.pem", "-noout", "-ext", wanted], { "one.pem": pem });
  return text.replaceAll(/\s*\n\s*/gu, " ").trim();
}

const hasOpenssl = ((): boolean => {
  try {
    return openssl(["version"]).startsWith("OpenSSL");
  } catch {
    return false;
  }
})();

for (const algorithm of ["ecdsa-p256", "rsa-2048"] as const) {
  test.skipIf(!hasOpenssl)(
    `OpenSSL verifies what ${algorithm} keys signed (where it is installed)`,
    async () => {
      const { ca, leaf, issue } = await chainOf(algorithm);
      const intermediate = await issue({ isCa: true });
      const verify = ["verify", "-x509_strict", "-check_ss_sig", "-CAfile", "ca.pem"];

      for (const purpose of ["sslserver", "sslclient"]) {
        const told = openssl([...verify, "-purpose", purpose, "leaf.pem"], {
          "ca.pem": ca,
          "leaf.pem": leaf,
        });
        expect(told).toBe("leaf.pem: OK\n");
      }
      for (const name of ["localhost", "a.shop.example"]) {
        expect(openssl([...verify, "-verify_hostname", name, "leaf.pem"])).toBe("leaf.pem: OK\n");
      }
      for (const ip of NAMES.ip)
        expect(openssl([...verify, "-verify_ip", ip, "leaf.pem"])).toBe("leaf.pem: OK\n");
      expect(() => openssl([...verify, "-verify_hostname", "other.example", "leaf.pem"])).toThrow(
        /mismatch/u,
      );
      expect(openssl([...verify, "intermediate.pem"], { "intermediate.pem": intermediate })).toBe(
        "intermediate.pem: OK\n",
      );
      expect(
        openssl(["x509", "-in", "leaf.pem", "-noout", "-subject", "-nameopt", "RFC2253,utf8,-esc_msb"]),
      ).toBe(
        'subject=emailAddress=web@shop.example,CN=\\#shop\\, \\"the\\" büro \\+ co,OU=Web,O=Orrery = us,L=Jena,ST=Thüringen,C=DE\n',
      );
    },
  );

  test(`a server and a client with certificates of ${algorithm} keys talk to each other over TLS, both verified`, async () => {
    const { key, ca, leaf } = await chainOf(algorithm);
    const server = createServer(
      { key, cert: leaf, ca, requestCert: true, rejectUnauthorized: true },
      (socket) => {
        socket.end(`hello, ${socket.authorized ? "I know you" : "stranger"}`);
      },
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const talk = async (more: object): Promise<string> =>
      await new Promise((resolve, reject) => {
        const socket = connect({
          port,
          host: "127.0.0.1",
          servername: "localhost",
          ca,
          key,
          cert: leaf,
          ...more,
        });
        let heard = "";
        socket.on("data", (chunk) => (heard += chunk.toString()));
        socket.on("end", () => resolve(heard));
        socket.on("error", reject);
      });

    expect(await talk({})).toBe("hello, I know you");
    expect(await talk({ servername: "b.shop.example" })).toBe("hello, I know you");
    await expect(talk({ servername: "evil.example" })).rejects.toMatchObject({
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
    await expect(talk({ ca: [] })).rejects.toMatchObject({ code: "SELF_SIGNED_CERT_IN_CHAIN" });
    await new Promise((resolve) => server.close(resolve));
  });
}

test("a leaf has the request's names, the right to serve and to ask, and says which keys it and its issuer have", async () => {
  const { key, ca, leaf } = await chainOf("ecdsa-p256", { now: NOON });
  const [made, root] = [new X509Certificate(leaf), new X509Certificate(ca)];

  expect(made.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect([made.ca, root.ca]).toEqual([false, true]);
  expect(made.checkIssued(root)).toBe(true);
  expect(made.subjectAltName?.split(", ")).toEqual([
    "DNS:localhost",
    "DNS:*.shop.example",
    "IP Address:127.0.0.1",
    "IP Address:0:0:0:0:0:0:0:1",
    "IP Address:2001:DB8:0:0:0:0:0:7",
  ]);
  expect(made.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
  expect([made.validFrom, made.validTo]).toEqual(["Jan  1 11:55:00 2026 GMT", "Jan  2 12:00:00 2026 GMT"]);
  expect(made.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/u);
});

test.skipIf(!hasOpenssl)(
  "what may be done with a key is critical, and only what is right for it (where OpenSSL is installed)",
  async () => {
    const [ec, rsa] = [await chainOf("ecdsa-p256"), await chainOf("rsa-2048")];
    const purposes =
      "X509v3 Extended Key Usage: TLS Web Server Authentication, TLS Web Client Authentication";
    const leaf = "X509v3 Basic Constraints: critical CA:FALSE X509v3 Key Usage: critical Digital Signature";
    const signs = "X509v3 Key Usage: critical Certificate Sign, CRL Sign";

    expect(rights(ec.leaf)).toBe(`${leaf} ${purposes}`);
    expect(rights(rsa.leaf)).toBe(`${leaf}, Key Encipherment ${purposes}`);
    expect(rights(ec.ca)).toBe(`X509v3 Basic Constraints: critical CA:TRUE ${signs}`);
    expect(rights(await ec.issue({ isCa: true }))).toBe(
      `X509v3 Basic Constraints: critical CA:TRUE, pathlen:0 ${signs}`,
    );
  },
);

test("no certificate outlives its CA, or begins before it", { timeout: 60_000 }, async () => {
  const aLife = fc.integer({ min: 60, max: 315_360_000 });
  const after = fc.double({ min: 0, max: 0.999, noNaN: true });
  await fc.assert(
    fc.asyncProperty(aLife, aLife, after, async (caSeconds, validitySeconds, part) => {
      const later = Math.floor(caSeconds * part);
      const { ca, issue } = await chainOf("ecdsa-p256", { validitySeconds: caSeconds, now: NOON });
      const root = new X509Certificate(ca);
      const leaf = new X509Certificate(await issue({ validitySeconds }, NOON + later * 1000));

      expect(leaf.validToDate.getTime()).toBe(NOON + Math.min(later + validitySeconds, caSeconds) * 1000);
      expect(leaf.validFromDate.getTime()).toBe(NOON + (later - 300) * 1000);
      expect(leaf.validFromDate.getTime()).toBeGreaterThanOrEqual(root.validFromDate.getTime());
      await expect(issue({ validitySeconds }, NOON + caSeconds * 1000)).rejects.toMatchObject({
        code: "CA_UNFIT",
        message: expect.stringContaining("ended at"),
      });
      // A clock that was set back: not before the CA itself.
      const early = new X509Certificate(await issue({ validitySeconds }, NOON - 1000));
      expect(early.validFromDate).toEqual(root.validFromDate);
    }),
    { numRuns: 15 },
  );
});

describe.skipIf(!hasOpenssl)("requests of others (where OpenSSL is installed)", () => {
  test.for<{ what: string; args: readonly string[]; names: string | undefined; subject: string }>([
    {
      what: "as the field's charms write it, with a UUID",
      args: [
        "-newkey",
        "rsa:2048",
        "-subj",
        "/x500UniqueIdentifier=0a1b/CN=shop",
        "-addext",
        "subjectAltName=DNS:a.b",
      ],
      names: "DNS:a.b",
      subject: "x500UniqueIdentifier=0a1b\nCN=shop",
    },
    {
      what: "of a P-384 key",
      args: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-subj", "/CN=x"],
      names: undefined,
      subject: "CN=x",
    },
    {
      what: "without a subject",
      args: ["-subj", "/", "-addext", "subjectAltName=IP:10.0.0.1"],
      names: "IP Address:10.0.0.1",
      subject: "",
    },
    {
      what: "that asks to be a CA",
      args: [
        "-subj",
        "/CN=x",
        "-addext",
        "basicConstraints=critical,CA:TRUE",
        "-addext",
        "keyUsage=keyCertSign",
      ],
      names: undefined,
      subject: "CN=x",
    },
  ])("one $what is certified, as a leaf", async ({ args, names, subject }) => {
    const { ca, issue } = await chainOf("ecdsa-p256");
    const leaf = await issue({ csr: foreignRequest(...args) });

    const made = new X509Certificate(leaf);
    expect([made.ca, made.subjectAltName, made.subject ?? ""]).toEqual([false, names, subject]);
    expect(
      openssl(["verify", "-x509_strict", "-CAfile", "ca.pem", "leaf.pem"], {
        "ca.pem": ca,
        "leaf.pem": leaf,
      }),
    ).toBe("leaf.pem: OK\n");
  });

  test.for<{ what: string; request: () => string; code: string; told: RegExp }>([
    { what: "nothing", request: () => "", code: "CSR_UNREADABLE", told: /one PEM block/u },
    {
      what: "two in one text",
      request: () => foreignRequest("-subj", "/CN=a") + foreignRequest("-subj", "/CN=b"),
      code: "CSR_UNREADABLE",
      told: /one PEM block/u,
    },
    {
      what: "a certificate",
      request: () =>
        openssl(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-subj", "/CN=x"]),
      code: "CSR_UNREADABLE",
      told: /CERTIFICATE REQUEST/u,
    },
    {
      what: "a megabyte",
      request: () => "A".repeat(1_000_000),
      code: "CSR_UNREADABLE",
      told: /1000000 characters; allowed are 65536/u,
    },
    {
      what: "one cut short",
      request: () => foreignRequest("-subj", "/CN=x").replace(/\n[^\n]+\n-----END/u, "\n-----END"),
      code: "CSR_UNREADABLE",
      told: /does not hold/u,
    },
    {
      what: "an RSA key of 1024 bits",
      request: () => foreignRequest("-newkey", "rsa:1024", "-subj", "/CN=x"),
      code: "CSR_REFUSED",
      told: /key is rsa 1024; allowed/u,
    },
    {
      what: "a key of another curve",
      request: () =>
        foreignRequest("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1", "-subj", "/CN=x"),
      code: "CSR_REFUSED",
      told: /secp256k1; allowed/u,
    },
    {
      what: "an alternative name of an unknown kind",
      request: () =>
        foreignRequest("-subj", "/CN=x", "-addext", "subjectAltName=DNS:a.b,otherName:1.2.3.4;UTF8:hi"),
      code: "CSR_REFUSED",
      told: /kind that is not certified/u,
    },
    {
      what: "another service's identity",
      request: () => foreignRequest("-subj", "/CN=x", "-addext", "subjectAltName=URI:spiffe://x/admin"),
      code: "CSR_REFUSED",
      told: /"spiffe:\/\/x\/admin" is of kind url/u,
    },
    {
      what: "a name that is no name",
      request: () => foreignRequest("-subj", "/CN=x", "-addext", "subjectAltName=DNS:a b"),
      code: "CSR_REFUSED",
      told: /"a b" is no DNS name/u,
    },
    {
      what: "an attribute of an unknown kind",
      request: () => foreignRequest("-subj", "/CN=x/title=Dr"),
      code: "CSR_REFUSED",
      told: /subject has attribute T; allowed are C, ST/u,
    },
    {
      what: "a name that ends a line",
      request: () => foreignRequest("-subj", "/CN=a\nb"),
      code: "CSR_REFUSED",
      told: /cannot be shown/u,
    },
    {
      what: "nobody's name",
      request: () => foreignRequest("-subj", "/"),
      code: "CSR_REFUSED",
      told: /names nobody/u,
    },
  ])("one with $what is refused with its reason", async ({ request, code, told }) => {
    const { issue } = await chainOf("ecdsa-p256");

    await expect(issue({ csr: request() })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(told),
    });
  });

  test("a request whose names were changed after it was signed is refused", async () => {
    const { issue } = await chainOf("ecdsa-p256");
    const der = Buffer.from(
      foreignRequest("-subj", "/CN=good.example").split("\n").slice(1, -2).join(""),
      "base64",
    );
    const changed = Buffer.from(der.toString("latin1").replace("good.example", "evil.example"), "latin1");
    const csr = `-----BEGIN CERTIFICATE REQUEST-----\n${changed.toString("base64")}\n-----END CERTIFICATE REQUEST-----\n`;

    await expect(issue({ csr })).rejects.toMatchObject({ code: "CSR_SIGNATURE_INVALID" });
  });
});

test(
  "whatever somebody sends for a request is refused with one of three codes, or is what its key signed",
  { timeout: 60_000 },
  async () => {
    const { issue } = await chainOf("ecdsa-p256");
    const { csr: good = "" } = await makeAll({
      key: privateKey("ecdsa-p256"),
      csr: csr({ key: "key", subject: SUBJECT, sans: NAMES }),
    });
    const der = Buffer.from(good.split("\n").slice(1, -2).join(""), "base64");
    const flipped = fc
      .array(fc.tuple(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((flips) => {
        const bytes = Buffer.from(der);
        for (const [at, by] of new Map(flips)) bytes[at] = (bytes[at] ?? 0) ^ by;
        return bytes;
      });
    const anyBytes = fc.oneof(flipped, fc.uint8Array({ minLength: 1, maxLength: 400 }));
    const asPem = anyBytes.map(
      (bytes) =>
        `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from(bytes).toString("base64")}\n-----END CERTIFICATE REQUEST-----`,
    );

    const signed = new X509Certificate(await issue({ csr: good }));
    // Bytes around what is signed, such as the outermost length, may differ: nothing of them reaches the certificate.
    const certified = (pem: string): string => {
      const { subject, subjectAltName, publicKey } = new X509Certificate(pem);
      const same = subject === signed.subject && subjectAltName === signed.subjectAltName;
      return same && publicKey.equals(signed.publicKey) ? "what was signed" : pem;
    };

    await fc.assert(
      fc.asyncProperty(fc.oneof(asPem, asPem, fc.string()), async (text) => {
        const answer = await issue({ csr: text }).then(certified, (cause: { code: string }) => cause.code);
        expect(answer).toMatch(/^(CSR_(UNREADABLE|SIGNATURE_INVALID|REFUSED)|what was signed)$/u);
      }),
      { numRuns: 300 },
    );
  },
);

test.for<{ what: string; more: Partial<CertificateRequest>; code: string; told: RegExp }>([
  {
    what: "an unknown key",
    more: { key: "kee" },
    code: "MATERIAL_UNKNOWN",
    told: /"kee" names no material/u,
  },
  {
    what: "an unknown CA",
    more: { ca: "root" },
    code: "MATERIAL_UNKNOWN",
    told: /"root" names no material/u,
  },
  {
    what: "another CA's key",
    more: { key: "otherKey" },
    code: "CA_UNFIT",
    told: /another key than "otherKey"/u,
  },
  {
    what: "a certificate for a key",
    more: { key: "ca" },
    code: "MATERIAL_UNREADABLE",
    told: /no private key in PEM/u,
  },
  {
    what: "a key for a CA",
    more: { ca: "caKey" },
    code: "MATERIAL_UNREADABLE",
    told: /no certificate in PEM/u,
  },
])("nothing is signed with $what", async ({ more, code, told }) => {
  const { issue } = await chainOf("ecdsa-p256");

  await expect(issue(more)).rejects.toMatchObject({ code, message: expect.stringMatching(told) });
});

test("a leaf signs nothing", async () => {
  const { key, leaf } = await chainOf("ecdsa-p256", { now: NOON });
  const values: Record<string, string> = { key, leaf };
  const from = { random: seeded(1), now: () => NOON, of: (id: string) => values[id] };

  await expect(
    makeMaterial(certificate({ csr: "", key: "key", ca: "leaf", validitySeconds: 60 }), from),
  ).rejects.toMatchObject({ code: "CA_UNFIT", message: expect.stringContaining("not that of a CA") });
});

test.for([
  { what: "a name that ends a line", subject: { commonName: "a\nb" }, sans: {} },
  { what: "no DNS name", subject: { commonName: "a" }, sans: { dns: ["a b"] } },
  { what: "no address", subject: { commonName: "a" }, sans: { ip: ["localhost"] } },
])("our own requests do not ask for $what", async ({ subject, sans }) => {
  await expect(
    makeAll({ key: privateKey("ecdsa-p256"), csr: csr({ key: "key", subject, sans }) }),
  ).rejects.toMatchObject({ code: "MATERIAL_NAME_INVALID" });
});
