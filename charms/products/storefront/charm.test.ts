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

test("its metrics are open unless a token is wanted, which then lies in a file and nowhere else", () => {
  const secrets = {
    "secret:abcdefghij0123456789": {
      revision: 1,
      content: { token: "canary" },
      own: { name: "metrics-token", by: "application" as const },
    },
  };
  const materials = { "metrics-token": { current: "canary", since: "2026-01-01T00:00:00.000Z" } };
  const relations = [{ endpoint: "metrics-endpoint" }];
  const open = runCharm(charm, { relations });
  const guarded = runCharm(charm, { relations, materials, secrets, config: { "metrics-auth": "bearer" } });

  expect([open.files("shop"), open.outcome.secrets, open.outcome.materials]).toEqual([{}, {}, {}]);
  expect(guarded.container("shop").files).toEqual({
    "metrics-tokens": { content: "canary\n", mode: "0600", onChange: "none" },
  });
  expect(guarded.outcome.secrets).toMatchObject({ "metrics-token": { grants: [1] } });
  expect(guarded.published("metrics-endpoint").application?.["scrape_jobs"]).toContain(
    "secret:abcdefghij0123456789#token",
  );
  const { files: _files, ...shown } = guarded.container("shop");
  expect(JSON.stringify([shown, guarded.outcome.bags])).not.toContain("canary");
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
