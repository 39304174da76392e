import { expect, test } from "vitest";
import { formatProgress } from "./format-progress.ts";

test("a download shows how much of how much has come, and for how long it has run", () => {
  const line = formatProgress({
    program: "go",
    source: "Go toolchain",
    phase: "downloading",
    message: "https://proxy.example/toolchain.zip",
    bytes: 12_900_000,
    totalBytes: 71_700_000,
    elapsedMs: 62_000,
  });

  expect(line).toBe("go: Go toolchain: https://proxy.example/toolchain.zip (12.3 MiB of 68.4 MiB, 1:02)");
});

test("a failed source says so", () => {
  const line = formatProgress({
    program: "demo",
    source: "release",
    phase: "failed",
    message: "it answered 404",
    elapsedMs: 20,
  });

  expect(line).toBe("demo: release: no: it answered 404");
});
