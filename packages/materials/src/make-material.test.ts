import { createPrivateKey } from "node:crypto";
import { caCertificate, certificate, csr, password, privateKey } from "@orrery/charm";
import type { MaterialRequest } from "@orrery/charm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { makeMaterial } from "./make-material.ts";
import { NOON, makeAll, seeded } from "./material-source.test-support.ts";

const nothing = { random: seeded(1), now: () => NOON, of: () => undefined };

test("a password has as many letters and digits as asked for, each equally often", async () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 200; i += 1) {
    const made = await makeMaterial(password(62), nothing);
    expect(made).toMatch(/^[A-Za-z0-9]{62}$/u);
    for (const letter of made) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }

  expect(counts.size).toBe(62);
  expect(Math.min(...counts.values())).toBeGreaterThan(140);
  expect(Math.max(...counts.values())).toBeLessThan(260);
});

test.for([
  { algorithm: "ecdsa-p256", type: "ec", details: { namedCurve: "prime256v1" } },
  { algorithm: "rsa-2048", type: "rsa", details: { modulusLength: 2048, publicExponent: 65537n } },
] as const)("an $algorithm key is PKCS #8 in PEM", async ({ algorithm, type, details }) => {
  const pem = await makeMaterial(privateKey(algorithm), nothing);

  expect(pem).toMatch(/^-----BEGIN PRIVATE KEY-----\n[^-]+\n-----END PRIVATE KEY-----\n$/u);
  expect(createPrivateKey(pem)).toMatchObject({ asymmetricKeyType: type, asymmetricKeyDetails: details });
});

test("the same randomness and time give the same bytes, and others give others", async () => {
  const subject = { commonName: "shop" };
  const requests: Record<string, MaterialRequest> = {
    admin: password(20),
    caKey: privateKey("ecdsa-p256"),
    key: privateKey("ecdsa-p256"),
    ca: caCertificate({ key: "caKey", subject: { commonName: "CA" }, validitySeconds: 86_400 }),
    csr: csr({ key: "key", subject, sans: { dns: ["shop.example"] } }),
  };
  const chain = async (seed: number, now = NOON): Promise<Readonly<Record<string, string>>> => {
    const made = await makeAll(requests, { random: seeded(seed), now: () => now });
    const leaf = certificate({ csr: made["csr"] ?? "", key: "caKey", ca: "ca", validitySeconds: 3600 });
    const from = { random: seeded(seed), now: () => now, of: (id: string) => made[id] };
    return { ...made, leaf: await makeMaterial(leaf, from) };
  };

  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const one = await chain(seed);
      expect(await chain(seed)).toEqual(one);
      const another = await chain(seed + 1);
      for (const [id, value] of Object.entries(another)) expect(one[id]).not.toBe(value);
      const { ca, leaf, ...untimed } = await chain(seed, NOON + 1000);
      expect(one).toMatchObject(untimed);
      expect([ca === one["ca"], leaf === one["leaf"]]).toEqual([false, false]);
    }),
    { numRuns: 5 },
  );
});

test("a kind that is not known here is refused", async () => {
  const request = JSON.parse('{ "kind": "token" }') as MaterialRequest;

  await expect(makeMaterial(request, nothing)).rejects.toMatchObject({ code: "MATERIAL_UNAVAILABLE" });
});
