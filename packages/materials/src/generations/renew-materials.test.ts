import { caCertificate, certificate, csr, password, privateKey } from "@orrery/charm";
import type { MaterialRequest } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { NOON, seeded } from "../material-source.test-support.ts";
import type { MaterialGeneration } from "./generation.ts";
import { isDue } from "./generation.ts";
import { renewMaterials } from "./renew-materials.ts";
import type { MaterialMaking } from "./renew-materials.ts";

type Requests = Readonly<Record<string, MaterialRequest>>;

const DAY = 86_400_000;

/** A host that keeps one unit's materials, as text, and counts what it made. */
class Keeper {
  now: number = NOON;
  made: string[] = [];
  kept: ReadonlyMap<string, MaterialGeneration> = new Map();
  readonly #random = seeded(1);
  make: MaterialMaking["make"];

  async renew(requests: Requests): Promise<readonly string[]> {
    const before = this.kept;
    const { generations, problems } = await renewMaterials(requests, {
      kept: before,
      random: this.#random,
      now: () => this.now,
      ...(this.make ? { make: this.make } : {}),
    });
    this.made = [...generations]
      .filter(([id, { current }]) => current !== before.get(id)?.current)
      .map(([id]) => id);
    this.kept = new Map(JSON.parse(JSON.stringify([...generations])) as [string, MaterialGeneration][]);
    return problems.map(({ code, origin }) => `${code} ${origin.item}`);
  }

