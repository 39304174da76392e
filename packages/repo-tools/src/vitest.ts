import { defineConfig } from "vitest/config";
import type { ViteUserConfig } from "vitest/config";

/** The one set of test settings: source conditions, no isolation between files, reports that CI can add up. */
export const settings: ViteUserConfig = defineConfig({
  resolve: { conditions: ["@orrery/source"] },
  ssr: { resolve: { conditions: ["@orrery/source"] } },
  test: {
    isolate: false,
    restoreMocks: true,
    reporters: ["default", "json"],
    outputFile: { json: ".vitest/report.json" },
  },
});
