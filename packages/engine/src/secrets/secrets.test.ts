import { inspect } from "node:util";
import { active, defineCharm, password } from "@orrery/charm";
import type { Charm, View } from "@orrery/charm";
import { expect, test } from "vitest";
import { MemoryCharms } from "../charm-source/memory-charms.ts";
import type { Command } from "../commands/command.ts";
import { Engine } from "../engine.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { MemorySubstrate } from "../substrate/memory-substrate.ts";
import { toyWorld, word } from "../toy-charms.test-support.ts";
import { MemoryVault } from "../vault/memory-vault.ts";
import type { Vault } from "../vault/vault.ts";
import { newSecretId } from "./new-secret-id.ts";

const ID = "abcdefghij0123456789";

/** Keeps a secret for its application and one for each unit, and grants both to those who are related to it. */
const giver: Charm = defineCharm({
  name: "giver",
  config: {
    word: { type: "string", default: "first-word-1" },
    keep: { type: "boolean", default: true },
    loud: { type: "boolean", default: false },
    id: { type: "string" },
    stray: { type: "int" },
  },
  endpoints: { out: word("provides"), peers: word("peers") },
  reconcile: ({ config, endpoints, secrets, self }) => {
    const grants = [
      ...endpoints.out.relations.map(({ id }) => id),
      ...(config.stray === undefined ? [] : [config.stray]),
    ];
    const uri = secrets.own("shared")?.uri ?? "";
    const content = { word: config.loud ? config.word.toUpperCase() : config.word };
    return {
      publish: { out: uri },
      secrets: config.keep
        ? {
            shared: { content, grants, ...(config.id === undefined ? {} : { id: config.id }) },
            mine: {
              owner: "unit" as const,
              content: { word: `of ${self.topology.unit}` },
              grants: endpoints.peers.relations.map(({ id }) => id),
            },
          }
        : {},
      status: active(uri === "" ? "none" : "kept"),
    };
  },
});

/** Says how much of what it was told of it can read, and throws what it read when it is told to. */
const taker: Charm = defineCharm({
  name: "taker",
  config: {
    token: { type: "secret" },
    mode: { type: "string", default: "calm", oneOf: ["calm", "tell", "throw"] },
  },
  endpoints: { in: word("requires") },
  actions: {
    tell: {
      description: "Fails with what it was given.",
      params: { text: { type: "string" } },
      run: async (_view, { text }) => {
        throw new Error(`failed on ${String(text)}`);
      },
    },
  },
  reconcile: ({ config, endpoints, secrets }) => {
    const token = config.token === undefined ? undefined : secrets.get(config.token);
    const uris = endpoints.in.relations
      .flatMap(({ value }) => value)
      .filter((one) => one.startsWith("secret:"));
    const read = [token, ...[...new Set(uris)].map((uri) => secrets.get(uri))];
    const values = read.flatMap((one) => Object.values(one?.content ?? {}));
    if (config.mode === "throw") throw new Error(`cannot use ${values.join()}`);
    const told = read.map((one) => (one ? `revision ${one.revision}` : "nothing")).join(", ");
    return { status: active(config.mode === "tell" ? `I read ${values.join()}` : `reads ${told}`) };
  },
});

/** What a unit saw of secrets when its charm was last run. */
class Rig {
  readonly seen: Map<string, View["secrets"]> = new Map();
  readonly store: MemoryStore = new MemoryStore();
  readonly world: ReturnType<typeof toyWorld> = toyWorld();
  engine: Engine = this.again();

  again(vault: Vault = this.world.vault): Engine {
    const charms = new MemoryCharms([watch(giver, this.seen), watch(taker, this.seen), keeper]);
    return new Engine({ store: this.store, substrate: new MemorySubstrate(), charms, ...this.world, vault });
  }

  async run(...commands: readonly Command[]): Promise<readonly string[]> {
    const told: string[] = [];
    for (const command of commands) told.push((await this.engine.execute(command)).message);
    do await this.engine.settle();
    while (await this.engine.observe());
    return told;
  }

  words(unit: string): readonly string[] {
    return Object.values(this.seen.get(unit) ?? {})
      .map(({ content }) => content["word"] ?? content["token"] ?? "")
      .toSorted();
  }

  statusOf(unit: string): string | undefined {
    return this.engine.status().applications[unit.split("/")[0] ?? ""]?.units[unit]?.["workload-status"]
      .message;
  }
}

const keeper: Charm = defineCharm({
  name: "keeper",
  reconcile: ({ materials }) => ({
    materials: { admin: password(16) },
    status: active(`made ${materials["admin"]?.current}`),
  }),
});

