import { X509Certificate } from "node:crypto";
import { active, caCertificate, certificate, csr, defineCharm, password, privateKey } from "@orrery/charm";
import type { Charm, MaterialView } from "@orrery/charm";
import { makeMaterial } from "@orrery/materials";
import type { MakeMaterial } from "@orrery/materials";
import { expect, test } from "vitest";
import { MemoryCharms } from "./charm-source/memory-charms.ts";
import { Engine } from "./engine.ts";
import type { MaterialRecord } from "./model/records.ts";
import { MemoryStore } from "./store/memory-store.ts";
import { MemorySubstrate } from "./substrate/memory-substrate.ts";
import { source, toyWorld } from "./toy-charms.test-support.ts";
import { MemoryVault } from "./vault/memory-vault.ts";

const HOUR = 3_600_000;
const subject = { commonName: "shop" };

/** A shop with a CA of its own, which also signs what somebody hands in. */
const shop: Charm = defineCharm({
  name: "shop",
  config: {
    rotate: { type: "string" },
    done: { type: "boolean", default: false },
    request: { type: "string" },
    name: { type: "string", default: "shop.example" },
  },
  actions: {
    rotate: {
      description: "Rotates a material.",
      params: { material: { type: "string" }, fail: { type: "boolean", default: false } },
      run: async (_view, params, tools) => {
        await tools.rotate(String(params["material"]));
        if (params["fail"] === true) throw new Error("told to fail");
        return {};
      },
    },
  },
  reconcile: ({ config, materials }) => {
    const timing = {
      ...(config.rotate === undefined ? {} : { rotateAt: config.rotate }),
      ...(config.done ? { keepPrevious: false } : {}),
    };
    const own = materials["csr"]?.current;
    return {
      status: active(Object.keys(materials).join(" ")),
      materials: {
        caKey: privateKey("ecdsa-p256"),
        ca: caCertificate({ key: "caKey", subject: { commonName: "Shop CA" }, validitySeconds: 86_400 }),
        key: privateKey("ecdsa-p256", timing),
        csr: csr({ key: "key", subject, sans: { dns: [config.name] } }),
        ...(own === undefined
          ? {}
          : { leaf: certificate({ csr: own, key: "caKey", ca: "ca", validitySeconds: 7200 }) }),
        ...(config.request === undefined
          ? {}
          : { other: certificate({ csr: config.request, key: "caKey", ca: "ca", validitySeconds: 7200 }) }),
      },
    };
  },
});

class Rig {
  readonly world: ReturnType<typeof toyWorld> = toyWorld();
  readonly store: MemoryStore = new MemoryStore();
  readonly substrate: MemorySubstrate = new MemorySubstrate();
  make: MakeMaterial = makeMaterial;
  engine: Engine = this.start();

  start(): Engine {
    const charms = new MemoryCharms([shop, source]);
    const make: MakeMaterial = async (request, from) => await this.make(request, from);
    const { store, substrate, world } = this;
    return new Engine({ store, substrate, charms, model: "demo", makeMaterial: make, ...world });
  }

  async deploy(charm = "shop"): Promise<void> {
    await this.engine.execute({ command: "deploy", charm });
    await this.engine.settle();
  }

  async set(set: Readonly<Record<string, string>>): Promise<void> {
    await this.engine.execute({ command: "config", application: "shop", set });
    await this.engine.settle();
  }

  async rotate(material: string): Promise<void> {
    await this.engine.execute({ command: "run", unit: "shop/0", action: "rotate", params: { material } });
  }

  records(): Readonly<Record<string, MaterialRecord>> {
    const rows = this.store.export().filter(({ kind }) => kind === "material");
    const records = rows.map(
      ({ key, value }) => JSON.parse(new MemoryVault().open(value, `material ${key}`)) as MaterialRecord,
    );
    return Object.fromEntries(records.map((record) => [record.id, record]));
  }

  values(): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(this.records()).map(([id, { current }]) => [id, current]));
  }

  /** Ids of what has another value than it had then, and of what is new. */
  changedSince(before: Readonly<Record<string, string>>): readonly string[] {
    return Object.entries(this.values()).flatMap(([id, value]) => (before[id] === value ? [] : [id]));
  }
}

