import { readFileSync, readdirSync, statSync } from "node:fs";
import { request } from "node:https";
import type { TLSSocket } from "node:tls";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { instant, targets, urlOf } from "../world/systems.ts";
import { World, getJson, until } from "../world/world.ts";

const INTERVAL_SECONDS = 2;
const world = new World();
let prometheus: string;
let shop: URL;

beforeAll(async () => {
  await world.run("up");
  await world.run(
    "deploy",
    "prometheus",
    "--config",
    `scrape-interval=${INTERVAL_SECONDS}s`,
    "--config",
    "scrape-timeout=2s",
  );
  await world.run("deploy", "storefront");
  await world.run("deploy", "self-signed-certificates", "--config", "certificate-validity=60s");
  await world.run("integrate", "storefront:metrics-endpoint", "prometheus:metrics-endpoint");
  prometheus = await until(
    "prometheus placed",
    async () => await urlOf(world, "prometheus/0", "web"),
    120_000,
  );
  shop = new URL(
    await until("the shop placed", async () => await urlOf(world, "storefront/0", "http"), 120_000),
  );
  await until("the shop scraped over http", async () => (await target())?.health === "up", 120_000);
}, 300_000);
afterAll(async () => await world[Symbol.asyncDispose](), 60_000);

/** The shop among what Prometheus scrapes. */
async function target() {
  const all = await targets(prometheus);
  return all.find((one) => one.labels["juju_application"] === "storefront");
}

async function scrapedBy(scheme: string): Promise<boolean> {
  const found = await target();
  return found?.health === "up" && found.scrapeUrl.startsWith(`${scheme}:`);
}

/** The serial number of the certificate that the shop shows now. */
async function serial(): Promise<string> {
  return await new Promise((resolve, reject) => {
    const asked = request(
      { host: shop.hostname, port: shop.port, path: "/", rejectUnauthorized: false, agent: false },
      (answer) => {
        const socket = answer.socket as TLSSocket;
        resolve(socket.getPeerCertificate().serialNumber);
        answer.destroy();
      },
    );
    asked.once("error", reject);
    asked.end();
  });
}

/** The longest time between two scrapes that worked, in seconds, over the last so many. */
async function longestGap(seconds: number): Promise<number> {
  const query = `up{juju_application="storefront"}[${seconds}s]`;
  const answer = await getJson<{ data: { result: readonly { values: readonly [number, string][] }[] } }>(
    `${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`,
  );
  const times = answer.data.result
    .flatMap(({ values }) => values)
    .filter(([, value]) => value === "1")
    .map(([time]) => time)
    .toSorted((a, b) => a - b);
  return times.slice(1).reduce((longest, time, i) => Math.max(longest, time - (times[i] ?? time)), 0);
}

/** Files below the units' folders that hold what only a TLS server or its scraper needs. */
function tlsFiles(): readonly string[] {
  const root = join(world.home, "units");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true)
    .filter(
      (path) =>
        !path.includes("/storage/") &&
        /-----BEGIN [A-Z ]*(PRIVATE KEY|CERTIFICATE)-----/.test(readFileSync(join(root, path), "latin1")),
    );
}

test(
  "related to an authority, the shop serves https with its certificate, and is refused while nobody trusts that",
  { timeout: 120_000 },
  async () => {
    await world.run("integrate", "storefront", "self-signed-certificates");
    const refused = await until("a scrape refused", async () => {
      const found = await target();
      return found?.scrapeUrl.startsWith("https:") && found.health === "down" ? found.lastError : undefined;
    });

    expect(refused).toMatch(/certificate|x509/);
  },
);

test(
  "once Prometheus is given the authority's certificate, it scrapes the shop and verifies it",
  { timeout: 120_000 },
  async () => {
    await world.run("integrate", "prometheus:receive-ca-cert", "self-signed-certificates:send-ca-cert");
    await until("the shop scraped over https", async () => await scrapedBy("https"));
    const rules = await getJson<{ data: { yaml: string } }>(`${prometheus}/api/v1/status/config`);

    expect(rules.data.yaml).toContain("ca_file:");
    expect(rules.data.yaml).not.toContain("insecure_skip_verify: true");
  },
);

test(
  "a certificate of a minute is renewed in time, and no scrape more than one is missed",
  { timeout: 240_000 },
  async () => {
    const first = await serial();
    const start = Date.now();
    await until("another certificate", async () => (await serial()) !== first, 90_000);
    const second = await serial();
    await until("yet another", async () => (await serial()) !== second, 90_000);
    const seconds = Math.ceil((Date.now() - start) / 1000);

    expect(seconds).toBeGreaterThan(45);
    expect(await longestGap(seconds)).toBeLessThanOrEqual(2 * INTERVAL_SECONDS + 0.5);
    expect(await instant(prometheus, 'up{juju_application="storefront"}')).toBe(1);
  },
);

test(
  "without the authority the shop is back at http, and no key or certificate is left",
  { timeout: 120_000 },
  async () => {
    expect(tlsFiles().filter((path) => path.endsWith("key.pem"))).not.toEqual([]);
    await world.run("remove-relation", "storefront", "self-signed-certificates");
    await until("the shop scraped over http again", async () => await scrapedBy("http"));
    await world.run("remove-relation", "prometheus:receive-ca-cert", "self-signed-certificates:send-ca-cert");

    await until("every file gone", async () => {
      const left = tlsFiles();
      if (left.length > 0) throw new Error(left.join(", "));
      return true;
    });
    expect(await longestGap(60)).toBeLessThanOrEqual(2 * INTERVAL_SECONDS + 0.5);
  },
);
