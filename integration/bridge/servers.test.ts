import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SCRAPE_LIMITS } from "@orrery/backends/prometheus";
import { compileShare, joinShares } from "@orrery/backends/prometheus-files";
import type { FilesTarget } from "@orrery/backends/prometheus-files";
import { afterEach, beforeAll, expect, test } from "vitest";
import { findPrograms, judge } from "../backends/programs.ts";
import { identity, plain, strangers } from "../backends/strangers.ts";
import { until } from "../world/world.ts";
import { BridgedModel } from "./bridged-model.ts";
import type { ConnectedOptions } from "./bridged-model.ts";
import { ForeignServer } from "./foreign-server.ts";
import type { ForeignServerOptions } from "./foreign-server.ts";
import { currentPrometheus, debianPrometheus } from "./programs.ts";
import { RecordingProxy } from "./recording-proxy.ts";

const LIFECYCLE = ["--web.enable-lifecycle"];
/** Digests of what holds the model's UUID differ with it. */
const DIGEST = /[0-9a-f]{12}(?:[0-9a-f]{52})?/g;
let current: string;
let debian: string;
let stack = new AsyncDisposableStack();
beforeAll(async () => {
  current = (await currentPrometheus()).path;
  debian = (await debianPrometheus()).path;
});
afterEach(async () => {
  await stack.disposeAsync();
  stack = new AsyncDisposableStack();
});

async function serve(
  options: Omit<ForeignServerOptions, "address"> & { readonly address?: string },
): Promise<ForeignServer> {
  return stack.use(await new ForeignServer({ address: "127.0.17.9:9090", ...options }).start());
}

async function connected(
  server: ForeignServer,
  config: Readonly<Record<string, string>> = {},
  options: ConnectedOptions = {},
) {
  const { url, directory } = server;
  const bridged = stack.use(await BridgedModel.connected({ url, directory, ...config }, options));
  const { events, home, model } = bridged;
  return { events, home, model, relate: bridged.relate.bind(bridged) };
}

test("Debian's 2.42 gets targets by its user's own job, and rules, and is left as it was", async () => {
  const server = await serve({ program: debian, flags: LIFECYCLE, includes: "target-files" });
  const [files, reported] = [server.files(), await server.reported()];
  const { model, relate } = await connected(server);
  await relate("shop", "127.0.17.9:9090,127.0.17.8:1");
  const plan = await model.plan();

  expect(plan.problems.map(({ code }) => code)).toEqual(["EXTERNAL_LIMITED"]);
  // What the server scrapes itself is adopted, the rest goes into its target files.
  expect(plan.losses.map(({ code }) => code)).toEqual(["EXTERNAL_ADOPTED"]);
  await model.command({ command: "apply" });
  expect((await server.reported()).targets).toContain("files http://127.0.17.8:1/metrics");
  expect((await server.reported()).rules).toEqual(
    expect.arrayContaining([expect.stringMatching(/Crowded$/)]),
  );
  await model.command({ command: "disconnect" });
  expect(server.files()).toEqual(files);
  expect(await server.reported()).toEqual(reported);
});

test("a server without a way to be asked waits for its user, and is told exactly what to do", async () => {
  const server = await serve({ program: current, includes: "scrape-files" });
  const { events, model, relate } = await connected(server);
  await relate("shop", "127.0.17.8:1");
  const applying = model.command({ command: "apply" });
  await until("what its user has to do", async () =>
    events.some((told) => told.includes("systemctl reload prometheus")),
  );
  server.reload();
  await applying;

  expect((await server.reported()).targets).toHaveLength(2);
  const files = server.files();
  await model.command({ command: "config", application: "bridge", set: { "label-prefix": "orr_" } });
  await expect(model.command({ command: "apply", waitMs: 2000 })).rejects.toMatchObject({
    code: "EXTERNAL_NOT_SEEN",
    remedy: expect.stringContaining("kill -HUP"),
  });
  expect(server.files()).toEqual(files);
});

