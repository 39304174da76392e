import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadTelemetryCharm } from "./telemetry-charm.ts";

const folder = mkdtempSync(join(tmpdir(), "telemetry-charm-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(port: string | number): string {
  const path = join(folder, "telemetry.yaml");
  writeFileSync(path, `product: teapot\nmetrics:\n  - port: ${port}\n`);
  return path;
}

test("a port with a name is refused at once, since no charm gives it a number", () => {
  expect(() => loadTelemetryCharm(write("metrics"))).toThrow(
    expect.objectContaining({ code: "CHARM_INVALID", message: expect.stringContaining("give its number") }),
  );
});

test("what is declared by number is offered for the targets that an operator names", () => {
  const { manifest, problems } = loadTelemetryCharm(write(9000));

  expect(problems).toEqual([]);
  expect(manifest.config["targets"]).toMatchObject({ type: "string", grants: true });
  expect(Object.keys(manifest.endpoints)).toEqual(["metrics-endpoint"]);
});
