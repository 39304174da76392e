import { closeSync, existsSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processAt } from "../process/sessions.ts";
import { ShellCharm, viewOf } from "../shell-charm.test-support.ts";

/** What a hook printed into a file of its folder, once it is there. */
async function written(charm: ShellCharm, name: string): Promise<string> {
  return await expect
    .poll(() => (existsSync(fileOf(charm, name)) ? charm.read(name) : ""))
    .not.toBe("")
    .then(() => charm.read(name).trim());
}

function fileOf(charm: ShellCharm, name: string): string {
  return join(charm.root, "units", "shell-0", ".agent", "charm", name);
}

test("a hook that hangs is killed at its deadline with all that it started", async () => {
  using charm = new ShellCharm("sleep 300 & echo $! > child.txt; trap '' TERM; sleep 300", {
    deadlineMs: 700,
  });
  await expect((await charm.load()).session().evaluate(viewOf())).rejects.toMatchObject({
    code: "HOOK_TIMEOUT",
    message: 'hook failed: "install" (it did not end in time)',
  });

  expect(processAt(Number(charm.read("child.txt")))).toBeUndefined();
  expect(readdirSync(join(charm.root, "units", "shell-0", ".agent", "sockets"))).toEqual([]);
});

test("a daemon that a hook leaves goes on, and keeps nobody waiting although it holds the hook's output", async () => {
  using charm = new ShellCharm('[ "$HOOK" = start ] && { setsid sleep 300 & echo $! > daemon.txt; }; true');
  const begun = performance.now();
  await (await charm.load()).session().evaluate(viewOf());
  const pid = Number(charm.read("daemon.txt"));

  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(processAt(pid)).toBeDefined();
  process.kill(pid, "SIGKILL");
});

test("a hook that an engine left running when it was killed is ended, and run again", async () => {
  using charm = new ShellCharm("echo $$ > pid.txt; [ -e again ] || { touch again; sleep 300; }");
  const first = (await charm.load()).session();
  void Promise.resolve(first.evaluate(viewOf())).catch(() => undefined);
  const pid = Number(await written(charm, "pid.txt"));
  await (await charm.load()).session().evaluate(viewOf());

  expect(processAt(pid)).toBeUndefined();
  expect(charm.log).toContain("WARNING shell/0 ended a hook that was left running; it is run again");
  expect(charm.told().slice(0, 2)).toEqual(["install -", "install -"]);
  first.close?.();
});

test("what a hook writes without end is read slowly, kept to a thousand lines, and told", async () => {
  using charm = new ShellCharm(
    '[ "$HOOK" = install ] && { yes "flood flood flood" | head -c 2000000; yes | head -c 300000 >&2; }; true',
  );
  const outcome = await (await charm.load()).session().evaluate(viewOf());

  expect(charm.log.filter((one) => one.includes("flood"))).toHaveLength(1000);
  expect(charm.log.find((one) => one.includes("lines"))).toMatch(
    /^WARNING shell\/0 install: it wrote \d+ lines; the first 1000 are kept$/u,
  );
  expect(outcome.problems).toEqual([]);
});

test("a hook whose processes or memory go past the limit is ended and fails with what it took", async () => {
  using crowd = new ShellCharm("for i in $(seq 400); do sleep 300 & done; wait");
  await expect((await crowd.load()).session().evaluate(viewOf())).rejects.toMatchObject({
    code: "HOOK_LIMIT",
    message: /^hook failed: "install" \(it had \d+ processes; allowed are 256\)$/u,
  });
  using glutton = new ShellCharm("perl -e '$x = \"x\" x 200_000_000; sleep 60'", {
    memoryBytes: 64 * 1024 * 1024,
  });
  await expect((await glutton.load()).session().evaluate(viewOf())).rejects.toMatchObject({
    code: /HOOK_FAILED|HOOK_LIMIT/u,
  });
}, 30_000);

test("a program that was killed by somebody else is run again at once, and has failed when that happens twice", async () => {
  using once = new ShellCharm("[ -e tried ] || { touch tried; kill -KILL $$; }");
  await (await once.load()).session().evaluate(viewOf());
  expect(once.told().slice(0, 3)).toEqual(["install -", "install -", "leader-elected -"]);

  using twice = new ShellCharm("kill -TERM $$");
  await expect((await twice.load()).session().evaluate(viewOf())).rejects.toMatchObject({
    message: 'hook failed: "install" (it was ended by SIGTERM)',
  });
});

test("a hook sees nothing of the engine: neither its environment, nor its open files, nor an input", async () => {
  process.env["ORRERY_TEST_SECRET"] = "visible";
  using charm = new ShellCharm(
    '[ "$HOOK" = install ] && { env > env.txt; ls -l /proc/self/fd > fds.txt; cat > input.txt; pwd > pwd.txt; echo to stderr by its name > /dev/stderr; }; true',
  );
  const opened = openSync(join(charm.root, "opened-by-the-engine"), "w");
  await (await charm.load()).session().evaluate(viewOf());
  closeSync(opened);
  delete process.env["ORRERY_TEST_SECRET"];
  const names = charm
    .read("env.txt")
    .trim()
    .split("\n")
    .map((line) => line.split("=")[0]);

  expect(
    names.filter(
      (name) =>
        !/^(JUJU_|CHARM_DIR|PATH|LANG|TERM|DEBIAN_FRONTEND|APT_|CLOUD_API_VERSION|PWD|SHLVL|_|HOOK)/u.test(
          name ?? "",
        ),
    ),
  ).toEqual([]);
  expect(charm.read("fds.txt")).not.toContain("opened-by-the-engine");
  expect(charm.log).toContain("WARNING shell/0 install: to stderr by its name");
  expect(charm.read("input.txt")).toBe("");
  expect(charm.read("pwd.txt").trim()).toBe(join(charm.root, "units", "shell-0", ".agent", "charm"));
});

test("two units of one charm have folders of their own, and their hooks run at the same time", async () => {
  using charm = new ShellCharm('[ "$HOOK" = install ] && { touch mine; sleep 0.7; }; true');
  const loaded = await charm.load();
  const begun = performance.now();
  await Promise.all(
    ["shell/0", "shell/1"].map(
      async (unit) => await loaded.session().evaluate(viewOf({ unit, units: ["shell/0", "shell/1"] })),
    ),
  );

  expect(performance.now() - begun).toBeLessThan(1400 + 1000);
  expect(charm.read("mine", "shell/1")).toBe("");
});
