import { alertmanager } from "@orrery/backends/alertmanager";
import { prometheus } from "@orrery/backends/prometheus";
import type { Reading } from "@orrery/charm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../world/world.ts";
import { http } from "./http.ts";
import { findPrograms, judge } from "./programs.ts";
import type { Programs } from "./programs.ts";
import { Stack } from "./stack.ts";

let programs: Programs;
let stack: Stack;
beforeAll(async () => {
  programs = await findPrograms();
  stack = await Stack.settle(programs);
});
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

/** What a unit's backend says of all that is expected of it. */
async function readings(
  unit: "prometheus" | "alertmanager",
): Promise<readonly (Reading & { readonly name: string })[]> {
  const { outcome } = stack.unit(`${unit}/0`);
  const url = outcome.containers[unit]?.backend?.url ?? "";
  const reader = unit === "prometheus" ? prometheus : alertmanager;
  const found = await reader.read(url, outcome.expectations, http);
  return found.map((one, index) => ({ ...one, name: outcome.expectations[index]?.name ?? "" }));
}

test("every file passes the checker that is named for it, and the whole passes too", () => {
  const checked: string[] = [];
  for (const { outcome, view } of stack.units.values()) {
    for (const [container, { files = {} }] of Object.entries(outcome.containers)) {
      for (const [path, { check }] of Object.entries(files)) {
        if (!check) continue;
        checked.push(path);
        expect(judge(check.command, `${view.containers[container]?.folder}/${path}`)).toBe("");
      }
    }
  }
  expect(checked).toEqual(expect.arrayContaining(["prometheus.yml", "rules/self.json", "alertmanager.yml"]));
  const folder = stack.unit("prometheus/0").view.containers["prometheus"]?.folder;
  expect(judge([programs["promtool"]?.path ?? "", "check", "config", "{}"], `${folder}/prometheus.yml`)).toBe(
    "",
  );
});

test("all that the charms expect is read back from the real systems, and the files are told to be the loaded ones", async () => {
  stack.start();
  await until(
    "everything live",
    async () => {
      const all = [...(await readings("prometheus")), ...(await readings("alertmanager"))];
      const open = all.filter(({ state }) => state !== "live");
      if (open.length > 0)
        throw new Error(open.map(({ name, state, evidence }) => `${name} ${state}: ${evidence}`).join("\n"));
      return true;
    },
    60_000,
  );
  for (const unit of ["prometheus", "alertmanager"] as const) {
    const run = stack.unit(`${unit}/0`);
    const url = run.outcome.containers[unit]?.backend?.url ?? "";
    const files = run.files(unit);
    const confirm = unit === "prometheus" ? prometheus.confirm : alertmanager.confirm;
    expect(await confirm?.(url, files, http)).toBe("applied");
    const other = Object.fromEntries(
      Object.entries(files).map(([path, content]) => [
        path,
        content.replaceAll("_loaded_", "_loaded_other").replaceAll("-loaded-", "-loaded-other"),
      ]),
    );
    expect(await confirm?.(url, other, http)).toBe("stale");
  }
});

test("what the shop's expressions ask for is there, each sample with its identity", async () => {
  const url = stack.unit("prometheus/0").outcome.containers["prometheus"]?.backend?.url ?? "";
  const query = encodeURIComponent(
    "sum by (juju_application, juju_unit, instance) (shop_http_requests_total)",
  );
  const { body } = await http(`${url}/api/v1/query?query=${query}`);
  const uuid = stack.unit("storefront/0").view.model.uuid;

  expect(JSON.parse(body)).toMatchObject({
    data: {
      result: [
        {
          metric: {
            juju_application: "storefront",
            juju_unit: "storefront/0",
            instance: `test_${uuid}_storefront_storefront/0`,
          },
        },
      ],
    },
  });
});
