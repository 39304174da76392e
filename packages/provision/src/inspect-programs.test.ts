import { join } from "node:path";
import { expect, test } from "vitest";
import { demo, demoScript, openSandbox } from "../test/sandbox.ts";
import { inspectPrograms } from "./inspect-programs.ts";

const debian = { kind: "debian", package: "demo", files: { demo: "usr/bin/demo" } } as const;

test("what is there is shown with its version, source, size and notes", async () => {
  await using sandbox = await openSandbox();
  const path = await sandbox.script("demo", demoScript("1.2.0"));
  const notes = [
    { note: "no web UI in this build", unless: /builtinassets/ },
    { note: "no demo", unless: /demo/ },
  ];

  const [report] = await inspectPrograms(
    ["demo"],
    sandbox.options(demo([{ kind: "path" }, debian], { notes })),
  );

  expect(report).toMatchObject({
    name: "demo",
    wanted: ">=1.0 <2",
    found: { version: "1.2.0", source: "PATH", path, notes: ["no web UI in this build"] },
    sizeBytes: `#!/bin/sh\n${demoScript("1.2.0")}\n`.length,
    problems: [],
  });
});

test("what is not there is shown with the sources that would make it, and nothing is made", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script("apt-get", `echo run >> ${sandbox.folder}/apt.log`);
  const release = `http://127.0.0.1/demo.tar.gz#sha256=${"0".repeat(64)}`;
  const env = { PATH: join(sandbox.folder, "bin"), ORRERY_RELEASE_DEMO: release };

  const [report] = await inspectPrograms(
    ["demo"],
    sandbox.options(demo([{ kind: "given" }, { kind: "path" }, { kind: "cache" }, debian]), { env }),
  );

  expect(report).toMatchObject({
    sources: ["Debian package"],
    sizeBytes: 0,
    problems: [{ code: "PROGRAM_NOT_ON_PATH" }],
  });
  expect(report).not.toHaveProperty("found");
  expect(await sandbox.log("apt.log")).toEqual([]);
});
