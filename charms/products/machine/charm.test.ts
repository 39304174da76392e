import { runCharm, testCharm } from "@orrery/charm-testing";
import { expect, test } from "vitest";

const charm = await testCharm(import.meta.dirname);

test("its rules go out whole and within its identity", () => {
  const run = runCharm(charm, { relations: [{ endpoint: "metrics-endpoint" }] });
  const rules = run.published("metrics-endpoint").application?.["alert_rules"] ?? "";

  expect(charm.problems).toEqual([]);
  expect(run.codes).toEqual([]);
  expect(rules).toContain('juju_application=\\"machine\\"');
  expect(rules).not.toContain("%%");
});
