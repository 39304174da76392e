import type { Endpoint } from "@orrery/charm";
import { expect, test } from "vitest";
import { words } from "../toy-charms.test-support.ts";
import { conformance } from "./conformance.ts";

type Words = Endpoint<readonly string[], readonly string[]>;

const samples = {
  provider: [{ sent: ["a", "b"], read: ["a", "b"] }, { sent: [] }],
  requirer: [{ sent: ["c"], read: ["c"] }],
};

test("a library that keeps its promises passes", () => {
  expect(() =>
    conformance({ provider: words("provides"), requirer: words("requires") }, samples),
  ).not.toThrow();
});

test.for<{ what: string; faulty: Partial<Words>; told: RegExp }>([
  {
    what: "throws on what is no JSON",
    faulty: {
      decode: ({ bags }) => ({ value: JSON.parse(bags.remoteApplication["words"] ?? "[]"), problems: [] }),
    },
    told: /requires side of words: .*bags \[/u,
  },
  {
    what: "reads one bag in two ways",
    faulty: { decode: () => ({ value: [String(performance.now())], problems: [] }) },
    told: /in two ways|was meant/u,
  },
  {
    what: "lets a bag reach all objects",
    faulty: {
      decode: ({ bags }) => {
        const text = bags.remoteApplication["words"] ?? "[]";
        if (text.includes("__proto__")) Object.assign(Object.prototype, { polluted: true });
        return words("requires").decode({ ...relation, bags });
      },
    },
    told: /changes what all objects have/u,
  },
  {
    what: "reads something else than was sent",
    faulty: { decode: () => ({ value: ["z"], problems: [] }) },
    told: /reads \["z"\] where \["a","b"\] was meant/u,
  },
])("a library that $what is found out", ({ faulty, told }) => {
  try {
    expect(() =>
      conformance(
        { provider: words("provides"), requirer: { ...words("requires"), ...faulty } },
        { ...samples, runs: 2000 },
      ),
    ).toThrow(expect.objectContaining({ code: "CONFORMANCE_FAILED", message: expect.stringMatching(told) }));
  } finally {
    Reflect.deleteProperty(Object.prototype, "polluted");
  }
});

test("a library that writes for the application without leading is found out", () => {
  const provider: Words = {
    ...words("provides"),
    encode: (value) => ({ application: { words: JSON.stringify(value) } }),
  };
  expect(() => conformance({ provider, requirer: words("requires") }, samples)).toThrow(/without leading/u);
});

test("an answer is read beside what was asked before, and written with it in sight", () => {
  const requirer: Words = {
    ...words("requires"),
    decode: ({ bags }) => ({
      value: Object.values(bags.localApplication).concat(Object.values(bags.remoteApplication)),
      problems: [],
    }),
  };
  const provider: Words = {
    ...words("provides"),
    encode: (value, { bags }, self) =>
      words("provides").encode([...value, ...Object.keys(bags.remoteApplication)], relation, self),
  };
  const before = { sent: ["b"], before: ["a"], read: ['["a"]', '["b","words"]'] };

  expect(() => conformance({ provider, requirer }, { provider: [before], requirer: [] })).not.toThrow();
});

const relation = {
  id: 1,
  endpoint: "in",
  interface: "words",
  application: "a",
  units: [],
  version: 1,
  granted: [],
  bags: { localApplication: {}, localUnit: {}, remoteApplication: {}, remoteUnits: {} },
};
