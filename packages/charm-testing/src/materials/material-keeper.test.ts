import { X509Certificate } from "node:crypto";
import { connect, createServer } from "node:tls";
import type { AddressInfo } from "node:net";
import {
  active,
  caCertificate,
  certificate,
  csr,
  defineCharm,
  password,
  privateKey,
  waiting,
} from "@orrery/charm";
import type { Charm, Endpoint } from "@orrery/charm";
import { expect, test } from "vitest";
import { runCharm } from "../run/run-charm.ts";
import { MaterialKeeper } from "./material-keeper.ts";

const DAY = 86_400_000;

type Texts = Readonly<Record<string, string>>;

/** Texts in the application's bag, as they are. */
function texts(role: "provides" | "requires"): Endpoint<Texts, Texts> {
  return {
    role,
    interface: "toy-certificates",
    decode: ({ bags }) => ({ value: bags.remoteApplication, problems: [] }),
    encode: (value, _relation, { leader }) => (leader ? { application: value } : {}),
  };
}

/** Signs what it is handed. */
const authority: Charm = defineCharm({
  name: "authority",
  endpoints: { certificates: texts("provides") },
  reconcile: ({ endpoints, materials }) => {
    const request = endpoints.certificates.relations[0]?.value["request"] ?? "";
    const validitySeconds = 90 * 86_400;
    const leaf = certificate({ csr: request, key: "key", ca: "ca", validitySeconds });
    return {
      status: active(),
      materials: {
        key: privateKey("ecdsa-p256"),
        ca: caCertificate({
          key: "key",
          subject: { commonName: "Test CA" },
          validitySeconds: validitySeconds * 4,
        }),
        ...(request === "" ? {} : { leaf }),
      },
      publish: {
        certificates: {
          ca: materials["ca"]?.current ?? "",
          certificate: materials["leaf"]?.current ?? "",
        },
      },
    };
  },
});

/** Serves over TLS once it has a certificate. */
const server: Charm = defineCharm({
  name: "server",
  config: { rotate: { type: "string" } },
  containers: { web: { program: "node" } },
  endpoints: { certificates: texts("requires") },
  reconcile: ({ endpoints, materials, config }) => {
    const given = endpoints.certificates.relations[0]?.value ?? {};
    const files = {
      "ca.pem": given["ca"],
      "tls.pem": given["certificate"],
      "tls.key": materials["key"]?.current,
    };
    const served = Object.entries(files).flatMap(([path, content]) => (content ? [[path, { content }]] : []));
    return {
      status: given["certificate"] ? active() : waiting("no certificate yet"),
      materials: {
        key: privateKey("ecdsa-p256", config.rotate === undefined ? {} : { rotateAt: config.rotate }),
        csr: csr({ key: "key", subject: { commonName: "web" }, sans: { dns: ["localhost"] } }),
      },
      containers: { web: { services: {}, files: Object.fromEntries(served) } },
      publish: { certificates: { request: materials["csr"]?.current ?? "" } },
    };
  },
});

test("charms that give each other certificates are tested in three lines, with certificates that servers take", async () => {
  const { requirer } = await new MaterialKeeper({ now: Date.now() }).relate(authority, server);
  const { "ca.pem": ca = "", "tls.pem": cert = "", "tls.key": key = "" } = requirer.files("web");
  expect(requirer.status).toBe("active");

  const listening = createServer({ key, cert }, (socket) => socket.end("hello")).listen(0, "127.0.0.1");
  await new Promise((resolve) => listening.once("listening", resolve));
  const { port } = listening.address() as AddressInfo;
  const heard = await new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", servername: "localhost", ca });
    socket.once("data", (data) => resolve(data.toString())).once("error", reject);
  });
  listening.close();
  expect(heard).toBe("hello");
});

test("a charm is run with what it asks for, the same in each run", async () => {
  const one = await new MaterialKeeper().run(server, { relations: [{ endpoint: "certificates" }] });
  const two = await new MaterialKeeper().run(server, { relations: [{ endpoint: "certificates" }] });
  const other = await new MaterialKeeper({ seed: 2 }).run(server);

  expect(one.view.materials["csr"]?.since).toBe("2026-01-01T00:00:00.000Z");
  expect(one.published("certificates").application?.["request"]).toContain("BEGIN CERTIFICATE REQUEST");
  expect(two.outcome).toEqual(one.outcome);
  expect(other.view.materials["key"]).not.toEqual(one.view.materials["key"]);
});

test("time that passes, and actions, rotate; each unit has its own", async () => {
  const keeper = new MaterialKeeper();
  const config = { rotate: "2026-02-01T00:00:00Z" };
  const parties = { ca: { charm: authority }, web: { charm: server, units: 2, config } };
  const relations = [["ca:certificates", "web:certificates"]] as const;
  const run = async (): Promise<string> => {
    const units = await keeper.exchange(parties, relations);
    return units.get("web/0")?.files("web")["tls.pem"] ?? "";
  };

  const first = await run();
  const [one, two] = [keeper.materials("web/0")["key"], keeper.materials("web/1")["key"]];
  expect(one).not.toEqual(two);
  expect(await run()).toBe(first);
  keeper.advance(31 * DAY);
  const second = await run();
  expect(new X509Certificate(second).publicKey.equals(new X509Certificate(first).publicKey)).toBe(false);
  expect(keeper.materials("web/0")["key"]?.previous).toBe(one?.current);
  expect(keeper.materials("ca/0")["key"]?.previous).toBeUndefined();

  keeper.rotate("ca/0", "key");
  expect(new X509Certificate(await run()).serialNumber).not.toBe(new X509Certificate(second).serialNumber);
  expect(() => keeper.rotate("ca/0", "kee")).toThrow(
    expect.objectContaining({ code: "MATERIAL_UNKNOWN", message: expect.stringContaining("ca, key, leaf") }),
  );
});

test("what cannot be made is told, and the charm is run without it", async () => {
  const keeper = new MaterialKeeper();
  const bags = { remoteApplication: { request: "please" } };
  const run = await keeper.run(authority, { relations: [{ endpoint: "certificates", bags }] });

  expect(Object.keys(run.view.materials)).toEqual(["ca", "key"]);
  expect(keeper.problems("authority/0")).toMatchObject([
    { code: "CSR_UNREADABLE", origin: { item: "leaf" } },
  ]);
});

test("a charm that asks for something else each time it is given something is found out", async () => {
  const greedy = defineCharm({
    name: "greedy",
    reconcile: ({ materials }) => ({
      status: active(),
      materials: { admin: password(materials["admin"]?.current.length === 12 ? 13 : 12) },
    }),
  });

  await expect(new MaterialKeeper().run(greedy)).rejects.toMatchObject({ code: "CHARMS_RESTLESS" });
});

test("a test may give a material as a text, and it was made some time ago", () => {
  const { materials } = runCharm(server, {
    materials: { key: "k", csr: { current: "c", previous: "b" } },
  }).view;

  expect(materials).toEqual({
    key: { current: "k", since: "2026-01-01T00:00:00.000Z" },
    csr: { current: "c", previous: "b", since: "2026-01-01T00:00:00.000Z" },
  });
});
