import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPage } from "../docs/read-page.ts";
import { runPage } from "../docs/run-page.ts";
import type { Target } from "../world/systems.ts";
import { TwoMachines } from "../world/two-machines.ts";
import { World } from "../world/world.ts";

const page = readPage(
  readFileSync(new URL("../../docs/how-to/let-other-machines-in.md", import.meta.url), "utf8"),
);
const back =
  page.steps.findIndex((step) => step.kind === "command" && step.text.endsWith("--listen loopback")) - 1;
const quick = ["scrape-interval=1s", "scrape-timeout=1s", "evaluation-interval=1s"];

interface Shown {
  readonly address: string;
  readonly ports: Readonly<Record<string, number>>;
}

describe.skipIf(!TwoMachines.isPossible())(
  "two machines (needs iproute2, and root or user namespaces)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "reader-"));
    let machines: TwoMachines;
    let world: World;
    beforeAll(async () => {
      machines = await TwoMachines.make();
      world = new World({ prefix: machines.prefix });
      await world.run("up");
      await world.run("deploy", "prometheus", ...quick.flatMap((option) => ["--config", option]));
      await world.run("deploy", "storefront", "-n", "2");
      for (const product of ["storefront", "orrery"]) await world.run("integrate", product, "prometheus");
      await world.run("verify", "--wait", "120");
    });
    afterAll(async () => {
      await world[Symbol.asyncDispose]();
      await machines[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    async function shown(...units: readonly string[]): Promise<readonly Shown[]> {
      return Object.values(await world.json<Record<string, Shown>>("show-unit", ...units));
    }

    async function follow(from: number, to?: number): Promise<readonly string[]> {
      const steps = page.steps.slice(from, to);
      return await runPage({ ...page, steps }, { folder, home: world.home, prefix: machines.prefix });
    }

    test("unasked, nothing listens beyond loopback", async () => {
      expect(machines.listening().length).toBeGreaterThan(3);
      for (const address of machines.listening()) expect(address).toMatch(/^127\./);
    });

    test("with an address, each unit has a number of its own there, and the other machine sees every unit scraped", async () => {
      expect(await follow(0, back)).toEqual([]);
      expect(machines.listening()).toEqual([machines.address]);
      const units = await shown("prometheus/0", "storefront/0", "storefront/1");
      expect(units.map(({ address }) => address)).toEqual(units.map(() => machines.address));
      expect(new Set(units.flatMap(({ ports }) => Object.values(ports))).size).toBe(3);

      const web = `http://${machines.address}:${units[0]?.ports["web"]}`;
      const answer = JSON.parse(machines.fromThere(`${web}/api/v1/targets?state=active`) ?? "{}") as {
        readonly data: { readonly activeTargets: readonly Target[] };
      };
      const scraped = answer.data.activeTargets
        .filter(({ labels }) => labels["juju_application"] === "storefront")
        .map(({ scrapeUrl, labels, health }) => [labels["juju_unit"] ?? "", `${health} ${scrapeUrl}`]);
      const wanted = units
        .slice(1)
        .map(({ ports }, at) => [
          `storefront/${at}`,
          `up http://${machines.address}:${ports["http"]}/metrics`,
        ]);
      expect(scraped).toHaveLength(2);
      expect(Object.fromEntries(scraped)).toEqual(Object.fromEntries(wanted));
    });

    test("the address is kept, and no other is taken while the engine runs, or that is none of this machine's", async () => {
      const other = await world.try("up", "--listen", "192.0.2.99");
      expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("ERROR ENGINE_RUNNING") });
      expect(other.stderr).toContain("orrery down");
      await world.run("down");

      const foreign = await world.try("up", "--listen", "192.0.2.99");
      expect(foreign).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("ERROR LISTEN_ADDRESS_UNUSABLE"),
      });
      expect((await world.try("status")).stderr).toContain("ENGINE_NOT_RUNNING");
      expect(await world.run("up")).toContain(`units listen on ${machines.address}`);
      await world.run("verify", "--wait", "60");
      expect(await shown("storefront/1")).toMatchObject([{ address: machines.address }]);
    });

    test("taken back, units are where they were before, and the other machine reaches nothing", async () => {
      const [prometheus] = await shown("prometheus/0");
      const web = `http://${machines.address}:${prometheus?.ports["web"]}/-/ready`;
      expect(machines.fromThere(web)).toContain("Ready");

      expect(await follow(back)).toEqual([]);
      expect(machines.fromThere(web)).toBeUndefined();
      expect(machines.listening().length).toBeGreaterThan(3);
      for (const address of machines.listening()) expect(address).toMatch(/^127\./);
    });
  },
);
