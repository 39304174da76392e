import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerOutcome } from "@orrery/charm";
import { afterEach, expect, test } from "vitest";
import { FakeSystemd } from "./fake-systemd.test-support.ts";
import { SystemdWorkload } from "./systemd-workload.ts";
import type { SystemdWorkloadOptions } from "./systemd-workload.ts";

const folder = mkdtempSync(join(tmpdir(), "orrery-systemd-"));
const unitFolder = join(folder, "system");

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Machine {
  readonly systemd: FakeSystemd;
  readonly options: SystemdWorkloadOptions;
  readonly host: SystemdWorkload;
}

function machine(): Machine {
  mkdirSync(unitFolder, { recursive: true });
  const systemd = new FakeSystemd(unitFolder);
  const options: SystemdWorkloadOptions = {
    unit: "shop/0",
    containers: { shop: { program: "node", tools: ["shopctl"] } },
    base: join(folder, "base"),
    unitFolder,
    workingFolder: "/charm/workload",
    workload: "one",
    node: "/charm/bin/node",
    programs: { path: join(folder, "bin"), attached: async () => undefined },
    probes: {},
    booted: () => true,
    run: systemd.run,
    post: async () => ({ status: 200, body: "" }),
    pause: async () => undefined,
  };
  return { systemd, options, host: new SystemdWorkload(options) };
}

const shop: ContainerOutcome = {
  services: {
    web: {
      command: ["/charm/bin/node", "server.js"],
      environment: { PORT: "8080" },
      reload: { signal: "HUP" },
    },
  },
  files: { "shop.conf": { content: "words", mode: "0600" } },
};
const unit = "orrery-shop-0-shop-web.service";

test("a service becomes a unit of the machine, is enabled and started, and runs on when nothing differs", async () => {
  const { systemd, host } = machine();

  const applied = (await host.apply({ shop }))["shop"];
  expect(applied).toMatchObject({ problems: [], counters: { filesWritten: 1, restarts: 1 } });
  expect(systemd.told).toEqual(["daemon-reload", `enable ${unit}`, `restart ${unit}`]);
  expect(statSync(join(folder, "base/shop/files/shop.conf")).mode & 0o777).toBe(0o600);
  expect((await host.observe({ shop }))["shop"]).toEqual({
    ready: true,
    services: { web: { status: "running", restarts: 0 } },
    checks: {},
  });
  systemd.told.length = 0;
  expect((await host.apply({ shop }))["shop"]?.counters).toMatchObject({
    filesWritten: 0,
    restarts: 0,
    reloads: 0,
  });
  expect(systemd.told).toEqual([]);
});

test("its unit file says all that the charm wants, quoted as systemd reads it", async () => {
  const { host } = machine();
  const service = {
    command: ["/bin/echo", "100%", "$HOME", 'say "hi"', "back\\slash", "two\nlines"],
    environment: { NAME: "50% of $x" },
    after: ["db"],
    requires: ["db"],
    onSuccess: "ignore",
    killDelay: "30s",
    workingDir: "sub",
  } as const;
  await host.apply({ shop: { services: { db: { command: ["/bin/db"] }, web: service } } });

  expect(readFileSync(join(unitFolder, unit), "utf8")).toBe(`[Unit]
Description=shop/0 web
After=network-online.target orrery-shop-0-shop-db.service
Wants=network-online.target
Requires=orrery-shop-0-shop-db.service
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart="/bin/echo" "100%%" "$$HOME" "say \\"hi\\"" "back\\\\slash" "two\\nlines"
WorkingDirectory=/charm/workload/sub
Environment="NAME=50%% of $x"
Restart=on-failure
RestartSec=1s
TimeoutStopSec=30s
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target

# workload one
`);
});

test("changed files are taken in by the service's own way; a changed command or workload starts it again", async () => {
  const { systemd, host, options } = machine();
  await host.apply({ shop });
  systemd.told.length = 0;

  await host.apply({ shop: { ...shop, files: { "shop.conf": { content: "other" } } } });
  expect(systemd.told).toEqual([`kill --signal=HUP ${unit}`]);
  systemd.told.length = 0;
  const files = { "shop.conf": { content: "more", onChange: "restart" } } as const;
  await host.apply({ shop: { ...shop, files } });
  expect(systemd.told).toEqual([`restart ${unit}`]);
  systemd.told.length = 0;
  const upgraded = new SystemdWorkload({ ...options, workload: "two" });
  await upgraded.apply({ shop: { ...shop, files } });
  expect(systemd.told).toEqual(["daemon-reload", `enable ${unit}`, `restart ${unit}`]);
});

