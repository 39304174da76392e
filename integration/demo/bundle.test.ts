import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { World, until } from "../world/world.ts";

const BUNDLE = fileURLToPath(new URL("../../packages/cli/demo/bundle.yaml", import.meta.url));

test("the demo's bundle is deployed, written down, and made again in another data folder, where it verifies", async () => {
  await using first = new World();
  await first.run("up");
  await first.run("deploy", BUNDLE);
  expect((await first.run("deploy", BUNDLE)).trim()).toBe("No changes to apply.");
  await first.run("config", "storefront", "traffic=7");
  const written = join(first.home, "shop.yaml");
  await first.run("export-bundle", "--filename", written);
  const text = readFileSync(written, "utf8");

  await using second = new World();
  await second.run("up");
  const copy = join(second.home, "shop.yaml");
  writeFileSync(copy, text);
  const planned = await second.try("deploy", copy, "--dry-run");
  expect(planned).toMatchObject({
    code: 2,
    stdout: expect.stringContaining("- deploy application storefront"),
  });
  await second.run("deploy", copy);
  await until(
    "everything verified",
    async () => (await second.try("verify", "--wait", "60")).code === 0,
    600_000,
  );

  expect((await second.run("config", "storefront", "traffic")).trim()).toBe("7");
  expect(await second.run("export-bundle")).toBe(text);
});
