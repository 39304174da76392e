import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { ContainerOutcome } from "@orrery/charm";
import { PebbleWorkload, httpPost } from "@orrery/juju-host/packed";
import { renderCommand } from "@orrery/pebble";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { RealPebble } from "./real-pebble.ts";

/** A server that counts the times it was told to reload, and tells what it has read. */
const SERVER = `
const { createServer } = require("node:http");
const { readFileSync, appendFileSync } = require("node:fs");
const [port, file, log] = process.argv.slice(1);
const note = (what) => appendFileSync(log, what + " " + readFileSync(file, "utf8") + "\\n");
note("start");
process.on("SIGHUP", () => note("hup"));
createServer((request, response) => {
  if (request.method === "POST") note("reload");
  response.end("fine");
}).listen(Number(port), "127.0.0.1");
`;

class Pod implements AsyncDisposable {
  readonly pebble = new RealPebble("shop");
  readonly log = join(this.pebble.folder, "log");
  readonly base = join(this.pebble.folder, "base");
  readonly workload = new PebbleWorkload({
    containers: { shop: { program: "node" } },
    sockets: this.pebble.sockets,
    base: this.base,
    probes: { node: { arguments: ["--version"], says: "v(\\d\\S*)" } },
    post: httpPost,
    pause: async (ms) => {
      await setTimeout(ms);
    },
  });

  static async start(): Promise<Pod> {
    const pod = new Pod();
    await pod.pebble.start();
    return pod;
  }

  /** What a shop wants that says `words` on a port. */
  shop(
    port: number,
    words: string,
    more: Partial<ContainerOutcome["services"][string]> = {},
  ): ContainerOutcome {
    const file = join(this.base, "shop/files/words");
    return {
      services: {
        shop: {
          command: [process.execPath, "-e", SERVER, String(port), file, this.log],
          reload: { http: `http://127.0.0.1:${port}/reload` },
          ...more,
        },
      },
      checks: { open: { level: "alive", tcp: { port } } },
      files: { words: { content: words } },
    };
  }

  /** Makes it true, and gives what it took. */
  async apply(
    shop: ContainerOutcome,
  ): Promise<{ readonly written: number; readonly reloads: number; readonly restarts: number }> {
    const applied = (await this.workload.apply({ shop }))["shop"];
    const { filesWritten = -1, reloads = -1, restarts = -1 } = applied?.counters ?? {};
    return { written: filesWritten, reloads, restarts };
  }

