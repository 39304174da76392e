import { defineConfig } from "vitest/config";
import type { ViteUserConfig } from "vitest/config";

/** Settings of a package's unit tests: source conditions, no isolation between files, reports that CI can add up. */
export const settings: ViteUserConfig = defineConfig({
  resolve: { conditions: ["@orrery/source"] },
  ssr: { resolve: { conditions: ["@orrery/source"] } },
  test: {
    isolate: false,
    // A property test on a busy machine takes its time; how long things take is measured by `npm run bench`.
    testTimeout: 30_000,
    restoreMocks: true,
    reporters: ["default", "json"],
    outputFile: { json: ".vitest/report.json" },
  },
});

/** Settings of `npm test`: the unit tests of every package and charm in one run. */
export const unitSettings: ViteUserConfig = {
  ...settings,
  test: {
    ...settings.test,
    include: ["{packages,charms}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
  },
};

/** Minutes that one integration test, or one hook, may take: a cold cache builds programs. */
const LONGEST_MINUTES = 15;

/**
 * Files of the integration suite that run at once. Each has a data folder, addresses and programs of its own, and mostly waits
 * for scrapes and evaluations, so that more than there are cores do not get into each other's way.
 */
const FILES_AT_ONCE = 3;

/** Settings of the integration suite: real programs, a few files at once, each in a process of its own. */
export const integrationSettings: ViteUserConfig = {
  ...settings,
  test: {
    ...settings.test,
    isolate: true,
    fileParallelism: true,
    maxWorkers: FILES_AT_ONCE,
    // A stranger's charm brings tests of its own.
    exclude: ["**/node_modules/**", "stranger/weather-station/**"],
    testTimeout: LONGEST_MINUTES * 60_000,
    hookTimeout: LONGEST_MINUTES * 60_000,
  },
};
