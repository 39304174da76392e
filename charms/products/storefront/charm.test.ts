import { runCharm, testCharm } from "@orrery/charm-testing";
import { expect, test } from "vitest";

const charm = await testCharm(import.meta.dirname);

test("its four rules go out whole, within its identity, and are tuned by options", () => {
  expect(charm.problems).toEqual([]);
  expect(Object.keys(charm.manifest.config)).toEqual(
    expect.arrayContaining([
      "storefront-error-rate-threshold",
      "storefront-slow-for",
      "storefront-no-customers-severity",
    ]),
  );
  const run = runCharm(charm, {
    config: { "storefront-error-rate-threshold": 0.2 },
    relations: [{ endpoint: "metrics-endpoint" }],
  });
  const rules = run.published("metrics-endpoint").application?.["alert_rules"] ?? "";

  expect(run.codes).toEqual([]);
  for (const alert of ["StorefrontErrorRate", "StorefrontSlow", "StorefrontNoCustomers", "StorefrontFull"]) {
    expect(rules).toContain(`"${alert}"`);
  }
  expect(rules).toContain("> 0.2");
  expect(rules).not.toContain("%%");
});

test("a fault is a matter of its environment, and shows in its status", () => {
  const run = runCharm(charm, { config: { fault: "latency" } });

  expect(run.container("shop").services["shop"]?.environment).toMatchObject({
    FAULT: "latency",
    HOST: "127.0.0.2",
    PORT: "8080",
  });
  expect(run.status).toBe("active: fault: latency");
});