function watch(charm: Charm, seen: Map<string, View["secrets"]>): Charm {
  return {
    ...charm,
    load: (assets) => {
      const loaded = charm.load(assets);
      return {
        ...loaded,
        session: () => {
          const session = loaded.session();
          return {
            evaluate: (view) => {
              seen.set(view.unit, view.secrets);
              return session.evaluate(view);
            },
            get counters() {
              return session.counters;
            },
          };
        },
      };
    },
  };
}

const TOKEN = "canary-Token-0f3a";
const addToken: Command = {
  command: "add-secret",
  name: "api-token",
  content: { token: TOKEN },
  info: "for tests",
};

test("a person's secret is read by those whom it was granted to, by name or URI, and by nobody after it was revoked", async () => {
  const rig = new Rig();
  const [, , told] = await rig.run({ command: "deploy", charm: "taker" }, addToken, {
    command: "config",
    application: "taker",
    set: { token: "api-token" },
  });
  expect(told).toBe("set token of taker; it cannot be read before `orrery grant-secret api-token taker`");
  expect(rig.engine.showConfig("taker").settings["token"]?.value).toMatch(/^secret:[0-9a-z]{20}$/u);
  expect(rig.engine.problems()).toMatchObject([
    { code: "SECRET_NOT_GRANTED", remedy: "`orrery grant-secret api-token taker`", reporter: "taker" },
  ]);
  expect(rig.statusOf("taker/0")).toBe("reads nothing");

  await rig.run({ command: "grant-secret", secret: "api-token", applications: ["taker"] });
  expect([rig.statusOf("taker/0"), rig.engine.problems()]).toEqual(["reads revision 1", []]);

  await rig.run({ command: "update-secret", secret: "api-token", content: { token: `${TOKEN}-2` } });
  expect([rig.statusOf("taker/0"), rig.words("taker/0")]).toEqual(["reads revision 2", [`${TOKEN}-2`]]);
  await rig.run({ command: "update-secret", secret: "api-token", content: { token: `${TOKEN}-2` } });
  expect(rig.statusOf("taker/0")).toBe("reads revision 2");

  await rig.run({ command: "revoke-secret", secret: "api-token", applications: ["taker"] });
  expect([rig.statusOf("taker/0"), rig.words("taker/0")]).toEqual(["reads nothing", []]);
  await rig.run({ command: "remove-secret", secret: "api-token" });
  expect(rig.engine.problems()).toMatchObject([{ code: "SECRET_UNKNOWN", origin: { item: "token" } }]);
});

test("a reader is told through which relations a person's secret is shared, as long as it is", async () => {
  const rig = new Rig();
  const grants: Command = { command: "grant-secret", secret: "api-token", applications: ["giver"] };
  const shared = (): readonly unknown[] =>
    Object.values(rig.seen.get("taker/0") ?? {}).map(({ sharedWith }) => sharedWith);
  await rig.run(
    addToken,
    { command: "deploy", charm: "giver", config: { keep: "false" } },
    { command: "deploy", charm: "taker" },
    { command: "integrate", a: "giver", b: "taker" },
    { command: "grant-secret", secret: "api-token", applications: ["taker"] },
  );
  expect(shared()).toEqual([undefined]);
  await rig.run(grants);
  expect(shared()).toEqual([[1]]);
  await rig.run({ ...grants, command: "revoke-secret" });
  expect(shared()).toEqual([undefined]);
});

test("an application that gets the name of one that was removed reads nothing of what was granted to that one", async () => {
  const rig = new Rig();
  const deploy: Command = { command: "deploy", charm: "taker", config: { token: "api-token" } };
  await rig.run(addToken, deploy, { command: "grant-secret", secret: "api-token", applications: ["taker"] });
  await rig.run({ command: "remove-application", application: "taker" });
  await rig.run(deploy);

  expect(rig.words("taker/0")).toEqual([]);
});

test("secrets are shown as Juju shows them, and what they hold only when it is asked for", async () => {
  const rig = new Rig();
  await rig.run(
    addToken,
    { command: "deploy", charm: "giver" },
    { command: "deploy", charm: "taker" },
    { command: "integrate", a: "giver", b: "taker" },
    { command: "grant-secret", secret: "api-token", applications: ["taker"] },
  );
  const all = rig.engine.secrets();
  expect(Object.values(all)).toMatchObject([
    { revision: 1, owner: "<model>", name: "api-token", description: "for tests" },
    { owner: "giver", label: "shared" },
    { owner: "giver/0", label: "mine" },
  ]);
  expect(JSON.stringify(all)).not.toMatch(/canary|first-word/u);

  const [id = ""] = Object.keys(all);
  for (const reference of ["api-token", id, `secret:${id}`]) {
    expect(rig.engine.showSecret(reference)[id]).toMatchObject({
      access: [{ target: "application-taker", scope: "model", role: "view" }],
    });
    expect(rig.engine.showSecret(reference)[id]).not.toHaveProperty("content");
    expect(rig.engine.showSecret(reference, { reveal: true })[id]?.content).toEqual({ token: TOKEN });
  }
  const shared = Object.keys(all)[1] ?? "";
  expect(rig.engine.showSecret(shared)[shared]?.access).toEqual([
    { target: "application-taker", scope: "relation-1", role: "view" },
  ]);
});