  /** What its service has noted. */
  noted(): readonly string[] {
    return existsSync(this.log) ? readFileSync(this.log, "utf8").split("\n").filter(Boolean) : [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pebble[Symbol.asyncDispose]();
  }
}

test("a container comes to run what is wanted, and the same again changes nothing", async () => {
  await using pod = await Pod.start();
  const port = await freePort();
  const shop = pod.shop(port, "hello");

  expect(await pod.apply(shop)).toEqual({ written: 1, reloads: 0, restarts: 1 });
  expect(await pod.workload.observe({ shop })).toEqual({
    shop: {
      ready: true,
      services: { shop: { status: "running", restarts: 0 } },
      checks: { open: { status: "up", failures: 0 } },
    },
  });
  expect(await pod.apply(shop)).toEqual({ written: 0, reloads: 0, restarts: 0 });
  expect(pod.noted()).toEqual(["start hello"]);
  expect((await pod.workload.place())["shop"]?.program.version).toBe(process.versions.node);
});

test("a changed file is taken in by the service's own way, a changed command by a restart", async () => {
  await using pod = await Pod.start();
  const port = await freePort();
  await pod.apply(pod.shop(port, "one"));

  expect(await pod.apply(pod.shop(port, "two"))).toEqual({ written: 1, reloads: 1, restarts: 0 });
  const hup = pod.shop(port, "three", { reload: { signal: "HUP" } });
  expect(await pod.apply(hup)).toEqual({ written: 1, reloads: 1, restarts: 0 });
  const other = pod.shop(port, "three", { environment: { MORE: "1" } });
  expect(await pod.apply(other)).toEqual({ written: 0, reloads: 0, restarts: 1 });
  const { words: _gone, ...files } = other.files ?? {};
  expect(await pod.apply({ ...other, files: { ...files, "a/b": { content: "" } } })).toMatchObject({
    reloads: 1,
  });
  expect(existsSync(join(pod.base, "shop/files/words"))).toBe(false);
  expect(pod.noted()).toEqual(["start one", "reload two", "hup three", "start three"]);
});

test("a file that its checker refuses stays out, and is not judged again while it stands", async () => {
  await using pod = await Pod.start();
  const port = await freePort();
  const check = { command: ["/bin/grep", "-q", "good", "{}"] };
  const shop = (content: string): ContainerOutcome => {
    const wanted = pod.shop(port, "words");
    return { ...wanted, files: { ...wanted.files, "rules/one": { content, check } } };
  };
  const path = join(pod.base, "shop/files/rules/one");

  await pod.workload.apply({ shop: shop("good") });
  const refused = (await pod.workload.apply({ shop: shop("bad") }))["shop"];
  expect(refused?.rejected["rules/one"]?.problem).toMatchObject({
    code: "FILE_REJECTED",
    message: "file rules/one was refused by grep: exit code 1",
  });
  expect(readFileSync(path, "utf8")).toBe("good");
  const again = (await pod.workload.apply({ shop: shop("bad") }))["shop"];
  expect(again?.counters.filesChecked).toBe(0);
  expect(again?.rejected["rules/one"]?.problem.code).toBe("FILE_REJECTED");
  await pod.workload.apply({ shop: shop("good again") });
  expect(readFileSync(path, "utf8")).toBe("good again");
});

test("a service that ends at once is told with its last words, and others run", async () => {
  await using pod = await Pod.start();
  const port = await freePort();
  const shop = pod.shop(port, "words");
  const bad = { command: ["/bin/sh", "-c", "echo no such luck; exit 3"] };
  const both = { ...shop, services: { ...shop.services, bad } };

  const applied = (await pod.workload.apply({ shop: both }))["shop"];
  expect(applied?.problems.map(({ code }) => code)).toEqual(["PEBBLE_FAILED"]);
  const seen = (await pod.workload.observe({ shop: both }))["shop"];
  expect(seen?.services["shop"]).toEqual({ status: "running", restarts: 0 });
  expect(["backoff", "stopped"]).toContain(seen?.services["bad"]?.status);
  expect(seen?.services["bad"]?.message).toContain("no such luck");
});

test("a service that is no longer wanted is ended, with its check", async () => {
  await using pod = await Pod.start();
  const port = await freePort();
  const shop = pod.shop(port, "words");
  const other = { command: ["/bin/sleep", "1000"] };
  await pod.workload.apply({ shop: { ...shop, services: { ...shop.services, other } } });

  await pod.workload.apply({ shop: { services: { other } } });
  const seen = await pod.workload.observe({ shop: { ...shop, services: { ...shop.services, other } } });
  expect(seen["shop"]?.services).toMatchObject({ shop: { status: "stopped" }, other: { status: "running" } });
  expect(seen["shop"]?.checks["open"]).toEqual({ status: "unknown", failures: 0 });

  await pod.workload.apply({ shop });
  const back = await pod.workload.observe({ shop });
  expect(back["shop"]).toMatchObject({
    services: { shop: { status: "running" } },
    checks: { open: { status: "up" } },
  });
});

test("a container that was made anew is filled from nothing, and one that is away is not ready", async () => {
  await using pod = await Pod.start();
  const port = await freePort();
  const shop = pod.shop(port, "words");
  await pod.apply(shop);
  await pod.pebble.stop();

  expect((await pod.workload.observe({ shop }))["shop"]).toEqual({ ready: false, services: {}, checks: {} });
  expect(await pod.workload.apply({ shop })).toEqual({});
  rmSync(pod.base, { recursive: true });
  await pod.pebble.start();
  expect(await pod.apply(shop)).toEqual({ written: 1, reloads: 0, restarts: 1 });
  expect((await pod.workload.observe({ shop }))["shop"]?.services["shop"]?.status).toBe("running");
});

test("a command gives its exit code and both its streams", async () => {
  await using pod = await Pod.start();

  expect(await pod.workload.exec("shop", ["/bin/sh", "-c", "echo out; echo err >&2; exit 7"])).toMatchObject({
    exitCode: 7,
    stdout: "out\n",
    stderr: "err\n",
  });
  expect(await pod.workload.exec("shop", ["/bin/echo", "x".repeat(100_000)])).toMatchObject({
    exitCode: 0,
    stdout: `${"x".repeat(100_000)}\n`,
  });
  await expect(pod.workload.exec("shop", ["/no/such/program"])).rejects.toMatchObject({
    code: "ACTION_FAILED",
  });
});

test("Pebble splits a rendered command into the same arguments again", async () => {
  await using pod = await Pod.start();
  const told = join(pod.pebble.folder, "told");
  const script = `require("node:fs").writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.argv.slice(1)))`;
  const word = fc.string({ unit: "binary", maxLength: 20 }).filter((text) => text.isWellFormed());
  const command = fc
    .array(word, { minLength: 1, maxLength: 8 })
    .filter((words) => renderCommand(words) !== undefined);

  await fc.assert(
    fc.asyncProperty(command, async (words) => {
      rmSync(told, { force: true });
      const keep = `${script};setInterval(() => {}, 1000)`;
      const shop = { services: { echo: { command: [process.execPath, "-e", keep, "--", ...words] } } };
      expect((await pod.workload.apply({ shop }))["shop"]?.problems).toEqual([]);
      expect(JSON.parse(readFileSync(told, "utf8"))).toEqual(words);
    }),
    {
      numRuns: 8,
      examples: [[["'", '"', "\\", "$HOME", "a b", "\n", "", "#", "é😀", "[x]"]], [["*", "~", "`x`", "\t"]]],
    },
  );
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
