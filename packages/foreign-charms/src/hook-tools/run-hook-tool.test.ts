import { expect, test } from "vitest";
import { ToolRun } from "../hook-run.test-support.ts";

/** The command lines that ops sends, and what Juju answers. @see juju-protocol, appendix A. */
const READS: readonly (readonly [string, unknown])[] = [
  ["relation-ids db --format=json", ["db:1"]],
  ["relation-ids nothing --format=json", []],
  ["relation-list --format=json -r db:1", ["pg/0", "pg/1"]],
  ["relation-list --format=json --app -r db:1", "pg"],
  ["relation-list --format=json -r cluster:2", ["web/1"]],
  ["relation-get --format=json -r db:1 - pg/0", { host: "<a&b>" }],
  ["relation-get --format=json -r db:1 host pg/0", "<a&b>"],
  ["relation-get --format=json -r db:1 nothing pg/0", null],
  ["relation-get --format=json -r db:1 --app - pg", { version: "16" }],
  ["relation-get --format=json -r db:1 --app - pg/0", { version: "16" }],
  ["relation-get --format=json -r db:1 - web/0", { "ingress-address": "127.1.2.3" }],
  ["relation-get --format=json -r cluster:2 --app - web", { key: "secret:abc" }],
  ["relation-model-get --format=json -r db:1", { uuid: "cdac5656-2423-4388-8f30-41854b4cca7e" }],
  ["config-get --format=json", { port: 80, ratio: 1 }],
  ["config-get --format=json --all", { name: null, port: 80, ratio: 1 }],
  ["config-get --format=json name", null],
  ["is-leader --format=json", true],
  [
    "status-get --include-data --format=json --application=false",
    { status: "maintenance", message: "installing charm software", "status-data": {} },
  ],
  ["opened-ports --format=json", []],
  [
    "network-get --format=json -r 1 db",
    {
      "bind-addresses": [
        {
          "mac-address": "00:00:00:00:00:00",
          "interface-name": "lo",
          addresses: [{ hostname: "", value: "127.1.2.3", cidr: "127.0.0.0/8" }],
        },
      ],
      "egress-subnets": ["127.1.2.3/32"],
      "ingress-addresses": ["127.1.2.3"],
    },
  ],
  ["network-get --format=json --ingress-address admin", "127.1.2.3"],
  ["storage-list --format=json data", []],
  ["storage-get --format=json -s data/0", { kind: "filesystem", location: "/units/web-0/data/0" }],
  ["state-get --format=json", {}],
];

test.for(READS)("%s answers as Juju does", async ([line, answer]) => {
  expect(await new ToolRun().read(line)).toEqual(answer);
});

/** What is refused: standard error and exit code as Juju has them, which ops tells apart by their words. */
const REFUSED: readonly (readonly [string, number, string])[] = [
  ["relation-list --format=json -r 6", 2, 'ERROR invalid value "6" for option -r: relation not found'],
  ["relation-get -r site:1 - pg/0", 2, 'ERROR invalid value "site:1" for option -r: relation not found'],
  [
    "relation-get -r 1 - mysql/0",
    1,
    'ERROR cannot read settings for unit "mysql/0" in relation "db:1": permission denied',
  ],
  ["relation-get", 1, "ERROR no relation id specified"],
  ["relation-set a=1", 1, "ERROR no relation id specified"],
  ["relation-ids", 1, "ERROR no endpoint name specified"],
  ["relation-set -r 1 pg/0", 1, 'ERROR expected "key=value", got "pg/0"'],
  [
    "status-set error -- broken",
    2,
    'ERROR invalid status "error", expected one of ["active" "blocked" "maintenance" "waiting"]',
  ],
  ["open-port 80/sctp", 2, 'ERROR invalid protocol "sctp", expected "tcp", "udp", or "icmp"'],
  ["open-port 80/icmp", 2, `ERROR protocol "icmp" doesn't support any ports; got "80"`],
  ["open-port 0", 2, "ERROR port range bounds must be between 1 and 65535, got 0-0"],
  ["network-get nothing", 1, 'ERROR no network config found for binding "nothing"'],
  ["storage-get -s data/9", 2, 'ERROR invalid value "data/9" for option -s: storage not found'],
  ["action-get", 1, "ERROR not running an action"],
  ["secret-get secret:d0erdgfmp25c762i8np0", 1, 'ERROR secret "d0erdgfmp25c762i8np0" not found'],
  ["secret-info-get --label x secret:abc", 2, "ERROR specify either a secret URI or label but not both"],
  ["resource-get image", 1, "ERROR could not download resource: resources are not fetched by this host"],
  ["is-leader --frmat=json", 2, "ERROR option provided but not defined: --frmat"],
  ["config-get --format=xml", 2, 'ERROR invalid value "xml" for option --format: unknown format "xml"'],
];

