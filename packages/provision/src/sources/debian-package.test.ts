import { join } from "node:path";
import { expect, test } from "vitest";
import type { Sandbox } from "../../test/sandbox.ts";
import { demo, demoScript, openSandbox } from "../../test/sandbox.ts";
import { provision } from "../provision.ts";

const manifest = demo([{ kind: "debian", package: "demo", files: { demo: "usr/bin/demo" } }]);

/** An apt-get that finds the package only by the lists that `has` names, and logs what it is asked. */
async function aptGet(sandbox: Sandbox, has: "machine" | "private" | "nothing"): Promise<void> {
  await sandbox.script(
    "apt-get",
    `echo "$*" >> ${sandbox.folder}/apt.log
lists=machine
for word; do
  case "$word" in Dir::State::lists=*) lists=private; folder="\${word#*=}";; esac
  last="$word"
done
if [ "$last" = update ]; then
  ${has === "nothing" ? 'echo "E: Failed to fetch the list"; exit 100' : ': > "$folder/main_Packages"; echo "E: a hook needs root"; exit 100'}
fi
[ $lists = ${has} ] || { echo "E: Unable to locate package demo"; exit 100; }
: > demo_1.3.0_amd64.deb`,
  );
}

async function dpkgDeb(sandbox: Sandbox, path: string): Promise<void> {
  await sandbox.script(
    "dpkg-deb",
    `[ "$1" = -f ] && echo 1.3.0-2 && exit
/bin/mkdir -p "$3/usr/bin"; printf '#!/bin/sh\\n${demoScript("1.3.0")}\\n' > "$3/${path}"; /bin/chmod 755 "$3/${path}"`,
  );
}

test("a package is fetched by the machine's lists and unpacked into the cache", async () => {
  await using sandbox = await openSandbox();
  await aptGet(sandbox, "machine");
  await dpkgDeb(sandbox, "usr/bin/demo");

  const { demo: found } = await provision(["demo"], sandbox.options(manifest));

  expect(found).toMatchObject({ version: "1.3.0", source: "Debian package" });
  expect(found?.path).toBe(join(found?.folder ?? "", "root/usr/bin/demo"));
  expect(await sandbox.log("apt.log")).toEqual(["download demo"]);
});

test("where the machine has no lists, private ones are fetched, even if a hook of the machine fails", async () => {
  await using sandbox = await openSandbox();
  await aptGet(sandbox, "private");
  await dpkgDeb(sandbox, "usr/bin/demo");

  const { demo: found } = await provision(["demo"], sandbox.options(manifest));

  expect(found).toMatchObject({ version: "1.3.0" });
  const calls = await sandbox.log("apt.log");
  expect(calls.map((call) => call.split(" ").at(-1) === "update")).toEqual([false, true, false]);
  expect(calls[1]).toContain(`-o Dir::State::lists=${sandbox.cacheFolder}/apt/lists`);
  expect(sandbox.events.map(({ message }) => message)).toContain(
    "the machine's package lists are missing or old; fetching private ones (no root needed)",
  );
});

test("lists that cannot be fetched are told with apt's own words", async () => {
  await using sandbox = await openSandbox();
  await aptGet(sandbox, "nothing");
  await dpkgDeb(sandbox, "usr/bin/demo");

  await expect(provision(["demo"], sandbox.options(manifest))).rejects.toThrow(
    /DEBIAN_LISTS_UNAVAILABLE: .*E: Failed to fetch the list/,
  );
});

test("a package that no longer carries the program is told", async () => {
  await using sandbox = await openSandbox();
  await aptGet(sandbox, "machine");
  await dpkgDeb(sandbox, "usr/bin/renamed");

  await expect(provision(["demo"], sandbox.options(manifest))).rejects.toThrow(
    /DEBIAN_UNPACK_FAILED: the package demo holds no executable file usr\/bin\/demo/,
  );
});

test("a program that tells no version has its package's", async () => {
  await using sandbox = await openSandbox();
  await aptGet(sandbox, "machine");
  await dpkgDeb(sandbox, "usr/bin/demo");
  const silent = { ...manifest, versions: "*", probe: { arguments: [], says: /demo/ } };

  expect((await provision(["demo"], sandbox.options(silent)))["demo"]).toMatchObject({ version: "1.3.0-2" });
});
