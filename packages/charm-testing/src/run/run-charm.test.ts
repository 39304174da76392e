import { active, defineCharm } from "@orrery/charm";
import type { Charm } from "@orrery/charm";
import { expect, test } from "vitest";
import { speaker } from "../toy-charms.test-support.ts";
import { runCharm } from "./run-charm.ts";
import { testCharm } from "./test-charm.ts";

test("a charm is run on a view that says only what matters", () => {
  const run = runCharm(speaker, { config: { words: "good day" }, relations: [{ endpoint: "out" }] });

  expect(run.status).toBe("active: heard: ");
  expect(run.files("mouth")).toEqual({ "words.txt": "good day" });
  expect(run.container("mouth").services["mouth"]?.command).toEqual([
    "/programs/node",
    "speak.js",
    "http://127.0.0.2:8080",
  ]);
  expect(run.published("out")).toEqual({ application: { words: '["good","day"]' } });
});

test("a unit that does not lead writes nothing for its application", () => {
  expect(runCharm(speaker, { unit: 1, relations: [{ endpoint: "out" }] }).published("out")).toEqual({});
});

test.for<{ what: string; message: () => string }>([
  { what: "the clock", message: () => String(Date.now()) },
  { what: "today's date", message: () => new Date().toDateString() },
  { what: "randomness", message: () => String(Math.random()) },
])("a charm that asks for $what is found out", ({ message }) => {
  expect(() => runCharm(charmThat(() => message()))).toThrow(
    expect.objectContaining({ code: "CHARM_IMPURE", message: expect.stringContaining("/status/message") }),
  );
});

test("a charm that counts its runs is found out", () => {
  let runs = 0;
  expect(() => runCharm(charmThat(() => String((runs += 1))))).toThrow(
    expect.objectContaining({ code: "CHARM_IMPURE" }),
  );
});

test("a charm that changes its view fails where it does so", () => {
  const charm = charmThat((view) => {
    Object.assign(view, { leader: false });
    return "";
  });
  expect(() => runCharm(charm)).toThrow(
    expect.objectContaining({ code: "RECONCILE_FAILED", message: expect.stringContaining("read only") }),
  );
});

test("a charm may use moments that its view names", () => {
  expect(runCharm(charmThat(() => new Date("2026-01-01T00:00:00Z").toISOString())).status).toContain("2026");
});

test("a folder's charm is loaded with the texts that it marks", async () => {
  const charm = await testCharm(new URL("../../test/fixtures/greeter", import.meta.url).pathname);

  expect(charm.manifest).toMatchObject({ name: "greeter", assets: ["./rules"] });
  expect(charm.problems).toEqual([]);
  expect(runCharm(charm).status).toBe("active");
});

test("a folder without a charm says so", async () => {
  await expect(testCharm(import.meta.dirname)).rejects.toThrow(/charm\.ts/u);
});

function charmThat(says: (view: object) => string): Charm {
  return defineCharm({ name: "odd", reconcile: ({ view }) => ({ status: active(says(view)) }) });
}