test.for(REFUSED)("%s is refused with exit code %d", async ([line, exitCode, stderr]) => {
  expect(await new ToolRun().call(line)).toEqual({ exitCode, stdout: "", stderr: `${stderr}\n` });
});

test("who does not lead neither writes nor reads what belongs to its application, but among peers", async () => {
  const follower = new ToolRun({ view: { leader: false } });

  expect(await follower.call("relation-set -r db:1 --app --file -", '{"k": "v"}')).toMatchObject({
    exitCode: 1,
    stderr: "ERROR cannot write relation settings\n",
  });
  expect((await follower.call("relation-get -r db:1 --app - web")).stderr).toMatch(/permission denied/u);
  expect(await follower.read("relation-get --format=json -r 2 --app - web")).toEqual({ key: "secret:abc" });
  expect((await follower.call("status-set --application=True active")).stderr).toMatch(/not the leader/u);
  expect(follower.run.work.bags).toEqual({});
});

test("a bag is written key by key, an empty value takes one out, and reading shows what is pending", async () => {
  const tool = new ToolRun();
  await tool.call("relation-set -r db:1 --file -", '{"k": "v", "gone": "x"}');
  await tool.call("relation-set -r 1 gone= more=a=b");
  await tool.call(
    "relation-set -r db:1 --app --file -",
    "app: ''\nlong: >-\n  two\n  lines\nnumber: 1.10\nyes: on\n",
  );

  expect(await tool.read("relation-get -r 1 --format=json - web/0")).toEqual({
    "ingress-address": "127.1.2.3",
    k: "v",
    more: "a=b",
  });
  expect(tool.run.work.bags["1"]?.application).toEqual({ long: "two lines", number: "1.10", yes: "on" });
});

test("junk is refused at the tool, and a call that fails has changed nothing", async () => {
  const tool = new ToolRun();
  for (const junk of ["[1, 2]", "k: {inner: map}", "{unclosed", "k: &a [*a]"]) {
    expect((await tool.call("relation-set -r 1 --file -", junk)).exitCode).toBe(1);
  }
  const large = JSON.stringify({ k: "x".repeat(16 * 1024 * 1024) });
  expect((await tool.call("relation-set -r 1 --file -", large)).stderr).toMatch(/allowed are 16777216/u);
  expect(tool.run.work.bags).toEqual({});
});

test("forms are those of Juju: JSON as Go writes it, smart as people read it, YAML", async () => {
  const tool = new ToolRun();

  expect((await tool.call("relation-get --format=json -r 1 - pg/0")).stdout).toBe(
    '{"host":"\\u003ca\\u0026b\\u003e"}\n',
  );
  expect((await tool.call("relation-list -r 1")).stdout).toBe("pg/0\npg/1\n");
  expect((await tool.call("is-leader")).stdout).toBe("True\n");
  expect((await tool.call("config-get port")).stdout).toBe("80\n");
  expect((await tool.call("config-get nothing")).stdout).toBe("");
  expect((await tool.call("config-get --format=yaml")).stdout).toBe("port: 80\nratio: 1\n");
});

