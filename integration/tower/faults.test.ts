import { afterAll, beforeAll, expect, test } from "vitest";
import { alerts, targets, urlOf } from "../world/systems.ts";
import type { Notification } from "../world/systems.ts";
import { until } from "../world/world.ts";
import { demoWorld } from "../world/demo-world.ts";
import type { DemoWorld } from "../world/demo-world.ts";

let demo: DemoWorld;
beforeAll(async () => {
  demo = await demoWorld();
}, 600_000);
afterAll(async () => {
  await demo[Symbol.asyncDispose]();
}, 60_000);

/** What the webhook receiver was sent of the storefront's alerts. */
async function received(): Promise<readonly Notification[]> {
  const shown = await demo.world.json<
    Record<string, { results: { notifications: readonly Notification[] } }>
  >("run", "webhook-receiver/0", "show");
  const all = shown["webhook-receiver/0"]?.results.notifications ?? [];
  return all.filter((one) => one.labels["juju_application"] === "storefront");
}

test("a failing shop raises its own alert, which reaches the webhook with owner, evidence, value and next step, and is resolved", async () => {
  await demo.world.run("config", "storefront", "fault=errors");
  const told = await until(
    "a firing notification of the error rate",
    async () =>
      (await received()).find(
        (one) => one.status === "firing" && one.labels["alertname"] === "StorefrontErrorRate",
      ),
    150_000,
  );
  expect(told.labels).toMatchObject({ juju_application: "storefront", juju_charm: "storefront" });
  expect(told.annotations["owner"]).toBe("web-team");
  expect(told.annotations["evidence"]).toContain('juju_application="storefront"');
  expect(Number.parseFloat(told.annotations["value"] ?? "")).toBeGreaterThan(0);
  expect(told.annotations["next_step"]).toMatch(/\w+/);

  const prometheus = await urlOf(demo.world, "prometheus/0", "web");
  const others = (await alerts(prometheus)).filter(
    (one) =>
      one.labels["alertname"] === "StorefrontErrorRate" && one.labels["juju_application"] !== "storefront",
  );
  expect(others).toEqual([]);

  await demo.world.run("config", "storefront", "fault=none");
  await until(
    "the resolved notification",
    async () =>
      (await received()).some(
        (one) => one.status === "resolved" && one.labels["alertname"] === "StorefrontErrorRate",
      ),
    240_000,
  );
}, 450_000);

test("a shop that is silent while its process runs is noticed by its absence", async () => {
  await demo.world.run("config", "storefront", "fault=silence", "host-down-for=10s");
  const prometheus = await urlOf(demo.world, "prometheus/0", "web");
  await until(
    "the silent target down",
    async () =>
      (await targets(prometheus)).some(
        (one) => one.labels["juju_unit"] === "storefront/0" && one.health === "down",
      ),
    60_000,
  );
  const status = await demo.world.json<{
    applications: Record<string, { units: Record<string, { "workload-status": { current: string } }> }>;
  }>("status");
  expect(status.applications["storefront"]?.units["storefront/0"]?.["workload-status"].current).toBe(
    "active",
  );
  const told = await until(
    "a presence alert",
    async () =>
      (await received()).find(
        (one) =>
          one.status === "firing" && /HostDown|Missing|Silent|Absent/.test(one.labels["alertname"] ?? ""),
      ),
    120_000,
  );
  expect(told.labels["juju_application"]).toBe("storefront");
  await demo.world.run("config", "storefront", "fault=none");
}, 300_000);
