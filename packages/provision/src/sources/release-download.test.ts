import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openServer } from "../../test/local-server.ts";
import type { Sandbox } from "../../test/sandbox.ts";
import { demo, demoScript, openSandbox } from "../../test/sandbox.ts";
import type { ReleaseRecipe } from "../program-manifest.ts";
import { provision } from "../provision.ts";

/** A release archive as publishers make them, with a folder that bears the version. */
async function archive(sandbox: Sandbox, name = "demo"): Promise<{ body: Buffer; sha256: string }> {
  await sandbox.script(`release/demo-1.4.0.linux-amd64/${name}`, demoScript("1.4.0"));
  const file = join(sandbox.folder, "demo.tar.gz");
  execFileSync("tar", ["-czf", file, "-C", join(sandbox.folder, "release"), "demo-1.4.0.linux-amd64"]);
  const body = readFileSync(file);
  return { body, sha256: createHash("sha256").update(body).digest("hex") };
}

function release(url: string, sha256: string): ReleaseRecipe {
  return { kind: "release", archives: { "linux-amd64": { url: `${url}/demo.tar.gz`, sha256 } } };
}

/** The PATH with tar on it. */
const env = { PATH: process.env["PATH"] };

test("a release is downloaded, held against its checksum, unpacked and kept", async () => {
  await using sandbox = await openSandbox();
  const { body, sha256 } = await archive(sandbox);
  await using server = await openServer((_request, response) => {
    response.writeHead(200, { "content-length": body.length }).end(body);
  });
  const options = sandbox.options(demo([{ kind: "cache" }, release(server.url, sha256)]), { env });

  const { demo: found } = await provision(["demo"], options);
  await provision(["demo"], options);

  expect(found).toMatchObject({ version: "1.4.0", source: "release" });
  expect(found?.path).toBe(join(found?.folder ?? "", "demo-1.4.0.linux-amd64", "demo"));
  expect(server.asked).toEqual(["/demo.tar.gz"]);
  expect(sandbox.events).toContainEqual(
    expect.objectContaining({ phase: "downloading", bytes: body.length, totalBytes: body.length }),
  );
});

test("a release that the environment gives comes before the manifest's own sources", async () => {
  await using sandbox = await openSandbox();
  const { body, sha256 } = await archive(sandbox);
  await using server = await openServer((_request, response) => {
    response.end(body);
  });
  const world = { env: { ...env, ORRERY_RELEASE_DEMO: `${server.url}/mine.tar.gz#sha256=${sha256}` } };

  const { demo: found } = await provision(["demo"], sandbox.options(demo([{ kind: "given" }]), world));

  expect(found).toMatchObject({ version: "1.4.0", source: "release" });
  expect(server.asked).toEqual(["/mine.tar.gz"]);
});

test("a release that the environment gives without a checksum is refused", async () => {
  await using sandbox = await openSandbox();
  const world = { env: { ORRERY_RELEASE_DEMO: "http://127.0.0.1/mine.tar.gz" } };

  await expect(provision(["demo"], sandbox.options(demo([{ kind: "given" }]), world))).rejects.toThrow(
    /release: PROGRAM_RELEASE_INVALID: ORRERY_RELEASE_DEMO holds "http:\/\/127.0.0.1\/mine.tar.gz"/,
  );
});

test.for([
  { what: "another file than the pinned one", how: "other", why: /DOWNLOAD_CHECKSUM_MISMATCH/ },
  { what: "a body cut short", how: "short", why: /DOWNLOAD_FAILED: .*broke off/ },
  { what: "404", how: "missing", why: /DOWNLOAD_FAILED: .* answered 404 Not Found, 200 was expected/ },
  { what: "what is no archive", how: "junk", why: /ARCHIVE_INVALID: .* cannot be unpacked/ },
  {
    what: "an archive without the program",
    how: "empty",
    why: /ARCHIVE_INVALID: .* holds no file called demo/,
  },
] as const)("$what is refused and nothing of it is kept", async ({ how, why }) => {
  await using sandbox = await openSandbox();
  const { body } =
    how === "junk"
      ? { body: Buffer.from("junk") }
      : await archive(sandbox, how === "empty" ? "other" : "demo");
  const sha256 = how === "other" ? "0".repeat(64) : createHash("sha256").update(body).digest("hex");
  await using server = await openServer((_request, response) => {
    response.writeHead(how === "missing" ? 404 : 200, { "content-length": body.length });
    if (how !== "short") response.end(body);
    else response.write(body.subarray(0, 40), () => response.destroy());
  });

  await expect(
    provision(["demo"], sandbox.options(demo([release(server.url, sha256)]), { env })),
  ).rejects.toThrow(why);
  expect(await readdir(join(sandbox.cacheFolder, "programs", "demo"))).toEqual([]);
});

test("a server that cannot be reached is told with its reason", async () => {
  await using sandbox = await openSandbox();
  const { url } = await openServer(() => {}).then(async (server) => {
    await server[Symbol.asyncDispose]();
    return server;
  });

  await expect(
    provision(["demo"], sandbox.options(demo([release(url, "0".repeat(64))]), { env })),
  ).rejects.toThrow(/DOWNLOAD_FAILED: .*ECONNREFUSED/);
});
