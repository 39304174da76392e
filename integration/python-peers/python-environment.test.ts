import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pythonEnvironment } from "./python-environment.ts";
import { runToEnd } from "./run-to-end.ts";

/** What keeps pip from every place that packages could come from. */
const offline = { ...process.env, PIP_NO_INDEX: "1", PIP_FIND_LINKS: "", PIP_CONFIG_FILE: "/dev/null" };

test("the peers' libraries are there at their pinned versions, and again without any index", async () => {
  await pythonEnvironment();
  const { python } = await pythonEnvironment(offline);
  const versions = "import ops, cosl, importlib.metadata as m; print(ops.__version__, m.version('cosl'))";

  expect(await runToEnd(python, ["-c", versions], { env: offline })).toMatchObject({
    stdout: "3.9.0 1.11.3\n",
  });
});

test("what is missing is told, and nothing is left behind", async () => {
  const cache = mkdtempSync(join(tmpdir(), "orrery-python-"));
  try {
    await expect(pythonEnvironment({ ...offline, ORRERY_CACHE: cache })).rejects.toThrow(
      /cannot be installed: .*annotated-types.*they are fetched from PyPI once/su,
    );
    await expect(pythonEnvironment({ ...offline, ORRERY_PYTHON: "/nowhere/python3" })).rejects.toThrow(
      /no Python of 3\.10 or newer was found \(\/nowhere\/python3: .*ENOENT.*ORRERY_PYTHON/u,
    );
  } finally {
    rmSync(cache, { recursive: true });
  }
});