test("a charm's chain is made in as many runs as it has links that the charm passes on, and then rests", async () => {
  const rig = new Rig();
  await rig.deploy();

  const { ca = "", leaf = "", key } = rig.values();
  expect(new X509Certificate(leaf).checkIssued(new X509Certificate(ca))).toBe(true);
  expect(new X509Certificate(leaf).subjectAltName).toBe("DNS:shop.example");
  expect(rig.engine.problems()).toEqual([]);
  expect((await rig.engine.settle()).reconciles).toBe(0);
  expect(rig.engine.events().map(({ message }) => message)).toContain("material leaf was made");
  expect(JSON.stringify([rig.engine.events(), rig.engine.status()])).not.toContain(key);

  const before = rig.store.export();
  rig.engine = rig.start();
  await rig.engine.settle();
  expect(rig.store.export()).toEqual(before);
});

test("a rotated key takes along what was made from it, and only that; the one before stays until the charm lets it go", async () => {
  const rig = new Rig();
  await rig.deploy();
  const before = rig.values();

  await rig.set({ rotate: "2026-01-01T01:00:00Z" });
  expect(rig.changedSince(before)).toEqual([]);
  expect(rig.engine.nextWake()).toBe(Date.UTC(2026, 0, 1, 1));
  rig.world.advance(HOUR);
  await rig.engine.settle();

  expect(rig.changedSince(before)).toEqual(["csr", "key", "leaf"]);
  const { key, csr } = rig.records();
  expect(key).toMatchObject({ previous: before["key"], since: "2026-01-01T01:00:00.000Z" });
  expect(csr?.previous).toBe(before["csr"]);
  expect(rig.engine.nextWake()).toBeUndefined();

  const after = rig.values();
  await rig.set({ rotate: "2027-01-01T00:00:00Z" });
  expect(rig.records()["key"]?.previous).toBe(before["key"]);
  await rig.set({ done: "true" });
  expect(rig.records()["key"]?.previous).toBeUndefined();
  expect(rig.changedSince(after)).toEqual([]);
});

test("a changed name makes one more request and certificate with the same key", async () => {
  const rig = new Rig();
  await rig.deploy();
  const before = rig.values();
  await rig.set({ name: "other.example" });

  expect(rig.changedSince(before)).toEqual(["csr", "leaf"]);
  expect(new X509Certificate(rig.values()["leaf"] ?? "").subjectAltName).toBe("DNS:other.example");
});

test("an action rotates: at the reconcile that follows, once, and only what the unit has", async () => {
  const rig = new Rig();
  await rig.deploy();
  const before = rig.values();

  await rig.rotate("key");
  expect(rig.changedSince(before)).toEqual([]);
  await rig.engine.settle();
  expect(rig.changedSince(before)).toEqual(["csr", "key", "leaf"]);
  const after = rig.values();
  expect((await rig.engine.settle()).reconciles).toBe(0);
  expect(rig.changedSince(after)).toEqual([]);

  await expect(rig.rotate("kee")).rejects.toMatchObject({
    code: "MATERIAL_UNKNOWN",
    message: "material kee is none of shop/0 (did you mean key?)",
    remedy: "name one of: ca, caKey, csr, key, leaf",
  });
});

test("a rotation that an action asked for is made although the action failed then, and the engine was killed", async () => {
  const rig = new Rig();
  await rig.deploy();
  const before = rig.values();
  const params = { material: "key", fail: true };
  await expect(
    rig.engine.execute({ command: "run", unit: "shop/0", action: "rotate", params }),
  ).rejects.toMatchObject({ code: "ACTION_FAILED" });

  rig.engine = rig.start();
  await rig.engine.settle();

  expect(rig.changedSince(before)).toEqual(["csr", "key", "leaf"]);
});

test("the same commands, clock and randomness give the same keys and certificates, byte for byte", async () => {
  const [one, two] = [new Rig(), new Rig()];
  for (const rig of [one, two]) {
    await rig.engine.execute({ command: "deploy", charm: "shop", units: 3 });
    await rig.engine.settle();
    await rig.set({ rotate: "2026-01-01T01:00:00Z", request: rig.values()["csr"] ?? "" });
    rig.world.advance(HOUR);
    await rig.engine.settle();
  }

  expect(one.store.export().filter(({ kind }) => kind === "material")).toHaveLength(18);
  expect(two.store.export()).toEqual(one.store.export());
  expect(two.engine.events()).toEqual(one.engine.events());
});

test("what somebody handed in and cannot be certified is told of, and harms nothing", async () => {
  const rig = new Rig();
  await rig.deploy();
  const before = rig.values();
  await rig.set({ request: "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----" });

  expect(rig.engine.problems()).toMatchObject([
    { code: "CSR_UNREADABLE", reporter: "shop/0", origin: { unit: "shop/0", item: "other" } },
  ]);
  expect(rig.values()).toEqual(before);
  expect(rig.engine.status().applications["shop"]?.units["shop/0"]?.["workload-status"].current).toBe(
    "active",
  );
  // Nothing that time could mend.
  expect(rig.engine.nextWake()).toBeUndefined();
  expect((await rig.engine.settle()).reconciles).toBe(0);
});

