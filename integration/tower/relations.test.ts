import { afterAll, beforeAll, expect, test } from "vitest";
import { ruleGroups, targets, urlOf } from "../world/systems.ts";
import { demoWorld } from "../world/demo-world.ts";
import type { DemoWorld } from "../world/demo-world.ts";
import { until } from "../world/world.ts";

let demo: DemoWorld;
let prometheus: string;
beforeAll(async () => {
  demo = await demoWorld();
  prometheus = await urlOf(demo.world, "prometheus/0", "web");
}, 600_000);
afterAll(async () => {
  await demo[Symbol.asyncDispose]();
}, 60_000);

/** Which units of the storefront Prometheus scrapes with success. */
async function shops(): Promise<readonly string[]> {
  return (await targets(prometheus))
    .filter((one) => one.labels["juju_application"] === "storefront" && one.health === "up")
    .map((one) => one.labels["juju_unit"] ?? "")
    .toSorted();
}

test("two more shops are two more targets, without a clash of ports", async () => {
  await demo.world.run("add-unit", "storefront", "-n", "2");
  await until(
    "three shops up",
    async () => (await shops()).join() === "storefront/0,storefront/1,storefront/2",
    120_000,
  );
  expect(await demo.world.try("verify", "--wait", "90")).toMatchObject({ code: 0 });
}, 300_000);

test("a relation that is removed takes its targets and rules along and changes no byte of anybody else's", async () => {
  const folder = "units/prometheus-0/prometheus/current";
  const before = demo.world.digests(folder);
  await demo.world.run("remove-relation", "storefront", "prometheus");
  await until("no shop among the targets", async () =>
    (await targets(prometheus)).every((one) => one.labels["juju_application"] !== "storefront"),
  );
  await until("no rule of the shop", async () =>
    (await ruleGroups(prometheus)).every((group) => !group.name.includes("_storefront_")),
  );
  const after = demo.world.digests(folder);
  const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
  expect(changed).toEqual(["prometheus.yml"]);
  expect(Object.keys(before).filter((path) => !(path in after)).length).toBeGreaterThan(0);

  await demo.world.run("integrate", "storefront", "prometheus");
  await until("the shops back", async () => (await shops()).length > 0, 90_000);
}, 300_000);
