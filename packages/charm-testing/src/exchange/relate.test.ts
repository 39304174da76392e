import { active, defineCharm } from "@orrery/charm";
import type { Charm } from "@orrery/charm";
import { expect, test } from "vitest";
import { listener, speaker, words } from "../toy-charms.test-support.ts";
import { exchange } from "./exchange.ts";
import { relate } from "./relate.ts";

test("two charms read and answer each other until they rest", () => {
  const { provider, requirer } = relate({ charm: speaker, config: { words: "a b" }, units: 2 }, listener);

  expect(provider.status).toBe("active: heard: A B");
  expect(requirer.status).toBe("active");
  expect(requirer.view.relations[0]).toMatchObject({
    units: ["provider/0", "provider/1"],
    granted: ["127.0.1.2:8080", "127.0.1.3:8080"],
  });
});

test("several charms settle together, and each sees only its own relations", () => {
  const runs = exchange(
    {
      one: { charm: speaker, config: { words: "x" } },
      two: { charm: speaker, config: { words: "y" } },
      ear: { charm: listener },
    },
    [
      ["one:out", "ear:in"],
      ["two:out", "ear:in"],
    ],
  );

  expect(runs.get("ear/0")?.published("in", 2)).toEqual({ application: { words: '["X","Y"]' } });
  expect(runs.get("one/0")?.view.relations).toHaveLength(1);
});

test("charms that never rest are named", () => {
  expect(() => relate(counter("provides"), counter("requires"))).toThrow(
    expect.objectContaining({
      code: "CHARMS_RESTLESS",
      message: expect.stringContaining("provider, requirer"),
    }),
  );
});

test("charms that do not fit each other are refused", () => {
  expect(() => relate(listener, speaker)).toThrow(
    expect.objectContaining({ code: "VIEW_IMPOSSIBLE", message: expect.stringContaining("in no way") }),
  );
});

function counter(role: "provides" | "requires"): Charm {
  return defineCharm({
    name: role,
    endpoints: { end: words(role) },
    reconcile: ({ endpoints }) => ({
      status: active(),
      publish: { end: [...endpoints.end.relations.flatMap(({ value }) => value), "more"] },
    }),
  });
}