test("a maker that does not answer is asked again with a growing delay, and others go on", async () => {
  const rig = new Rig();
  rig.make = async () => {
    throw new Error("the key store is away");
  };
  await rig.deploy();
  await rig.deploy("source");

  expect(rig.engine.problems().filter(({ code }) => code === "MATERIAL_FAILED")).toHaveLength(2);
  expect(rig.engine.status().applications["source"]?.units["source/0"]?.["workload-status"].current).toBe(
    "active",
  );
  expect((await rig.engine.settle()).reconciles).toBe(0);
  const start = Date.UTC(2026, 0, 1);
  expect(rig.engine.nextWake()).toBe(start + 5_000);
  rig.world.advance(5_000);
  await rig.engine.settle();
  expect(rig.engine.nextWake()).toBe(start + 15_000);

  rig.make = makeMaterial;
  rig.world.advance(10_000);
  await rig.engine.settle();
  expect(Object.keys(rig.values())).toEqual(["ca", "caKey", "csr", "key", "leaf"]);
  expect(rig.engine.problems()).toEqual([]);
  expect(rig.engine.nextWake()).toBeUndefined();
});

test("a rotation that fails keeps what there is, and does not keep the engine awake", async () => {
  const rig = new Rig();
  await rig.deploy();
  const before = rig.values();
  await rig.set({ rotate: "2026-01-01T01:00:00Z" });
  rig.make = async () => {
    throw new Error("the key store is away");
  };
  rig.world.advance(HOUR);
  await rig.engine.settle();

  expect(rig.values()).toEqual(before);
  expect(rig.engine.nextWake()).toBe(Date.UTC(2026, 0, 1, 1, 0, 5));
  expect((await rig.engine.settle()).reconciles).toBe(0);
  rig.make = makeMaterial;
  rig.world.advance(5_000);
  await rig.engine.settle();
  expect(rig.changedSince(before)).toEqual(["csr", "key", "leaf"]);
  expect(rig.engine.nextWake()).toBeUndefined();
});

test("a unit that is removed while its key is made leaves nothing", async () => {
  const rig = new Rig();
  const { promise: asked, resolve: begun } = Promise.withResolvers<void>();
  const { promise: may, resolve: go } = Promise.withResolvers<void>();
  rig.make = async (request, from) => {
    begun();
    await may;
    return await makeMaterial(request, from);
  };
  await rig.engine.execute({ command: "deploy", charm: "shop" });
  const settled = rig.engine.settle();
  await asked;
  await rig.engine.execute({ command: "remove-application", application: "shop" });
  go();
  await settled;
  await rig.engine.settle();

  expect(rig.store.export().filter(({ kind }) => !["journal", "model"].includes(kind))).toEqual([]);
});

test("a rotation that is asked for while another is made is not lost", async () => {
  const rig = new Rig();
  await rig.deploy();
  await rig.rotate("key");
  const { promise: asked, resolve: begun } = Promise.withResolvers<void>();
  const { promise: may, resolve: go } = Promise.withResolvers<void>();
  const keys: string[] = [];
  rig.make = async (request, from) => {
    const made = await makeMaterial(request, from);
    if (request.kind === "private-key") keys.push(made);
    begun();
    await may;
    return made;
  };
  const settled = rig.engine.settle();
  await asked;
  await rig.rotate("key");
  go();
  await settled;
  await rig.engine.settle();

  expect(keys).toHaveLength(2);
  expect(rig.records()["key"]).toMatchObject({ current: keys[1], previous: keys[0] });
});

test("a charm sees since when it has what it has", async () => {
  const seen: (MaterialView | undefined)[] = [];
  const watcher = defineCharm({
    name: "watcher",
    reconcile: ({ materials }) => {
      seen.push(materials["admin"]);
      return { status: active(), materials: { admin: password(12) } };
    },
  });
  const engine = new Engine({
    store: new MemoryStore(),
    substrate: new MemorySubstrate(),
    charms: new MemoryCharms([watcher]),
    ...toyWorld(),
  });
  await engine.execute({ command: "deploy", charm: "watcher" });
  await engine.settle();

  expect(seen).toEqual([
    undefined,
    { current: expect.stringMatching(/^\w{12}$/u), since: "2026-01-01T00:00:00.000Z" },
  ]);
});