test("a service that is no longer wanted is ended and its unit file removed", async () => {
  const { systemd, host } = machine();
  await host.apply({ shop: { ...shop, services: { ...shop.services, more: { command: ["/bin/more"] } } } });
  systemd.told.length = 0;
  await host.apply({ shop });

  expect(systemd.told).toEqual(["disable --now orrery-shop-0-shop-more.service", "daemon-reload"]);
  expect(readdirSync(unitFolder)).toEqual([unit]);
});

test("a service that ends again and again is told with its last words", async () => {
  const { systemd, host } = machine();
  systemd.failing.add(unit);
  await host.apply({ shop });

  expect((await host.observe({ shop }))["shop"]?.services["web"]).toEqual({
    status: "backoff",
    restarts: 4,
    message: "it had bad luck",
  });
});

test("a check that nobody answers is down, with the reason", async () => {
  const { host } = machine();
  const checks = { open: { tcp: { host: "127.0.0.1", port: 1 }, threshold: 1 } };

  expect((await host.observe({ shop: { services: {}, checks } }))["shop"]?.checks["open"]).toEqual({
    status: "down",
    failures: 1,
    message: "nobody listens on 127.0.0.1:1",
  });
});

test("a program that the machine lacks is told with what mends it, and found once it is there", async () => {
  const { host } = machine();
  expect((await host.place())["shop"]).toMatchObject({
    program: { path: "/charm/bin/node" },
    problems: [
      {
        code: "PROGRAM_NOT_ON_MACHINE",
        remedy: "run `juju attach-resource shop shopctl=FILE`, or install it",
      },
    ],
  });
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "bin/shopctl"), "", { mode: 0o755 });
  expect((await host.place())["shop"]).toMatchObject({
    tools: { shopctl: { path: join(folder, "bin/shopctl") } },
    problems: [],
  });
});

test("what an operator attached comes before what the machine has, and is made a program", async () => {
  const { options } = machine();
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "bin/shopctl"), "the machine's", { mode: 0o755 });
  writeFileSync(join(folder, "resource"), "the operator's", { mode: 0o600 });
  const programs = { path: join(folder, "bin"), attached: async () => join(folder, "resource") };
  const path = (await new SystemdWorkload({ ...options, programs }).place())["shop"]?.tools["shopctl"]?.path;

  expect(readFileSync(path ?? "", "utf8")).toBe("the operator's");
  expect(statSync(path ?? "").mode & 0o111).toBe(0o111);
});

test("a unit that goes ends its services, and leaves nothing on the machine", async () => {
  const { systemd, host } = machine();
  await host.apply({ shop });
  systemd.told.length = 0;
  await host.stop();
  expect(systemd.told).toEqual([`disable --now ${unit}`]);
  await host.remove();

  expect(readdirSync(unitFolder)).toEqual([]);
  expect(readdirSync(folder)).toEqual(["system"]);
});

test("a machine without systemd has the unit say so, and nothing is written there", async () => {
  const host = new SystemdWorkload({ ...machine().options, booted: () => false });

  await expect(host.apply({ shop })).rejects.toMatchObject({
    code: "SYSTEMD_FAILED",
    message: "this machine is not run by systemd",
  });
  expect(await host.observe({ shop })).toEqual({ shop: { ready: false, services: {}, checks: {} } });
  expect(readdirSync(folder)).toEqual(["system"]);
  expect(readdirSync(unitFolder)).toEqual([]);
});

test("a systemd that refuses has its words told", async () => {
  const { options } = machine();
  const host = new SystemdWorkload({
    ...options,
    run: async () => ({ ran: true, exitCode: 1, stdout: "", stderr: "Access denied\n" }),
  });

  await expect(host.apply({ shop })).rejects.toMatchObject({
    message: "systemctl daemon-reload failed: Access denied",
  });
});
