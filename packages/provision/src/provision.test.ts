import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { demo, demoScript, openSandbox } from "../test/sandbox.ts";
import type { ReleaseRecipe } from "./program-manifest.ts";
import { provision } from "./provision.ts";
import type { ProvisionOptions } from "./session.ts";

const GO_BUILD = {
  kind: "go-build",
  folder: "demo",
  version: "1.5.0",
  packages: { demo: "example.com/demo/cmd/demo" },
  tags: ["small"],
  variables: { "example.com/demo.Version": "1.5.0" },
} as const;

/** A go that builds a demo script, appends its arguments to build.log, and takes `seconds` for it. */
const fakeGo = (folder: string, seconds = 0): string => `
if [ "$1" = version ]; then echo "go version go1.26.8 linux/amd64"; exit; fi
echo "CGO_ENABLED=$CGO_ENABLED GOTOOLCHAIN=$GOTOOLCHAIN GOPROXY=$GOPROXY $*" >> ${folder}/build.log
/bin/sleep ${seconds}
while [ "$1" != -o ]; do shift; done
/bin/mkdir -p "$(/usr/bin/dirname "$2")"
printf '#!/bin/sh\\necho "demo, version 1.5.0"\\n' > "$2"`;

test("the first source that gives an accepted version wins", async () => {
  await using sandbox = await openSandbox();
  const path = await sandbox.script("demo", demoScript("1.2.0"));

  const { demo: found } = await provision(
    ["demo"],
    sandbox.options(demo([{ kind: "given" }, { kind: "path" }])),
  );

  expect(found).toEqual({
    name: "demo",
    version: "1.2.0",
    source: "PATH",
    path,
    folder: join(sandbox.folder, "bin"),
    binaries: { demo: path },
    notes: [],
  });
});

test.for([
  {
    what: "a version outside the range",
    body: demoScript("2.0.0"),
    why: /is version 2.0.0, >=1.0 <2 is supported/,
  },
  {
    what: "a program that ends with an error",
    body: "echo no such library; exit 127",
    why: /exit code 127, saying: no such library/,
  },
  { what: "a program that says nothing", body: "exit 0", why: /saying nothing/ },
])("$what is passed over, and the notes say why", async ({ body, why }) => {
  await using sandbox = await openSandbox();
  const given = await sandbox.script("other/demo", body);
  await sandbox.script("demo", demoScript("1.2.0"));

  const found = await provision(
    ["demo"],
    sandbox.options(demo([{ kind: "given" }, { kind: "path" }]), {}, { paths: { demo: given } }),
  );

  expect(found["demo"]).toMatchObject({ source: "PATH", notes: [expect.stringMatching(why)] });
  expect(sandbox.events).toContainEqual(expect.objectContaining({ source: "path given", phase: "failed" }));
});

test("a program that tells its version but does not stay up is passed over", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script(
    "demo",
    `${demoScript("1.2.0")}\n[ "$1" = --version ] || { echo "no template"; exit 1; }`,
  );
  const start = { files: {}, arguments: ["--serve"], ready: /listening/ };

  await expect(
    provision(["demo"], sandbox.options(demo([{ kind: "path" }], { start }))),
  ).rejects.toMatchObject({
    code: "PROGRAM_UNAVAILABLE",
    message: expect.stringContaining("PROGRAM_DOES_NOT_START"),
  });
});

test("a program that comes up is ended again after the check", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script(
    "demo",
    `${demoScript("1.2.0")}\n[ "$1" = --version ] && exit\necho $$ > ${sandbox.folder}/pid; echo listening; exec /bin/sleep 60`,
  );
  const start = { files: { "demo.yml": "{}" }, arguments: ["{folder}/demo.yml"], ready: /listening/ };

  await provision(["demo"], sandbox.options(demo([{ kind: "path" }], { start })));

  const [pid] = await sandbox.log("pid");
  expect(() => process.kill(Number(pid), 0)).toThrow(/ESRCH/);
});

test("when all sources fail, one error lists each with its reason and remedy", async () => {
  await using sandbox = await openSandbox();
  const manifest = demo([
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    GO_BUILD,
    { kind: "debian", package: "demo", files: { demo: "usr/bin/demo" } },
  ]);
  await sandbox.write("recipes/demo/go.mod", "module x\n\ngo 1.26.7\n");
  await sandbox.write("recipes/demo/go.sum", "");
  const env = { PATH: join(sandbox.folder, "bin"), ORRERY_PROGRAM_DEMO: "/nowhere/demo" };

  const failure: unknown = await provision(["demo"], sandbox.options(manifest, { env })).catch(
    (error: unknown) => error,
  );

  const lines = String(failure).split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[1]).toContain("path given: PROGRAM_GIVEN_PATH_INVALID: /nowhere/demo");
  expect(lines[2]).toContain("PATH: PROGRAM_NOT_ON_PATH");
  expect(lines[3]).toContain("Go build: GO_UNAVAILABLE: Go 1.26.7 or newer is needed");
  expect(lines[4]).toContain("Debian package: DEBIAN_TOOLS_MISSING: apt-get");
});

