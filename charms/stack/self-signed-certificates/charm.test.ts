import { X509Certificate } from "node:crypto";
import { active, csr, defineCharm, privateKey } from "@orrery/charm";
import { MaterialKeeper, testCharm } from "@orrery/charm-testing";
import * as transfer from "@orrery/relations/certificate-transfer";
import * as tls from "@orrery/relations/tls-certificates";
import { expect, test } from "vitest";

const charm = await testCharm(import.meta.dirname);

/** Asks for a certificate, and trusts what it is handed on. */
const client = defineCharm({
  name: "client",
  endpoints: { certificates: tls.requirer(), "receive-ca-cert": transfer.requirer() },
  reconcile: ({ endpoints, materials }) => {
    const request = materials["request"];
    const trusted = endpoints["receive-ca-cert"].relations.flatMap(({ value }) => value);
    const issued = endpoints.certificates.relations.flatMap(({ value }) => value.certificates);
    const verified = issued.filter(({ certificate, csr: wanted }) => {
      const leaf = new X509Certificate(certificate);
      const signed = trusted.some((ca) => leaf.verify(new X509Certificate(ca.certificate).publicKey));
      return signed && wanted === request?.current.trim();
    });
    return {
      materials: {
        key: privateKey("ecdsa-p256"),
        request: csr({ key: "key", subject: { commonName: "client" }, sans: { dns: ["client.example"] } }),
      },
      publish: { certificates: { requests: request ? [{ csr: request.current }] : [] } },
      status: active(`${verified.length} verified until ${verified[0]?.notAfter}, ${trusted.length} trusted`),
    };
  },
});

async function run(keeper: MaterialKeeper, config = {}) {
  return await keeper.exchange({ ca: { charm, config }, client: { charm: client } }, [
    ["ca:certificates", "client:certificates"],
    ["ca:send-ca-cert", "client:receive-ca-cert"],
  ]);
}

test("what it signs is verified by the certificate that it hands on", async () => {
  const runs = await run(new MaterialKeeper());

  expect(runs.get("ca/0")?.status).toBe("active: 1 certificate");
  expect(runs.get("client/0")?.status).toBe("active: 1 verified until 2026-04-01T00:00:00Z, 1 trusted");
});

test("a certificate is good for as long as the operator says, and never longer than the authority's own", async () => {
  const short = await run(new MaterialKeeper(), { "certificate-validity": "1m" });
  const long = await run(new MaterialKeeper(), { "certificate-validity": "2y", "root-ca-validity": "30d" });

  expect(short.get("client/0")?.status).toContain("until 2026-01-01T00:01:00Z");
  expect(long.get("client/0")?.status).toContain("until 2026-01-31T00:00:00Z");
});

test("before the authority's own certificate ends there is another, and both are trusted", async () => {
  const keeper = new MaterialKeeper();
  await run(keeper);
  keeper.advance(300 * 86_400_000);
  const later = await run(keeper);

  expect(later.get("client/0")?.status).toBe("active: 1 verified until 2027-01-26T00:00:00Z, 2 trusted");
});

test("who goes takes its certificate along", async () => {
  const keeper = new MaterialKeeper();
  await run(keeper);
  await keeper.run(charm, { application: "ca" });

  expect(Object.keys(keeper.materials("ca/0"))).toEqual(["ca", "ca-key"]);
});
