import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { HookRequest } from "../testing/hook-environment.ts";
import { hookEnvironment } from "../testing/hook-environment.ts";
import { jujuState } from "../testing/juju-state.ts";
import type { JujuState } from "../testing/juju-state.ts";
import { StrictJuju } from "../testing/strict-juju.ts";
import { HookTools } from "../tools/hook-tools.ts";
import { readContext } from "./hook-context.ts";
import { MemoryWorkload } from "./memory-workload.test-support.ts";
import { exitCodeOf } from "./run-hook.ts";
import { toy } from "./toy-charm.test-support.ts";

const NOW = Date.parse("2026-05-01T12:00:00Z");

class World {
  readonly juju: StrictJuju;
  readonly workload = new MemoryWorkload(["toy"]);
  now = NOW;

  constructor(given: Partial<JujuState> = {}) {
    this.juju = new StrictJuju(jujuState({ unit: "toy/0", leader: true, endpoints: ["greeting"], ...given }));
  }

  /** Runs one hook and gives its command lines, with what each was given by its standard input. */
  async run(request: HookRequest): Promise<{ readonly exitCode: number; readonly lines: readonly string[] }> {
    const hook = this.juju.begin(request);
    const exitCode = await exitCodeOf({
      tools: new HookTools(hook.runTool),
      context: readContext(hookEnvironment(this.juju.state, request, "/charm")),
      charm: toy,
      workload: this.workload,
      random: (bytes) => randomBytes(bytes),
      kubernetes: false,
      now: () => this.now,
    });
    hook.end(exitCode);
    const lines = hook.calls.map(({ name, args, input }) =>
      [name, ...args, ...(input === undefined ? [] : [`< ${input}`])].join(" "),
    );
    return { exitCode, lines };
  }

  /** What was written, not read, by a hook that must end well. */
  async writes(request: HookRequest): Promise<readonly string[]> {
    const { exitCode, lines } = await this.run(request);
    if (exitCode !== 0) throw new Error(`hook ${request.hook} failed: ${lines.at(-1)}`);
    return lines.filter((line) => !READS.test(line));
  }

  change(changed: Partial<JujuState>): void {
    this.juju.state = { ...this.juju.state, ...changed };
  }
}

const READS =
  /^(?:network-get|is-leader|config-get|relation-(?:ids|list|get|model-get)|goal-state|secret-(?:ids|get|info-get)|opened-ports|state-get|action-get) /;

const related: JujuState["relations"] = {
  3: {
    endpoint: "greeting",
    application: "guest",
    units: ["guest/10", "guest/2"],
    bags: {
      "guest/10": { name: "ten", "ingress-address": "10.0.1.10" },
      "guest/2": { name: "two", "ingress-address": "10.0.1.2", "private-address": "10.0.1.2" },
      "toy/0": { "ingress-address": "10.0.0.2", "egress-subnets": "10.0.0.2/32" },
    },
  },
};

test("a first hook reads what there is and makes all of it true, in these command lines", async () => {
  const { exitCode, lines } = await new World().run({ hook: "install" });

  expect(exitCode).toBe(0);
  expect(lines).toEqual([
    "network-get --format=json juju-info",
    "is-leader --format=json",
    "config-get --format=json",
    "goal-state --format=json",
    "secret-ids --format=json",
    "opened-ports --format=json",
    "state-get --format=json orrery",
    "open-port 8080/tcp",
    "application-version-set -- 1.0.0",
    "status-set --application=false active -- leads,",
    'state-set --file - < {"orrery": "{\\"deadlines\\":[],\\"grants\\":{},\\"told\\":\\"\\",\\"workloadVersion\\":\\"1.0.0\\"}"}',
  ]);
});

test("a relation is read whole and written by one call for each bag", async () => {
  const world = new World({ relations: related });
  const { exitCode, lines } = await world.run({
    hook: "greeting-relation-joined",
    relation: 3,
    unit: "guest/2",
  });

  expect(exitCode).toBe(0);
  expect(lines.filter((line) => line.startsWith("relation-"))).toEqual([
    "relation-ids greeting --format=json",
    "relation-list --format=json -r greeting:3",
    "relation-model-get --format=json -r greeting:3",
    "relation-get --format=json -r greeting:3 - guest/2",
    "relation-get --format=json -r greeting:3 - guest/10",
    "relation-get --format=json -r greeting:3 - toy/0",
    "relation-get --format=json -r greeting:3 --app - toy",
    "relation-get --format=json -r greeting:3 --app - guest",
    'relation-set -r greeting:3 --file - < {"host": "10.0.0.2", "unit": "toy/0"}',
    'relation-set -r greeting:3 --app --file - < {"words": "hello 1"}',
  ]);
});