test("a charm's secret is its application's, all of whose units read it, and the other side of the relations that it names", async () => {
  const rig = new Rig();
  await rig.run(
    { command: "deploy", charm: "giver", units: 2 },
    { command: "deploy", charm: "taker" },
    { command: "deploy", charm: "taker", application: "stranger" },
    { command: "integrate", a: "giver", b: "taker" },
  );
  expect(rig.statusOf("taker/0")).toBe("reads nothing, revision 1");
  expect(rig.words("taker/0")).toEqual(["first-word-1"]);
  expect(rig.words("stranger/0")).toEqual([]);
  expect(Object.values(rig.seen.get("taker/0") ?? {}).map(({ sharedWith }) => sharedWith)).toEqual([[1]]);
  // Each unit's own is granted to its peers.
  expect(rig.words("giver/1")).toEqual(["first-word-1", "of giver/0", "of giver/1"]);
  expect(Object.values(rig.seen.get("giver/1") ?? {}).map(({ own }) => own)).toEqual(
    expect.arrayContaining([{ name: "shared", by: "application" }, { name: "mine", by: "unit" }, undefined]),
  );

  await rig.run({ command: "config", application: "giver", set: { word: "second-word-2" } });
  expect([rig.statusOf("taker/0"), rig.words("taker/0")]).toEqual([
    "reads nothing, revision 2",
    ["second-word-2"],
  ]);

  await rig.run({ command: "remove-relation", a: "giver", b: "taker" });
  expect(rig.words("taker/0")).toEqual([]);
  await rig.run({ command: "config", application: "giver", set: { keep: "false" } });
  expect(rig.engine.secrets()).toEqual({});
});

test("the next leader goes on with the application's secret, and what a unit or an application kept goes with it", async () => {
  const rig = new Rig();
  await rig.run({ command: "deploy", charm: "giver", units: 2 });
  const owners = (): readonly string[] =>
    Object.values(rig.engine.secrets()).map(({ owner, label }) => `${owner} ${label}`);
  const [shared] = Object.entries(rig.engine.secrets()).find(([, { label }]) => label === "shared") ?? [];
  expect(owners()).toEqual(["giver shared", "giver/0 mine", "giver/1 mine"]);

  await rig.run({ command: "remove-unit", unit: "giver/0" });
  expect(owners()).toEqual(["giver shared", "giver/1 mine"]);
  expect(Object.keys(rig.engine.secrets())).toContain(shared);

  await rig.run({ command: "remove-application", application: "giver" });
  expect(owners()).toEqual([]);
});

test("a charm may choose an id that is free, and grants to its own relations alone", async () => {
  const rig = new Rig();
  await rig.run({ command: "deploy", charm: "giver", config: { id: ID, stray: 99 } });
  await rig.run({ command: "deploy", charm: "giver", application: "copy", config: { id: ID } });
  expect(rig.engine.secrets()[ID]).toMatchObject({ owner: "giver", label: "shared" });
  expect(rig.engine.problems()).toMatchObject([
    { code: "SECRET_ID_TAKEN", origin: { unit: "copy/0" } },
    { code: "SECRET_GRANT_INVALID", origin: { unit: "giver/0" } },
  ]);
});

test("what secrets hold is in no row, log line, status, problem, error or expectation", async () => {
  const rig = new Rig();
  await rig.run(
    addToken,
    { command: "deploy", charm: "keeper" },
    {
      command: "deploy",
      charm: "giver",
      config: { word: "canary/giver\nline two of canary/giver", loud: true },
    },
    { command: "deploy", charm: "taker", config: { token: "api-token" } },
    { command: "integrate", a: "giver", b: "taker" },
    { command: "grant-secret", secret: "api-token", applications: ["taker"] },
    { command: "config", application: "taker", set: { mode: "tell" } },
  );
  const made = rig.store.export().filter(({ kind }) => kind === "material");
  const current = JSON.parse(new MemoryVault().open(made[0]?.value ?? "", "material keeper/0 admin"))[
    "current"
  ];
  expect(rig.statusOf("taker/0")).toMatch(/^I read \*{5},/u);
  await rig.run({ command: "config", application: "taker", set: { mode: "throw" } });
  await rig.run({ command: "update-secret", secret: "api-token", content: { token: `${TOKEN}-2` } });
  const refused = await rig.engine
    .execute({ command: "add-secret", name: "bad", content: { K: `${TOKEN}-bad` } })
    .catch((cause: unknown) => cause);
  const strange = await rig.engine
    .execute({ command: "config", application: "taker", set: { token: `${TOKEN}-pasted` } })
    .catch((cause: unknown) => cause);
  const failed = await rig.engine
    .execute({ command: "run", unit: "taker/0", action: "tell", params: { text: `${TOKEN}-2` } })
    .catch((cause: unknown) => cause);

  const told = [
    JSON.stringify(rig.store.export()),
    JSON.stringify([
      rig.engine.status({ relations: true }),
      rig.engine.problems(),
      rig.engine.expectations(),
    ]),
    JSON.stringify([rig.engine.events(), rig.engine.showUnit("taker/0"), rig.engine.showConfig("taker")]),
    JSON.stringify([rig.engine.secrets(), rig.engine.showSecret("api-token")]),
    String(refused),
    String(strange),
    inspect(failed),
  ].join("\n");
  expect(current).toHaveLength(16);
  for (const value of [TOKEN, "CANARY/GIVER", current]) expect(told).not.toContain(value);
  expect(told).toContain("cannot use *****");
  expect(failed).toMatchObject({
    code: "ACTION_FAILED",
    message: expect.stringContaining("failed on *****"),
  });
});

