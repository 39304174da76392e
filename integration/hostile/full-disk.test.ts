import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SmallDisk } from "../world/small-disk.ts";
import { until, World } from "../world/world.ts";

const GENERATED = "units/prometheus-0/prometheus/current";
const REMEDY = "make room on the disk that holds ORRERY_HOME";
const quick = ["scrape-interval=1s", "scrape-timeout=1s", "evaluation-interval=1s"];

// CI is root, and must be able to; what is not root may be forbidden to have user namespaces.
describe.skipIf(!process.env["CI"] && !SmallDisk.isPossible())(
  "a full disk (needs root or user namespaces)",
  () => {
    let disk: SmallDisk;
    let world: World;
    let engine: number;
    beforeAll(async () => {
      disk = await SmallDisk.mount({ megabytes: 64, inodes: 1500 });
      world = new World({ disk });
      await world.run("up");
      engine = await world.enginePid();
      await world.run("deploy", "prometheus", ...quick.flatMap((option) => ["--config", option]));
      await world.run("deploy", "storefront");
      for (const product of ["storefront", "orrery"]) await world.run("integrate", product, "prometheus");
      await world.run("verify", "--wait", "120");
    });
    afterAll(async () => {
      await world.try("down");
      await disk[Symbol.asyncDispose]();
    });

    /** What Prometheus has of everybody but the shop. */
    function othersFiles(): Readonly<Record<string, string>> {
      const all = Object.entries(world.digests(GENERATED));
      return Object.fromEntries(all.filter(([path]) => !path.includes("metrics-endpoint-0")));
    }

    async function problem(code: string): Promise<string | undefined> {
      return (await (await world.client()).problems()).find((one) => one.code === code)?.remedy;
    }

    test("without room for a new file a change is told as PUBLICATION_FAILED, the last good files stay, and it goes live when there is room", async () => {
      const before = world.digests(GENERATED);
      const others = othersFiles();
      expect(Object.keys(others).length).toBeGreaterThan(2);
      const makeRoom = disk.fillInodes();

      await world.run("config", "storefront", "storefront-slow-severity=info");
      expect(await until("the failure", async () => await problem("PUBLICATION_FAILED"))).toBe(REMEDY);
      expect(await world.run("status", "prometheus")).toContain(
        "PUBLICATION_FAILED: files of prometheus/0 could not be written: no room on the disk",
      );
      const verified = await world.try("verify");
      expect(verified.code).toBe(2);
      expect(verified.stdout).toContain(`PUBLICATION_FAILED, broken at compiled`);
      expect(world.digests(GENERATED)).toEqual(before);

      makeRoom();
      await until("the change among the live files", async () => {
        const now = world.digests(GENERATED);
        return (
          (await problem("PUBLICATION_FAILED")) === undefined &&
          JSON.stringify(now) !== JSON.stringify(before)
        );
      });
      expect(othersFiles()).toEqual(others);
      await world.run("verify", "--wait", "60");
      expect(await world.enginePid()).toBe(engine);
    });

    test("without any room a command is refused with STORE_FULL and changes nothing, and is taken when there is room", async () => {
      const before = world.digests(GENERATED);
      const others = othersFiles();
      const applications = Object.keys((await world.json<{ applications: object }>("status")).applications);
      const makeRoom = disk.fillBytes();

      for (const command of [
        ["config", "storefront", "storefront-slow-severity=warning"],
        ["deploy", "webhook-receiver"],
        ["remove-relation", "storefront", "prometheus"],
      ]) {
        const refused = await world.try(...command);
        expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("ERROR STORE_FULL") });
        expect(refused.stderr).toContain(REMEDY);
      }
      expect(await world.run("config", "storefront", "storefront-slow-severity")).toBe("info\n");
      expect(Object.keys((await world.json<{ applications: object }>("status")).applications)).toEqual(
        applications,
      );
      expect(world.digests(GENERATED)).toEqual(before);

      makeRoom();
      await world.run("config", "storefront", "storefront-slow-severity=warning");
      await until("the change among the live files", async () => {
        return JSON.stringify(world.digests(GENERATED)) !== JSON.stringify(before);
      });
      expect(othersFiles()).toEqual(others);
      // Prometheus itself has to get over the samples that it could not write.
      await world.run("verify", "--wait", "120");
      expect(await world.enginePid()).toBe(engine);
    });

    test("an engine that is killed on a full disk comes up on it, and all is as it was when there is room", async () => {
      const before = world.digests(GENERATED);
      const makeRoom = disk.fillBytes();
      process.kill(engine, "SIGKILL");

      await world.run("up");
      expect(await world.enginePid()).not.toBe(engine);
      expect(world.digests(GENERATED)).toEqual(before);
      makeRoom();
      await world.run("verify", "--wait", "120");
      expect(world.digests(GENERATED)).toEqual(before);
    });
  },
);