test("the same hook again writes nothing but the status, and Juju's own keys stay", async () => {
  const world = new World({ relations: related });
  await world.writes({ hook: "greeting-relation-created", relation: 3 });

  expect(await world.writes({ hook: "update-status" })).toEqual([
    "status-set --application=false active -- leads,",
  ]);
  expect(world.juju.state.relations[3]?.bags["toy/0"]).toEqual({
    "ingress-address": "10.0.0.2",
    "egress-subnets": "10.0.0.2/32",
    host: "10.0.0.2",
    unit: "toy/0",
  });
});

test("changed options write changed keys alone, and remove those that are no longer wanted", async () => {
  const world = new World({ relations: related, config: { words: "hello", keys: "a b" } });
  await world.writes({ hook: "config-changed" });
  world.change({ config: { words: "goodbye", keys: "b c" } });

  expect(await world.writes({ hook: "config-changed" })).toEqual([
    'relation-set -r greeting:3 --app --file - < {"a": "", "c": "yes", "words": "goodbye 1"}',
    "status-set --application=false active -- leads,",
  ]);
});

test("a unit that does not lead writes its own bag alone and does not ask for its application's", async () => {
  const world = new World({ relations: related, leader: false });
  const { lines } = await world.run({ hook: "leader-settings-changed" });

  expect(lines).not.toContain("relation-get --format=json -r greeting:3 --app - toy");
  expect(lines.filter((line) => line.startsWith("relation-set"))).toEqual([
    'relation-set -r greeting:3 --file - < {"host": "10.0.0.2", "unit": "toy/0"}',
  ]);
});

test("a unit that was elected writes what the leader before it no longer does", async () => {
  const world = new World({
    relations: related,
    leader: false,
    units: { "toy/0": "active", "toy/1": "dying" },
  });
  await world.writes({ hook: "start" });
  world.change({ leader: true });

  expect(await world.writes({ hook: "leader-elected" })).toEqual([
    'relation-set -r greeting:3 --app --file - < {"words": "hello 1"}',
    "status-set --application=false active -- leads,",
  ]);
});

test("a relation that is being broken is not looked at, although it is still listed", async () => {
  const world = new World({ relations: related });
  const { exitCode, lines } = await world.run({ hook: "greeting-relation-broken", relation: 3 });

  expect(exitCode).toBe(0);
  expect(lines.filter((line) => line.startsWith("relation-"))).toEqual([
    "relation-ids greeting --format=json",
  ]);
});

test("units that left are gone from what the charm sees", async () => {
  const world = new World({
    relations: { 3: { ...related[3]!, bags: { "guest/2": { name: "stranger" } }, units: ["guest/2"] } },
  });
  await world.writes({ hook: "greeting-relation-changed", relation: 3, unit: "guest/2" });
  expect(world.juju.effects.status).toEqual({ status: "blocked", message: "a stranger is here" });

  world.change({ relations: { 3: { ...related[3]!, units: [] } } });
  const request = { hook: "greeting-relation-departed", relation: 3, unit: "guest/2", departing: "guest/2" };
  await world.writes(request);
  expect(world.juju.effects.status).toEqual({ status: "active", message: "leads," });
});

test("a charm that fails has the hook fail: nothing that was written counts, and the log says why", async () => {
  const world = new World({ relations: related });
  await world.writes({ hook: "start" });
  const before = world.juju.state;
  world.change({ config: { words: "fail" } });

  const { exitCode, lines } = await world.run({ hook: "config-changed" });
  expect(exitCode).toBe(1);
  const [log, ...others] = lines.filter((line) => !READS.test(line));
  expect(others).toEqual([]);
  expect(log).toMatch(
    /^juju-log --log-level ERROR -- RECONCILE_FAILED: charm threw: the charm has a fault\nError: .*\n +at .*toy-charm/,
  );
  expect(world.juju.state.relations).toEqual(before.relations);
});