test("a name that no manifest knows is looked up on the PATH and not run", async () => {
  await using sandbox = await openSandbox();
  const path = await sandbox.script("anything", `echo run >> ${sandbox.folder}/run.log`);

  const found = await provision(["anything"], sandbox.options(demo([])));

  expect(found["anything"]).toMatchObject({ path, version: "unknown" });
  expect(await sandbox.log("run.log")).toEqual([]);
});

test("one program that cannot be had does not keep the others from being made", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script("go", fakeGo(sandbox.folder));
  await sandbox.write("recipes/demo/go.mod", "module x\n\ngo 1.26.7\n");
  await sandbox.write("recipes/demo/go.sum", "");
  const options = sandbox.options(demo([{ kind: "cache" }, GO_BUILD]));

  await expect(provision(["demo", "absent"], options)).rejects.toMatchObject({
    message: expect.not.stringContaining("demo"),
  });

  expect((await provision(["demo"], options))["demo"]).toMatchObject({ version: "1.5.0" });
  expect(await sandbox.log("build.log")).toHaveLength(1);
});

test("a Go build uses the pinned module, the user's proxy, and nothing that differs from machine to machine", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script("go", fakeGo(sandbox.folder));
  await sandbox.write("recipes/demo/go.mod", "module x\n\ngo 1.26.7\n");
  await sandbox.write("recipes/demo/go.sum", "");
  const env = { PATH: join(sandbox.folder, "bin"), GOPROXY: "https://proxy.example" };

  const found = await provision(["demo"], sandbox.options(demo([GO_BUILD]), { env }));

  expect(found["demo"]).toMatchObject({ source: "Go build", version: "1.5.0" });
  const [line] = await sandbox.log("build.log");
  expect(line).toContain(
    "CGO_ENABLED=0 GOTOOLCHAIN=local GOPROXY=https://proxy.example build -v -mod=readonly -trimpath -p 2 -tags small",
  );
  expect(line).toContain("-ldflags -s -w -X example.com/demo.Version=1.5.0");
});

test("a Go build that fails tells Go's last lines and leaves nothing behind", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script(
    "go",
    `[ "$1" = version ] && echo "go version go1.26.8 x" && exit\necho "go: downloading example.com/a v1"; echo example.com/a; echo "a.go:1: undefined: b"; exit 1`,
  );
  await sandbox.write("recipes/demo/go.mod", "module x\n\ngo 1.26.7\n");
  await sandbox.write("recipes/demo/go.sum", "");
  const options = sandbox.options(demo([GO_BUILD]));

  await expect(provision(["demo"], options)).rejects.toThrow(
    /GO_BUILD_FAILED: go build example.com\/demo\/cmd\/demo ended with exit code 1: a.go:1: undefined: b;/,
  );
  expect(await namesUnder(join(sandbox.cacheFolder, "programs", "demo"))).toEqual([]);
});

test("two at the same time make a program once; the second waits and says so", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script("go", fakeGo(sandbox.folder, 0.3));
  await sandbox.write("recipes/demo/go.mod", "module x\n\ngo 1.26.7\n");
  await sandbox.write("recipes/demo/go.sum", "");
  const options = sandbox.options(demo([GO_BUILD]));

  const [first, second] = await Promise.all([provision(["demo"], options), provision(["demo"], options)]);

  expect(first).toEqual(second);
  expect(await sandbox.log("build.log")).toHaveLength(1);
  expect(sandbox.events).toContainEqual(expect.objectContaining({ phase: "waiting" }));
});

test("with all in the cache, no process is started and nothing is fetched", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script("go", fakeGo(sandbox.folder));
  await sandbox.write("recipes/demo/go.mod", "module x\n\ngo 1.26.7\n");
  await sandbox.write("recipes/demo/go.sum", "");
  const manifest = demo([{ kind: "given" }, { kind: "path" }, { kind: "cache" }, GO_BUILD]);
  const made = await provision(["demo"], sandbox.options(manifest));

  const found = await provision(
    ["demo"],
    sandbox.options(manifest, {
      env: {},
      run: () => Promise.reject(new Error("a process was started")),
      fetch: () => Promise.reject(new Error("something was fetched")),
    }),
  );

  expect(found).toEqual(made);
});

