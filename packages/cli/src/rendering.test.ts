import { readFileSync } from "node:fs";
import type { ModelStatus } from "@orrery/engine";
import type { VerifyReport } from "@orrery/verify";
import { expect, test } from "vitest";
import { renderStatus } from "./status/render-status.ts";
import { selectApplications } from "./status/select-applications.ts";
import { renderReport } from "./verification/render-report.ts";

/** Captured from the demo with two silent shops and a machine that is related to nothing; the texts were read by a person. */
function fixture(name: string): string {
  return readFileSync(new URL(`../test/fixtures/${name}`, import.meta.url), "utf8");
}

const status = JSON.parse(fixture("status.json")) as ModelStatus;
const report = JSON.parse(fixture("verify.json")) as VerifyReport;
const plain = (_: unknown, text: string): string => text;

/** The clock on the wall depends on where the test runs. */
const untimed = (text: string): string => text.replace(/\d\d:\d\d:\d\d/, "hh:mm:ss");

test("status is drawn as Juju draws it", () => {
  expect(untimed(renderStatus(status, plain))).toBe(untimed(fixture("status.txt")));
});

test("status of one application shows its units and its relations alone", () => {
  const drawn = renderStatus(selectApplications(status, ["storefront/1"]), plain);

  expect(drawn).toContain("storefront/0*");
  expect(drawn).toContain("storefront:metrics-endpoint  prometheus:metrics-endpoint");
  expect(drawn).not.toContain("machine");
});

test("an application that is not there is an error that names near ones", () => {
  expect(() => selectApplications(status, ["stroefront"])).toThrow(
    expect.objectContaining({
      code: "APPLICATION_UNKNOWN",
      message: expect.stringContaining("did you mean storefront?"),
    }),
  );
});

test("a model that was seen a while ago says so", () => {
  const { model } = status;
  const busy = { current: "busy", message: "the engine does not answer" };

  expect(renderStatus({ ...status, model: { ...model, "model-status": busy } }, plain)).toMatch(
    /Timestamp  Notes\n.*busy +\d\d:\d\d:\d\d +the engine does not answer\n/,
  );
});

test("an empty model says how to begin", () => {
  expect(renderStatus({ ...status, applications: {} }, plain)).toContain("orrery deploy CHARM");
});

// The ages of the captured texts are those of their own moment.
const ageless = (text: string): string =>
  text.replaceAll(/\d+\.\d s ago/g, "n s ago").replaceAll(/ \ds  /g, " ns  ");

test("a report shows each signal, where the way is broken, how to mend it, and the verdict last", () => {
  const drawn = renderReport(report, plain);

  expect(ageless(drawn)).toBe(ageless(fixture("verify.txt")));
  expect(drawn.trimEnd().split("\n").at(-1)).toBe("failed: 37 of 39 expected things were read back");
});

test("a full report has a line for each single thing", () => {
  const drawn = renderReport(report, plain, true);

  expect(ageless(drawn)).toBe(ageless(fixture("verify-full.txt")));
});