test("an option past what the charm allows blocks the unit, which goes on with the default", async () => {
  const world = new World({ relations: related, config: { words: "shout" } });
  const writes = await world.writes({ hook: "config-changed" });

  expect(writes).toContain('relation-set -r greeting:3 --app --file - < {"words": "hello 1"}');
  expect(world.juju.effects.status).toEqual({
    status: "blocked",
    message: 'CONFIG_LEFT_OUT: option words was given "shout"; allowed is one of hello, goodbye, fail',
  });
});

test("problems are logged once for as long as they stand", async () => {
  const world = new World({ config: { words: "shout" } });
  const logged = async (): Promise<number> =>
    (await world.writes({ hook: "update-status" })).filter((line) => line.startsWith("juju-log")).length;

  expect([await logged(), await logged()]).toEqual([1, 0]);
  world.change({ config: { words: "whisper" } });
  expect(await logged()).toBe(1);
});

test("ports are opened and closed by what differs, the charm's named ports among them", async () => {
  const world = new World({ ports: ["22/tcp", "9000-9010"], config: { port: "9000-9010/tcp" } });

  expect((await world.writes({ hook: "start" })).filter((line) => line.includes("-port "))).toEqual([
    "close-port 22/tcp",
    "open-port 8080/tcp",
  ]);
});

