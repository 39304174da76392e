import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPage } from "../docs/read-page.ts";
import { runPage } from "../docs/run-page.ts";
import { alerts, ruleGroups, targets, urlOf } from "../world/systems.ts";
import { until, World } from "../world/world.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const STATION = join(REPOSITORY, "integration/stranger/weather-station");
const TUTORIAL = join(REPOSITORY, "docs/tutorial/observe-your-product.md");

const tutorial = readPage(readFileSync(TUTORIAL, "utf8"));
const world = new World();
/** Somewhere that knows nothing of the repository. */
const outside = mkdtempSync(join(tmpdir(), "stranger-"));
let prometheus: string;
beforeAll(async () => {
  await world.run("up");
  const quick = ["scrape-interval=1s", "scrape-timeout=1s", "evaluation-interval=1s"];
  await world.run("deploy", "prometheus", ...quick.flatMap((option) => ["--config", option]));
  await world.run("integrate", "orrery", "prometheus");
  await world.run("verify", "--wait", "120");
  prometheus = await urlOf(world, "prometheus/0", "web");
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(outside, { recursive: true, force: true });
});

test("the tutorial shows the weather station's files, word for word and all of them", () => {
  const shown = tutorial.steps.flatMap((step) =>
    step.kind === "file" ? [[step.path, step.text] as const] : [],
  );
  const kept = readdirSync(STATION, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(STATION.length + 1), readFileSync(path, "utf8")] as const);
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(kept));
});

test("a stranger who follows the tutorial in an empty folder has a charm that is checked, tested, deployed and read back", async () => {
  const packed = spawnSync("npm", ["run", "--silent", "pack", "--", join(outside, "orrery-packages")], {
    cwd: REPOSITORY,
    encoding: "utf8",
  });
  expect(packed.stdout + packed.stderr).toContain("orrery-charm-0.1.0.tgz");
  expect(packed.status).toBe(0);

  const faults = await runPage(tutorial, {
    folder: outside,
    home: world.home,
    installed: true,
    environment: {
      npm_config_prefer_offline: "true",
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_update_notifier: "false",
    },
  });
  expect(faults).toEqual([]);

  const scraped = (await targets(prometheus)).find(
    (one) => one.labels["juju_application"] === "weather-station",
  );
  expect(scraped?.health).toBe("up");
  const firing = await until("the tutorial's alert", async () =>
    (await alerts(prometheus)).find(
      (one) => one.labels["alertname"] === "WeatherStationTooHot" && one.state === "firing",
    ),
  );
  expect(firing.labels).toMatchObject({ juju_application: "weather-station", severity: "warning" });
  expect(firing.annotations).toMatchObject({
    owner: "weather-team",
    summary: "It is 30 °C at weather-station/0",
    next_step: "Open a window.",
  });
});

test("the stranger's charm is packed for Juju with the packages that it brings itself", async () => {
  await world.run("pack", join(outside, "weather-station"), "--output", outside, "--without-node");
  const files = unzipSync(readFileSync(join(outside, "weather-station.charm")));
  const unpacked = join(outside, "unpacked");
  mkdirSync(unpacked);
  writeFileSync(join(unpacked, "charm.mjs"), files["charm.mjs"] ?? "");

  const metadata = new TextDecoder().decode(files["metadata.yaml"]);
  expect(metadata).toContain("name: weather-station\n");
  expect(metadata).toContain("interface: prometheus_scrape\n");
  // It comes as far as Juju's environment, without a package beside it.
  const hook = spawnSync(process.execPath, ["charm.mjs"], { cwd: unpacked, env: {}, encoding: "utf8" });
  expect(hook.stderr).toContain("variable JUJU_UNIT_NAME is missing");
});

test("the stranger's charm runs in a process of its own below the engine, and its workload in a group of its own", async () => {
  const engine = await world.enginePid();
  const station = join(outside, "weather-station");
  const charm = processes().find(({ folder }) => folder === station);
  expect(charm).toMatchObject({ parent: engine });
  expect(charm?.command.join(" ")).toContain("charm-child");

  // Nothing but that process runs it: without it there is no charm until there is another.
  process.kill(charm?.pid ?? 0, "SIGKILL");
  await world.run("config", "weather-station", "celsius=12.5");
  const next = await until("another process for the charm", async () =>
    processes().find(({ folder, pid }) => folder === station && pid !== charm?.pid),
  );
  expect(next).toMatchObject({ parent: engine });
  await until("what the charm wanted", async () =>
    (await world.run("status", "weather-station")).includes("12.5 °C"),
  );
  expect(await world.enginePid()).toBe(engine);

  const workload = processes().find(({ command }) => command[1] === "station.js");
  expect(workload?.group).toBe(workload?.pid);
});

let server: Server | undefined;
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});

test("a telemetry.yaml alone is scraped and verified, and its rule is live", async () => {
  server = createServer((_, response) => response.end("teapot_temperature_celsius 50\n"));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.61.7", resolve));
  const { port } = server.address() as AddressInfo;
  const folder = join(outside, "teapot");
  mkdirSync(folder);
  const declaration = join(folder, "telemetry.yaml");
  writeFileSync(
    declaration,
    `product: teapot
owner: kitchen-team
metrics:
  - port: 9000
rules:
  teapot.yaml: |
    alert: TeapotCold
    expr: teapot_temperature_celsius < %%threshold%%
    parameters: { threshold: { type: number, default: 60 } }
    labels: { severity: warning }
    summary: The tea is cold
`,
  );

  await world.run("deploy", declaration, "--config", `targets=127.0.61.7:${port}`);
  await world.run("integrate", "teapot", "prometheus");
  await world.run("verify", "--wait", "60");

  expect(
    (await targets(prometheus)).filter((one) => one.labels["juju_application"] === "teapot"),
  ).toMatchObject([{ health: "up", scrapeUrl: `http://127.0.61.7:${port}/metrics` }]);
  const live = (await ruleGroups(prometheus)).flatMap(({ rules }) => rules);
  expect(live.find(({ name }) => name === "TeapotCold")).toMatchObject({ health: "ok" });
  await world.run("config", "teapot", "teapot-cold-threshold=40");
  await until("the tuned rule", async () =>
    (await ruleGroups(prometheus))
      .flatMap(({ rules }) => rules)
      .some(({ name, query }) => name === "TeapotCold" && query.endsWith("< 40")),
  );
});

/** A process of this machine, with what tells whose it is. */
interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly folder: string;
  readonly command: readonly string[];
}

/** The processes that work in the stranger's folders or in the engine's home. */
function processes(): readonly Running[] {
  return readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((name) => {
      try {
        const folder = readlinkSync(`/proc/${name}/cwd`);
        if (!folder.startsWith(outside) && !folder.startsWith(world.home)) return [];
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").slice(0, -1);
        // The second field is the program's name in parentheses, which may hold anything.
        const stat = readFileSync(`/proc/${name}/stat`, "utf8")
          .replace(/^.*\) /s, "")
          .split(" ");
        return [{ pid: Number(name), parent: Number(stat[1]), group: Number(stat[2]), folder, command }];
      } catch {
        return [];
      }
    });
}