  of(id: string): MaterialGeneration {
    const found = this.kept.get(id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  }

  ask(id: string): void {
    this.kept = new Map([...this.kept, [id, { ...this.of(id), asked: 1 }]]);
  }
}

const subject = { commonName: "shop" };
const tls: Requests = {
  key: privateKey("ecdsa-p256"),
  csr: csr({ key: "key", subject, sans: { dns: ["shop.example"] } }),
  ca: caCertificate({ key: "key", subject, validitySeconds: 86_400 }),
};

test("what is asked for is made once, and what is no longer asked for is forgotten", async () => {
  const keeper = new Keeper();

  expect(await keeper.renew(tls)).toEqual([]);
  expect(keeper.made.toSorted()).toEqual(["ca", "csr", "key"]);
  const { since, previous } = keeper.of("key");
  expect([since, previous]).toEqual(["2026-01-01T12:00:00.000Z", undefined]);

  keeper.now += DAY;
  await keeper.renew(tls);
  expect(keeper.made).toEqual([]);
  await keeper.renew({ key: privateKey("ecdsa-p256") });
  expect([...keeper.kept.keys()]).toEqual(["key"]);
});

test("a changed request makes that material anew, and a new key all that was made from it", async () => {
  const keeper = new Keeper();
  await keeper.renew(tls);
  const before = keeper.kept;

  await keeper.renew({ ...tls, csr: csr({ key: "key", subject, sans: { dns: ["other.example"] } }) });
  expect(keeper.made).toEqual(["csr"]);
  expect(keeper.of("csr").previous).toBe(before.get("csr")?.current);

  keeper.now += DAY;
  await keeper.renew({ ...tls, key: privateKey("ecdsa-p256", { rotateAt: "2026-01-02T12:00:00Z" }) });
  expect(keeper.made.toSorted()).toEqual(["ca", "csr", "key"]);
  expect(keeper.of("key").previous).toBe(before.get("key")?.current);
  expect(keeper.of("csr").since).toBe("2026-01-02T12:00:00.000Z");
});

test("each moment of rotation makes one generation, also one that has passed when it is first named", async () => {
  const keeper = new Keeper();
  const admin = async (rotateAt?: string): Promise<readonly string[]> => {
    await keeper.renew({ admin: password(16, rotateAt === undefined ? {} : { rotateAt }) });
    return keeper.made;
  };

  expect(await admin("2020-01-01T00:00:00Z")).toEqual(["admin"]);
  expect(await admin("2020-01-01T00:00:00Z")).toEqual([]);
  expect(await admin("2021-01-01T00:00:00Z")).toEqual(["admin"]);
  expect(await admin("2027-01-01T00:00:00Z")).toEqual([]);
  expect(isDue(keeper.of("admin"), Date.UTC(2027, 0, 1) - 1)).toBe(false);
  expect(isDue(keeper.of("admin"), Date.UTC(2027, 0, 1))).toBe(true);
  keeper.now = Date.UTC(2027, 0, 1);
  expect(await admin("2027-01-01T00:00:00Z")).toEqual(["admin"]);
  expect(await admin()).toEqual([]);
  expect(isDue(keeper.of("admin"), Date.UTC(2030, 0, 1))).toBe(false);
});

test("somebody who asks gets one new generation", async () => {
  const keeper = new Keeper();
  await keeper.renew(tls);
  const before = keeper.of("key").current;
  keeper.ask("key");
  expect(isDue(keeper.of("key"), NOON)).toBe(true);

  await keeper.renew(tls);
  expect(keeper.made.toSorted()).toEqual(["ca", "csr", "key"]);
  expect(keeper.of("key").previous).toBe(before);
  await keeper.renew(tls);
  expect(keeper.made).toEqual([]);
});

test("the generation before stays until the outcome lets it go, however often it is asked for", async () => {
  const keeper = new Keeper();
  await keeper.renew({ admin: password(16) });
  const first = keeper.of("admin").current;
  keeper.ask("admin");
  await keeper.renew({ admin: password(16) });
  const second = keeper.of("admin").current;

  await keeper.renew({ admin: password(16, { rotateAt: "2030-01-01T00:00:00Z" }) });
  expect(keeper.of("admin").previous).toBe(first);
  await keeper.renew({ admin: password(16, { keepPrevious: false }) });
  expect(keeper.of("admin")).toMatchObject({ current: second });
  expect(keeper.of("admin").previous).toBeUndefined();
  keeper.ask("admin");
  await keeper.renew({ admin: password(16, { keepPrevious: false }) });
  expect(keeper.made).toEqual(["admin"]);
  // The charm has not seen the new one yet.
  expect(keeper.of("admin").previous).toBe(second);
  await keeper.renew({ admin: password(16, { keepPrevious: false }) });
  expect(keeper.of("admin").previous).toBeUndefined();
});

test("a value of another kind is never passed off as the one before", async () => {
  const keeper = new Keeper();
  await keeper.renew({ it: password(16) });
  await keeper.renew({ it: privateKey("ecdsa-p256") });

  expect(keeper.made).toEqual(["it"]);
  expect(keeper.of("it").previous).toBeUndefined();
});

test("one that cannot be made leaves all others, and itself as it was", async () => {
  const keeper = new Keeper();
  const good = { ...tls, admin: password(16) };
  await keeper.renew(good);
  const before = keeper.kept;
  const bad = certificate({ csr: "nonsense", key: "key", ca: "ca", validitySeconds: 60 });
  const orphan = csr({ key: "gone", subject, sans: {} });

  expect(await keeper.renew({ ...good, csr: orphan, bad, admin: password(20) })).toEqual([
    "MATERIAL_UNKNOWN csr",
    "CSR_UNREADABLE bad",
  ]);
  expect(keeper.made).toEqual(["admin"]);
  expect(keeper.of("csr")).toEqual(before.get("csr"));
  expect(keeper.kept.has("bad")).toBe(false);
});

test("a maker that fails is told of, with what depends on it, and asked again the next time", async () => {
  const keeper = new Keeper();
  keeper.make = async ({ kind }) => {
    if (kind === "private-key") throw new Error("the key store does not answer");
    if (kind === "csr") throw new OrreryError("MATERIAL_UNAVAILABLE", "no requests here");
    return kind;
  };
  expect(await keeper.renew({ ...tls, admin: password(12) })).toEqual([
    "MATERIAL_FAILED key",
    "MATERIAL_INPUT_MISSING ca",
    "MATERIAL_INPUT_MISSING csr",
  ]);
  expect(keeper.made).toEqual(["admin"]);

  keeper.make = undefined;
  expect(await keeper.renew({ ...tls, admin: password(12) })).toEqual([]);
  expect(keeper.made.toSorted()).toEqual(["ca", "csr", "key"]);
});

test(
  "whatever is asked for one after another: a second look makes nothing, and nothing that was made is lost to a problem",
  { timeout: 60_000 },
  async () => {
    const anId = fc.constantFrom("a", "b", "c");
    const aRequest = fc.oneof(
      fc.constantFrom(12, 16).map((length): MaterialRequest => password(length)),
      fc.constant<MaterialRequest>(privateKey("ecdsa-p256")),
      anId.map((key): MaterialRequest => csr({ key, subject, sans: {} })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(anId, aRequest), { maxLength: 5 }), async (steps) => {
        const keeper = new Keeper();
        for (const requests of steps) {
          const before = keeper.kept;
          await keeper.renew(requests);
          const after = keeper.kept;
          const problems = await keeper.renew(requests);
          expect(keeper.kept).toEqual(after);
          for (const [id, request] of Object.entries(requests)) {
            const stays = before.get(id)?.request.kind === request.kind;
            expect(after.has(id) || (!stays && problems.some((told) => told.endsWith(` ${id}`)))).toBe(true);
          }
        }
      }),
      { numRuns: 50 },
    );
  },
);
