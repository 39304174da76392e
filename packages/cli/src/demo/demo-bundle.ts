import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Bundle } from "../bundles/bundle.ts";
import { loadBundle } from "../bundles/find-bundle.ts";

/** Where the demo's own bundle lies; src/demo/ and dist/demo/ stand at the same distance from it. */
export const DEMO_BUNDLE: string = fileURLToPath(new URL("../../demo/bundle.yaml", import.meta.url));

/** Reads the demo's own bundle, which is part of this package. */
export async function demoBundle(): Promise<Bundle> {
  return await loadBundle({ path: DEMO_BUNDLE, text: readFileSync(DEMO_BUNDLE, "utf8") }, []);
}
