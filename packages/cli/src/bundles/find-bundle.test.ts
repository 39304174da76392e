import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findBundle, loadBundle } from "./find-bundle.ts";

const folder = mkdtempSync(join(tmpdir(), "bundles-"));
afterAll(() => rmSync(folder, { recursive: true }));

const BUNDLE = "applications:\n  shop: { charm: ./shop, options: { page: 'include-file://page.html' } }\n";
writeFileSync(join(folder, "bundle.yaml"), BUNDLE);
writeFileSync(join(folder, "page.html"), "<p>hello</p>");
writeFileSync(join(folder, "telemetry.yaml"), "product: shop\n");

test("a file with applications and a folder with a bundle are bundles; a telemetry.yaml and a charm's name are not", () => {
  expect(findBundle(join(folder, "bundle.yaml"))).toMatchObject({ text: BUNDLE });
  expect(findBundle(folder)).toMatchObject({ path: join(folder, "bundle.yaml") });
  expect(findBundle(join(folder, "telemetry.yaml"))).toBeUndefined();
  // A name reaches this place as it was typed, and may also be that of a folder where the person stands.
  expect(findBundle(relative(process.cwd(), folder))).toBeUndefined();
});

test("charms and included files are looked for beside the bundle, and one that is not there is an error", async () => {
  const place = { path: join(folder, "bundle.yaml"), text: BUNDLE };
  expect((await loadBundle(place, [])).applications["shop"]).toMatchObject({
    charm: join(folder, "shop"),
    options: { page: "<p>hello</p>" },
  });
  const lost = { ...place, text: BUNDLE.replace("page.html", "nope.html") };
  await expect(loadBundle(lost, [])).rejects.toThrow("nope.html cannot be read");
});
