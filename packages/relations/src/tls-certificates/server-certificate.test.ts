import {
  active,
  caCertificate,
  certificate,
  defineCharm,
  perRelation,
  privateKey,
  waiting,
} from "@orrery/charm";
import { MaterialKeeper } from "@orrery/charm-testing";
import { X509Certificate, createHash } from "node:crypto";
import { expect, test } from "vitest";
import { provider, requirer, serverCertificate } from "./index.ts";

const VALIDITY = 3600;

/** Signs everything for an hour; takes its time, or takes back, when a test says so. */
const authority = defineCharm({
  name: "authority",
  config: { mode: { type: "string", default: "signs", oneOf: ["signs", "idle", "revokes"] } },
  endpoints: { certificates: provider() },
  reconcile: ({ config, endpoints, materials }) => {
    const all = endpoints.certificates.relations.flatMap(({ value }) => value);
    const requests = config.mode === "idle" ? all.filter(({ csr }) => materials[idOf(csr)]) : all;
    const answers = endpoints.certificates.relations.map(({ key, value }) => {
      const certificates = value.flatMap(({ csr }) => {
        const [signed, ca] = [materials[idOf(csr)], materials["ca"]];
        const one = { csr, certificate: signed?.current ?? "", ca: ca?.current ?? "" };
        return signed && ca ? [{ ...one, revoked: config.mode === "revokes" }] : [];
      });
      return [key, { certificates }] as const;
    });
    return {
      status: active(),
      materials: {
        key: privateKey("ecdsa-p256"),
        ca: caCertificate({
          key: "key",
          subject: { commonName: "authority" },
          validitySeconds: 100 * VALIDITY,
        }),
        ...Object.fromEntries(
          requests.map(({ csr }) => [
            idOf(csr),
            certificate({ csr, key: "key", ca: "ca", validitySeconds: VALIDITY }),
          ]),
        ),
      },
      publish: { certificates: perRelation(new Map(answers)) },
    };
  },
});

function idOf(csr: string): string {
  return createHash("sha256").update(csr).digest("hex");
}

const server = defineCharm({
  name: "server",
  containers: { web: { program: "node" } },
  endpoints: { certificates: requirer({ limit: 1 }) },
  reconcile: ({ endpoints, materials, network }) => {
    const { wanted, identity, ...more } = serverCertificate({
      relations: endpoints.certificates.relations,
      materials,
      subject: { commonName: "server" },
      sans: { ip: [network.address] },
    });
    const files = identity && {
      "tls/key.pem": { content: identity.key, mode: "0600" as const },
      "tls/chain.pem": { content: identity.chain },
    };
    return {
      ...more,
      containers: { web: { services: {}, files: files ?? {} } },
      publish: { certificates: wanted },
      status: identity ? active(identity.notAfter) : waiting("for a certificate"),
    };
  },
});

async function run(keeper: MaterialKeeper, mode = "signs") {
  const runs = await keeper.exchange(
    { authority: { charm: authority, config: { mode } }, server: { charm: server } },
    [["authority:certificates", "server:certificates"]],
  );
  const unit = runs.get("server/0");
  const files = unit?.files("web") ?? {};
  const serial = files["tls/chain.pem"] && new X509Certificate(files["tls/chain.pem"]).serialNumber;
  return {
    status: unit?.status,
    serial,
    key: files["tls/key.pem"],
    files,
    outcome: unit?.outcome,
    codes: unit?.codes,
  };
}

test("a server that is related to an authority comes to a key and a certificate for its address", async () => {
  const { status, files } = await run(new MaterialKeeper());

  expect(status).toBe("active: 2026-01-01T01:00:00Z");
  expect(new X509Certificate(files["tls/chain.pem"] ?? "").subjectAltName).toBe("IP Address:127.0.2.2");
  expect(files["tls/key.pem"]).toContain("PRIVATE KEY");
});

test("it is renewed with a new key when four fifths of its time have passed, and not before", async () => {
  const keeper = new MaterialKeeper();
  const first = await run(keeper);
  keeper.advance(VALIDITY * 790);
  expect(await run(keeper)).toEqual(first);
  keeper.advance(VALIDITY * 20);
  const second = await run(keeper);

  expect(second.status).toBe("active: 2026-01-01T01:48:36Z");
  expect(second.key).not.toBe(first.key);
  expect(second.serial).not.toBe(first.serial);
  expect(Object.keys(keeper.materials("server/0")["tls-key"] ?? {})).not.toContain("previous");
});

test("while the authority takes its time, the standing certificate goes on with its own key", async () => {
  const keeper = new MaterialKeeper();
  const first = await run(keeper);
  keeper.advance(VALIDITY * 900);
  const waiting = await run(keeper, "idle");

  expect(keeper.materials("server/0")["tls-key"]?.previous).toBe(first.key);
  expect([waiting.key, waiting.serial]).toEqual([first.key, first.serial]);
});

test("what was taken back is no longer served", async () => {
  const keeper = new MaterialKeeper();
  await run(keeper);

  expect(await run(keeper, "revokes")).toMatchObject({ status: "waiting: for a certificate", files: {} });
});

test("without an authority there is no key, and nothing is asked for", async () => {
  const alone = await new MaterialKeeper().run(server);

  expect(alone.outcome.materials).toEqual({});
  expect(alone.status).toBe("waiting: for a certificate");
});