test("a server that reads its configuration again by itself is waited for", async () => {
  const flags = ["--enable-feature=auto-reload-config", "--config.auto-reload-interval=2s"];
  const server = await serve({ program: current, flags, includes: "scrape-files" });
  const { model, relate } = await connected(server);
  await relate("shop", "127.0.17.8:1");
  await model.command({ command: "apply" });

  expect((await server.reported()).targets).toHaveLength(2);
  await model.command({ command: "disconnect" });
  expect((await server.reported()).targets).toHaveLength(1);
});

test("a product whose targets the server scrapes already is adopted: watched where it is, and scraped once", async () => {
  const jobs = '  - { job_name: shop, static_configs: [{ targets: ["127.0.17.9:9090"] }] }';
  const server = await serve({ program: current, flags: LIFECYCLE, includes: "scrape-files", jobs });
  await until("its job's first scrape", async () => (await server.pools()).includes("shop"));
  const { model, relate } = await connected(server, { adopt: "shop=job:shop" });
  await relate("shop", "10.9.9.9:80");
  const plan = await model.plan();

  expect(plan.losses).toMatchObject([
    { code: "EXTERNAL_ADOPTED", message: expect.stringContaining('{job="shop"}') },
  ]);
  expect(plan.changes.map(({ stage }) => stage)).toEqual(["rules"]);
  const before = (await server.reported()).targets;
  await model.command({ command: "apply" });
  expect((await server.reported()).targets).toEqual(before);
  await until("rules that are well", async () => {
    const answer = await fetch(`${server.url}/api/v1/rules`);
    const text = await answer.text();
    return text.includes('go_goroutines{job=\\"shop\\"}') && !text.includes('"health":"err"');
  });
});

