import { expect, test } from "vitest";
import { areas, entry, isCode, registry } from "./registry.ts";

test("no code stands in two areas, and every area's codes are in the registry", () => {
  const listed = Object.values(areas).flatMap((area) => Object.keys(area));

  expect(listed).toEqual([...new Set(listed)]);
  expect(new Set(Object.keys(registry))).toEqual(new Set(listed));
});

test("every code says what it means for everything else and how to mend it", () => {
  for (const [code, { title, meaning, remedy }] of Object.entries(registry)) {
    expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/);
    expect(title, code).not.toMatch(/[.]$/);
    expect(meaning, code).toMatch(/[.]$/);
    expect(remedy, code).toMatch(/\S/);
  }
});

test("a text is a code only when it is registered", () => {
  expect(isCode("toString")).toBe(false);
  expect(isCode("SETUP_BUSY") && entry("SETUP_BUSY").title).toBe("another set-up does not end");
});