test("ports, version, status, state and log go where they belong", async () => {
  const tool = new ToolRun();
  for (const line of [
    "open-port 8080",
    "open-port 80/tcp",
    "open-port 7000-7010/udp",
    "open-port icmp",
    "close-port 8080/tcp",
    "application-version-set -- 1.2.3",
    "state-set a=1 b=2",
    "state-delete a",
  ]) {
    expect(await tool.call(line)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  }
  await tool.exec("status-set", ["--application=False", "blocked", "--", "-no port"]);
  await tool.exec("juju-log", ["--log-level", "CRITICAL", "--", "-it", "burns"]);

  expect(tool.run.work.memory).toMatchObject({
    ports: ["80/tcp", "7000-7010/udp", "icmp"],
    workloadVersion: "1.2.3",
    status: { status: "blocked", message: "-no port" },
    state: { b: "2" },
  });
  expect(tool.logged).toEqual(["ERROR -it burns"]);
});

test("an action has parameters and gives results; reserved names are refused", async () => {
  const action = { name: "backup", id: "1", params: { where: { path: "/tmp" }, quick: true }, results: {} };
  const tool = new ToolRun({ cause: { kind: "action", action } });
  await tool.call("action-set a=1 b.c=2 b.d=3");
  await tool.exec("action-fail", ["--", "no", "room"]);

  expect(await tool.read("action-get --format=json where.path")).toBe("/tmp");
  expect((await tool.call("action-set stdout=x")).stderr).toBe(
    'ERROR cannot set reserved action key "stdout"\n',
  );
  expect((await tool.call("action-set Big=x")).exitCode).toBe(1);
  expect(action).toMatchObject({ results: { a: "1", b: { c: "2", d: "3" } }, failure: "no room" });
});

test("a leader makes, changes, grants and removes a secret; what it wrote is read back at once", async () => {
  const tool = new ToolRun();
  tool.files["/tmp/x/password"] = "hunter2\n";
  const { stdout } = await tool.exec("secret-add", [
    "--label",
    "L",
    "--rotate",
    "daily",
    "--owner",
    "application",
    "password#file=/tmp/x/password",
    "other#base64=aGk=",
  ]);
  const id = stdout.trim().replace("secret:", "");

  expect(id).toMatch(/^[0-9a-z]{20}$/u);
  expect(await tool.read("secret-get --format=json --label L")).toEqual({
    password: "hunter2\n",
    other: "hi",
  });
  await tool.call(`secret-grant --relation 1 --unit pg/0 ${id}`);
  await tool.call(`secret-set --owner application secret:${id} password=other`);
  expect(await tool.read(`secret-info-get --format=json secret:${id}`)).toEqual({
    [id]: {
      revision: 1,
      label: "L",
      owner: "application",
      rotation: "daily",
      rotates: "2026-11-26T12:00:00.000Z",
      access: [{ target: "application-pg", scope: "relation-web.db#pg", role: "view" }],
    },
  });
  expect(tool.run.work).toMatchObject({
    secrets: { [id]: { password: "other" } },
    memory: { owned: { [id]: { grants: [1], label: "L", owner: "application" } } },
  });
  await tool.call(`secret-revoke --app pg ${id}`);
  expect(tool.run.work.memory.owned[id]?.grants).toEqual([]);
  await tool.call(`secret-remove secret:${id}`);
  expect(await tool.read("secret-ids --format=json")).toEqual([]);
  expect((await tool.call("secret-add nokey")).exitCode).toBe(1);
  expect((await tool.call("secret-add A=1")).stderr).toBe('ERROR key "A" not valid\n');
});

test("a reader's label and the revision that it has seen are kept; who does not own a secret cannot change it", async () => {
  const uri = "secret:d0erdgfmp25c762i8np0";
  const tool = new ToolRun({ view: { secrets: { [uri]: { revision: 4, content: { token: "t" } } } } });

  expect(await tool.read(`secret-get --format=json ${uri} --label theirs`)).toEqual({ token: "t" });
  expect(await tool.read("secret-get --format=json --label theirs")).toEqual({ token: "t" });
  expect(tool.run.work.memory.read).toEqual({
    d0erdgfmp25c762i8np0: { revision: 4, told: 4, label: "theirs" },
  });
  expect(await tool.call(`secret-set ${uri} token=u`)).toMatchObject({ stderr: "ERROR permission denied\n" });
  expect(await tool.call(`secret-info-get ${uri}`)).toMatchObject({ stderr: "ERROR permission denied\n" });
});

test("in a hook about a relation, it and its unit need not be named; who departs is a member no more and can be read", async () => {
  const hook = { kind: "relation", relation: 1, endpoint: "db", application: "pg", unit: "pg/1" } as const;
  const departed = new ToolRun({
    cause: { kind: "hook", hook: { ...hook, event: "departed", departing: "pg/1" } },
  });
  const changed = new ToolRun({ cause: { kind: "hook", hook: { ...hook, unit: "pg/0", event: "changed" } } });

  expect(await departed.read("relation-list --format=json")).toEqual(["pg/0"]);
  expect(await departed.read("relation-get --format=json")).toEqual({});
  expect(await departed.read("relation-get --format=json -r 1 - pg/7")).toEqual({ last: "words" });
  expect(await changed.read("relation-ids --format=json")).toEqual(["db:1"]);
  expect(await changed.read("relation-get --format=json host")).toBe("<a&b>");
  expect(await changed.read("relation-get --format=json --app")).toEqual({ version: "16" });
});