test("a secret is made once, granted, renewed when its content changes, and removed when it is no longer named", async () => {
  const world = new World({ relations: related, config: { token: "first" } });
  const secretLines = async (): Promise<readonly string[]> =>
    (await world.writes({ hook: "config-changed" }))
      .filter((line) => line.startsWith("secret-"))
      .map((line) => line.replace(/#file=\S+/, "#file=FILE"));

  expect(await secretLines()).toEqual([
    "secret-add --label secret-token --owner application token#file=FILE",
    "secret-grant --relation 3 secret:s0000000000000000001",
  ]);
  // Its address is written in the same hook: both count together.
  expect(world.juju.state.relations[3]?.bags["toy"]).toEqual({ words: "hello 1", "uri-001": "yes" });
  expect(await secretLines()).toEqual([]);
  world.change({ config: { token: "second" } });
  expect(await secretLines()).toEqual([
    "secret-set --owner application secret:s0000000000000000001 token#file=FILE",
  ]);
  world.change({ config: {} });
  expect(await secretLines()).toEqual(["secret-remove secret:s0000000000000000001"]);
  expect(world.juju.state.secrets).toEqual({});
});

test("no secret stands in an argument, a log or the unit's state", async () => {
  const world = new World({ relations: related, config: { token: "hush-hush" } });
  const { lines } = await world.run({ hook: "config-changed" });

  expect(lines.join("\n")).not.toContain("hush-hush");
});

test("a secret that an option names is read at its newest, and one that was not granted is not there", async () => {
  const id = "abcdefghijklmnopqrst";
  const secret = { content: { token: "t" }, revision: 4, owner: "vault", grants: [3] };
  const world = new World({
    relations: related,
    secrets: { [id]: secret },
    config: { secret: `secret:${id}` },
  });

  const { lines } = await world.run({ hook: "secret-changed" });
  expect(lines).toContain(`secret-get --format=json secret:${id} --refresh`);
  expect(world.workload.applied["toy"]?.services["toy"]?.environment).toMatchObject({ TOKEN: "t" });

  world.change({ secrets: { [id]: { ...secret, grants: [] } } });
  expect((await world.run({ hook: "update-status" })).exitCode).toBe(0);
  expect(world.workload.applied["toy"]?.services["toy"]?.environment).toMatchObject({ TOKEN: "" });
});

test("a deadline is noticed at the next hook after it", async () => {
  const world = new World({ config: { deadline: "2026-05-01T13:00:00Z" } });
  await world.writes({ hook: "start" });
  await world.writes({ hook: "update-status" });
  expect(world.juju.effects.status?.message).toBe("leads,");

  world.now = Date.parse("2026-05-01T13:00:01Z");
  await world.writes({ hook: "update-status" });
  expect(world.juju.effects.status?.message).toBe("leads, later");
});

const secretLines = (lines: readonly string[]): readonly string[] =>
  lines
    .filter((line) => line.startsWith("secret-") && !READS.test(line))
    .map((line) => line.replaceAll(/#file=\S+/g, ""));

test("what the host makes once is kept as a secret of the unit, and rotated when its moment has passed or an action asks", async () => {
  const world = new World({ config: { rotate: "2026-05-01T13:00:00Z" } });
  const admin = (): string => world.workload.applied["toy"]?.services["toy"]?.environment?.["ADMIN"] ?? "";
  const first = await world.run({ hook: "start" });
  expect(secretLines(first.lines)).toEqual(["secret-add --label material-admin --owner unit current about"]);
  const made = admin().trim();
  expect(made).toMatch(/^\w{16}$/);
  expect(secretLines((await world.run({ hook: "update-status" })).lines)).toEqual([]);
  expect(admin().trim()).toBe(made);

  world.now = Date.parse("2026-05-01T13:00:01Z");
  const rotated = await world.run({ hook: "update-status" });
  expect(secretLines(rotated.lines)).toEqual([
    "secret-set --owner unit secret:s0000000000000000001 current previous about",
  ]);
  expect(admin()).toMatch(new RegExp(`^\\w{16} ${made}$`));
  const before = admin();
  await world.run({ hook: "rotate", action: { params: {} } });
  expect(admin().endsWith(before.slice(0, 16))).toBe(true);
  world.change({ config: {} });
  expect(secretLines((await world.run({ hook: "config-changed" })).lines)).toEqual([
    "secret-remove secret:s0000000000000000001",
  ]);
});

test("a rotation of what the unit does not have fails the action alone", async () => {
  const world = new World();
  expect((await world.run({ hook: "rotate", action: { params: {} } })).exitCode).toBe(0);
  expect(world.juju.effects.failure).toBe('material "admin" is none of toy/0');
});

test("an action gives its results under Juju's names, and a reconcile follows it", async () => {
  const world = new World();
  const { exitCode, lines } = await world.run({ hook: "greet", action: { params: { whom: "you" } } });

  expect(exitCode).toBe(0);
  expect(lines).toContain("action-set said=greet you from=toy/0 times-said=1");
  expect(lines).toContain("status-set --application=false active -- leads,");
});

test("an action that fails says so, and its hook ends well", async () => {
  const world = new World();
  const { exitCode, lines } = await world.run({ hook: "greet", action: { params: { whom: "nobody" } } });

  expect(exitCode).toBe(0);
  expect(lines).toContain("action-fail -- nobody is there");
  expect(world.juju.effects.failure).toBe("nobody is there");
});

test("a unit that goes ends its services, then leaves nothing, and asks Juju nothing", async () => {
  const world = new World({ relations: related });

  expect((await world.run({ hook: "stop" })).lines).toEqual([]);
  expect((await world.run({ hook: "remove" })).lines).toEqual([]);
  expect(world.workload.log).toEqual(["stop", "remove"]);
});

test("a hook that is not known is passed over", async () => {
  const { exitCode, lines } = await new World().run({ hook: "collect-metrics" });

  expect(exitCode).toBe(0);
  expect(lines).toEqual([
    "juju-log --log-level DEBUG -- this hook is not known to this charm and was passed over",
  ]);
});

test("a container that does not answer is waited for, and the relations are written all the same", async () => {
  const world = new World({ relations: related });
  world.workload.ready = false;
  const writes = await world.writes({ hook: "start" });

  expect(writes).toContain('relation-set -r greeting:3 --app --file - < {"words": "hello 1"}');
  expect(writes).toContain("status-set --application=false waiting -- for container toy");
});

test("a unit without an address waits for one and writes nothing else", async () => {
  const { lines } = await new World({ address: "" }).run({ hook: "install" });

  expect(lines).toEqual([
    "network-get --format=json juju-info",
    "status-set --application=false waiting -- for an address",
  ]);
});

test("a Juju that refuses a call has the hook fail with its words", async () => {
  const world = new World({ relations: related });
  const hook = world.juju.begin({ hook: "start" });
  const exitCode = await exitCodeOf({
    tools: new HookTools(async (call) =>
      call.name === "relation-set"
        ? { exitCode: 1, stdout: "", stderr: "ERROR cannot write relation settings\n" }
        : await hook.runTool(call),
    ),
    context: readContext(hookEnvironment(world.juju.state, { hook: "start" }, "/charm")),
    charm: toy,
    workload: world.workload,
    random: (bytes) => randomBytes(bytes),
    kubernetes: false,
    now: () => NOW,
  });

  expect(exitCode).toBe(1);
  expect(world.juju.effects.log.at(-1)?.message).toMatch(
    /^HOOK_TOOL_FAILED: hook tool relation-set failed: cannot write relation settings$/,
  );
});