test("labels have the prefix that was chosen, and the server's series bear them", async () => {
  const server = await serve({ program: current, flags: LIFECYCLE, includes: "scrape-files" });
  const other = await serve({ program: current, address: "127.0.17.10:9090", includes: "nothing" });
  const { model, relate } = await connected(server, { "label-prefix": "orr_" });
  await relate("shop", new URL(other.url).host);
  await model.command({ command: "apply" });

  const series = await until("series of the shop", async () => {
    const query = encodeURIComponent('up{orr_application="shop"} == 1');
    const answer = await fetch(`${server.url}/api/v1/query?query=${query}`);
    const text = await answer.text();
    return text.includes('"orr_model"') && text;
  });
  expect(series).not.toMatch(/"juju_(?:model|application)/);
});

test("a bridge in a process of its own wants the same of the server as one in the engine", async () => {
  const server = await serve({ program: current, flags: LIFECYCLE, includes: "scrape-files" });
  const repository = fileURLToPath(new URL("../..", import.meta.url));
  const root = mkdtempSync(join(tmpdir(), "orrery-stranger-"));
  stack.defer(() => rmSync(root, { recursive: true, force: true }));
  const charm = join(root, "external-prometheus");
  cpSync(join(repository, "charms/bridges/external-prometheus"), charm, { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  // Its process finds the packages' sources as this one does.
  const environment = { NODE_OPTIONS: "--conditions=@orrery/source" };
  const contents = [];
  for (const options of [{}, { charm, environment }]) {
    const { model, relate } = await connected(server, {}, options);
    await relate("shop", "127.0.17.8:1");
    const { objects, problems } = await model.plan();
    expect(problems).toEqual([]);
    const { uuid } = (await model.status()).model;
    const text = JSON.stringify(objects).replaceAll(uuid, "UUID").replaceAll(uuid.slice(0, 8), "UUID");
    contents.push(text.replaceAll(DIGEST, "DIGEST"));
  }

  expect(contents[0]).toContain("Crowded");
  expect(contents[1]).toBe(contents[0]);
});

test("a server that wants a token gets it from a secret that was granted, and the token is nowhere else", async () => {
  const server = await serve({ program: current, flags: LIFECYCLE, includes: "scrape-files" });
  const token = "s3cr3t-of-somebody-Zq81";
  const guard = stack.use(await RecordingProxy.before(server.url, "127.0.17.11:9090", token));
  const url = "http://127.0.17.11:9090";
  const { events, home, model, relate } = await connected(server, { url });
  const first = await model.plan();
  expect(first.problems).toMatchObject([
    { code: "EXTERNAL_UNREACHABLE", message: expect.stringContaining("401") },
  ]);
  await model.command({ command: "add-secret", name: "door", content: { token } });
  await model.command({ command: "config", application: "bridge", set: { token: "door" } });
  const ungranted = await model.plan();
  expect(ungranted.problems).toMatchObject([
    { code: "EXTERNAL_CREDENTIALS_MISSING", remedy: expect.stringContaining("orrery grant-secret secret:") },
  ]);
  await model.command({ command: "grant-secret", secret: "door", applications: ["bridge"] });
  await relate("shop", "127.0.17.8:1");
  const granted = await model.plan();
  expect(granted.problems).toEqual([]);
  await model.command({ command: "apply" });
  expect(guard.methods()).toEqual(["GET", "POST"]);
  expect((await server.reported()).targets).toHaveLength(2);
  // The bridge goes first, by mistake: what it has left can still be taken away.
  await model.command({ command: "remove-application", application: "bridge" });
  await model.command({ command: "disconnect" });
  expect((await server.reported()).targets).toHaveLength(1);

  const texts = [JSON.stringify([first, ungranted, granted, await model.problems()]), events.join("\n")];
  expect(texts.filter((text) => text.includes(token))).toEqual([]);
  expect(filesHolding(token, [home, server.folder])).toEqual([]);
});

/** Files below folders that hold a text. */
function filesHolding(text: string, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((path) => join(folder, path))
      .filter((path) => statSync(path).isFile() && readFileSync(path).includes(text)),
  );
}

test("a folder that holds what others have written is left alone, whatever it is named", async () => {
  const server = await serve({ program: current, flags: LIFECYCLE, includes: "scrape-files" });
  const before = readdirSync(server.directory);
  const { model, relate } = await connected(server);
  await relate("shop", "127.0.17.8:1");
  await model.command({ command: "apply" });
  await model.command({ command: "undo" });

  expect(readdirSync(server.directory)).toEqual(before);
});

test("no text and no step of any stranger keeps a server from loading what the bridge wants", async () => {
  const folder = mkdtempSync(join(tmpdir(), "orrery-strangers-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const programs = await findPrograms();
  const to = filesTarget(programs["prometheus"]?.version ?? "");
  const shares = strangers.map((stranger, index) => {
    const scrapes = [
      { ...plain, ...stranger },
      { ...plain, name: "fine" },
    ];
    const rules = [{ alert: "A", expr: "up < 1", annotations: { text: stranger.name ?? "" } }];
    return compileShare(`s${index}`, { identity, scrapes, ruleGroups: [{ name: "g", rules }] }, to);
  });
  const { objects } = joinShares(shares);
  for (const [name, { content }] of Object.entries(objects))
    writeFileSync(join(folder, name), String(content));
  writeFileSync(
    join(folder, "prometheus.yml"),
    'scrape_config_files: ["scrape-*.yml"]\nrule_files: ["rules-*.yml"]\nscrape_configs: []\n',
  );
  const jobs = Object.entries(objects).filter(([name]) => name.startsWith("scrape-"));

  expect(jobs).toHaveLength(strangers.length);
  expect(jobs.every(([, { content }]) => String(content).includes("_fine/"))).toBe(true);
  expect(
    judge([programs["promtool"]?.path ?? "", "check", "config", "{}"], join(folder, "prometheus.yml")),
  ).toBe("");
});

function filesTarget(version: string): FilesTarget {
  return {
    capabilities: {
      form: 1,
      version,
      scrapeInterval: "1m",
      scrapeTimeout: "10s",
      carries: "jobs",
      targetJob: "",
      targetTimeout: "10s",
      evaluates: true,
      place: "here",
      folder: "orrery.d",
      targets: [],
      rules: [],
    },
    mark: "orrery m/bridge/target",
    system: "target",
    ruleScoping: "strict",
    limits: SCRAPE_LIMITS,
    labelPrefix: "juju_",
    adopt: {},
  };
}