test("a model comes back with its secrets, and what another vault sealed is refused before anything is written", async () => {
  const rig = new Rig();
  await rig.run(addToken, { command: "deploy", charm: "giver" });
  expect(rig.again().secrets()).toEqual(rig.engine.secrets());

  const before = rig.store.export();
  const other = new MemoryVault();
  const vault = {
    seal: (text: string, about: string) => other.seal(text, about),
    open: () => other.open("of another vault", ""),
  };
  expect(() => rig.again(vault)).toThrow(expect.objectContaining({ code: "SECRETS_KEY_WRONG" }));
  expect(rig.store.export()).toEqual(before);
});

test("a row that an older version left open is sealed, and one that was put in another's place does not open", async () => {
  const rig = new Rig();
  await rig.run(addToken);
  const [row] = rig.store.export().filter(({ kind }) => kind === "secret");
  if (!row) throw new Error("no secret was stored");
  const plain = new MemoryVault().open(row.value, `secret ${row.key}`);
  rig.store.commit([{ ...row, value: plain }]);

  const again = rig.again();
  expect(again.showSecret("api-token", { reveal: true })[row.key]?.content).toEqual({ token: TOKEN });
  expect(JSON.stringify(rig.store.export())).not.toContain(TOKEN);

  rig.store.commit([{ ...row, key: ID }]);
  expect(() => rig.again()).toThrow(expect.objectContaining({ code: "STORE_FAILED" }));
});

test("ids are of Juju's form", () => {
  const { random } = toyWorld();
  const ids = Array.from({ length: 200 }, () => newSecretId(random));
  for (const id of ids) expect(id).toMatch(/^[0-9a-z]{20}$/u);
  expect(new Set(ids).size).toBe(200);
});

test.for<{ what: string; command: Command; code: string; told: RegExp }>([
  { what: "a name that is taken", command: addToken, code: "SECRET_EXISTS", told: /secret api-token is/u },
  {
    what: "a name with a space",
    command: { ...addToken, name: "api token" },
    code: "SECRET_NAME_INVALID",
    told: /such as `api-token`/u,
  },
  {
    what: "no content",
    command: { ...addToken, name: "b", content: {} },
    code: "SECRET_CONTENT_INVALID",
    told: /no key/u,
  },
  {
    what: "more than a secret holds",
    command: { ...addToken, name: "b", content: { key: "x".repeat(70_000) } },
    code: "SECRET_CONTENT_INVALID",
    told: /70003 characters; allowed are 65536/u,
  },
  {
    what: "a secret that is not there",
    command: { command: "remove-secret", secret: "api-tokken" },
    code: "SECRET_UNKNOWN",
    told: /did you mean api-token\?/u,
  },
  {
    what: "a grant to nobody",
    command: { command: "grant-secret", secret: "api-token", applications: ["ghost"] },
    code: "APPLICATION_UNKNOWN",
    told: /ghost/u,
  },
  {
    what: "a charm's own secret",
    command: { command: "update-secret", secret: ID, content: { word: "mine now" } },
    code: "SECRET_OWNED",
    told: /belongs to giver/u,
  },
  {
    what: "an update to nothing",
    command: { command: "update-secret", secret: "api-token" },
    code: "COMMAND_INVALID",
    told: /nothing is given/u,
  },
])("refuses $what", async ({ command, code, told }) => {
  const rig = new Rig();
  await rig.run(addToken, { command: "deploy", charm: "giver", config: { id: ID } });
  const before = rig.store.export();
  await expect(rig.engine.execute(command)).rejects.toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(told) }),
  );
  expect(rig.store.export()).toEqual(before);
});