test("a cached program that lost its binary, and a changed recipe, are made again", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script("go", fakeGo(sandbox.folder));
  await sandbox.write("recipes/demo/go.mod", "module x\n\ngo 1.26.7\n");
  await sandbox.write("recipes/demo/go.sum", "");
  const options = sandbox.options(demo([{ kind: "cache" }, GO_BUILD]));
  const first = await provision(["demo"], options);

  await writeFile(first["demo"]?.path ?? "", "cut short");
  const second = await provision(["demo"], options);
  await sandbox.write("recipes/demo/go.sum", "changed");
  const third = await provision(["demo"], options);

  expect(second).toEqual(first);
  expect(third["demo"]?.folder).not.toBe(first["demo"]?.folder);
  expect(await sandbox.log("build.log")).toHaveLength(3);
});

test("a cache made by a later source says how to try the first one again", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script("go", fakeGo(sandbox.folder));
  await sandbox.write("recipes/demo/go.mod", "module x\n\ngo 1.26.7\n");
  await sandbox.write("recipes/demo/go.sum", "");
  const debian = { kind: "debian", package: "demo", files: { demo: "usr/bin/demo" } } as const;
  const options = sandbox.options(demo([{ kind: "cache" }, debian, GO_BUILD]));
  await provision(["demo"], options);

  const found = await provision(["demo"], options);

  expect(found["demo"]?.notes).toEqual([
    expect.stringMatching(
      /made by its Go build, as its Debian package did not do; remove .* to try that again/,
    ),
  ]);
});

test("a cache folder that cannot be made is told, not thrown", async () => {
  await using sandbox = await openSandbox();
  const cacheFolder = join(await sandbox.write("file", "no folder"), "cache");
  const release: ReleaseRecipe = {
    kind: "release",
    archives: { any: { url: "http://127.0.0.1/x", sha256: "0".repeat(64) } },
  };

  await expect(provision(["demo"], sandbox.options(demo([release]), {}, { cacheFolder }))).rejects.toThrow(
    /PROGRAM_CACHE_UNUSABLE/,
  );
});

test("a cancelled call ends what runs and leaves nothing in the cache", async () => {
  await using sandbox = await openSandbox();
  await sandbox.script(
    "go",
    `[ "$1" = version ] && echo "go version go1.26.8 x" && exit\nexec /bin/sleep 60`,
  );
  await sandbox.write("recipes/demo/go.mod", "module x\n\ngo 1.26.7\n");
  await sandbox.write("recipes/demo/go.sum", "");
  const cancel = new AbortController();
  const options = sandbox.options(
    demo([GO_BUILD]),
    {},
    {
      signal: cancel.signal,
      onProgress: ({ message }) => message.startsWith("building") && cancel.abort(new Error("enough")),
    },
  );

  await expect(provision(["demo"], options)).rejects.toThrow("enough");
  expect(await namesUnder(join(sandbox.cacheFolder, "programs", "demo"))).toEqual([]);
});

test("at most two programs are made at once", async () => {
  await using sandbox = await openSandbox();
  const names = ["one", "two", "three", "four"];
  await sandbox.script("dpkg-deb", "exit 1");
  await sandbox.script(
    "apt-get",
    `echo start >> ${sandbox.folder}/apt.log; /bin/sleep 0.1; echo end >> ${sandbox.folder}/apt.log; : > p.deb`,
  );
  const catalog = names.map((name) => demo([{ kind: "debian", package: name, files: {} }], { name }));

  await provision(names, { ...sandbox.options(demo([])), catalog }).catch(() => {});

  let running = 0;
  const peaks = (await sandbox.log("apt.log")).map((line) => (running += line === "start" ? 1 : -1));
  expect(Math.max(...peaks)).toBe(2);
  expect(peaks).toHaveLength(8);
});

test("a program of several binaries is taken from a folder that has them all, and from no other", async () => {
  await using sandbox = await openSandbox();
  const whole = await sandbox.script("whole/runsvdir", "echo 'usage: runsvdir [-P] dir' >&2; exit 1");
  for (const name of ["runsv", "sv", "svlogd", "chpst"]) await sandbox.script(`whole/${name}`, "exit 100");
  await sandbox.script("part/runsvdir", "echo 'usage: runsvdir [-P] dir' >&2; exit 1");
  const given = (path: string): ProvisionOptions => {
    const { catalog: _demo, ...options } = sandbox.options(
      demo([]),
      {},
      { paths: { runit: join(sandbox.folder, path) } },
    );
    return options;
  };

  const found = await provision(["runit"], given("whole"));

  expect(found["runit"]).toMatchObject({ path: whole, binaries: { sv: join(sandbox.folder, "whole/sv") } });
  await expect(provision(["runit"], given("part"))).rejects.toMatchObject({
    code: "SUPERVISOR_UNAVAILABLE",
    remedy: expect.stringContaining("Debian or Ubuntu"),
  });
});

async function namesUnder(folder: string): Promise<string[]> {
  return readdir(folder);
}
