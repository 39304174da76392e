import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Outcome, View } from "@orrery/charm";
import type { CharmRunner } from "@orrery/engine";
import { expect, test } from "vitest";
import { ShellCharm, relationOf, viewOf } from "../shell-charm.test-support.ts";

/** Gives a runner its own outcome's memory back until it rests, as an engine does. */
async function settle(runner: CharmRunner, view: View): Promise<Outcome> {
  let outcome = await runner.evaluate(view);
  for (let before = view.memory; JSON.stringify(before) !== JSON.stringify(outcome.memory);) {
    before = outcome.memory;
    outcome = await runner.evaluate({ ...view, memory: before });
  }
  return outcome;
}

test("a new unit is told its life in Juju's order, and then nothing twice", async () => {
  using charm = new ShellCharm("");
  const runner = (await charm.load()).session();
  const view = viewOf({ relations: [relationOf({ remote: { value: "1" } })] });
  const outcome = await settle(runner, view);

  expect(charm.told()).toEqual([
    "install -",
    "out-relation-created other",
    "leader-elected -",
    "config-changed -",
    "start -",
    "out-relation-joined other/0",
    "out-relation-changed other/0",
  ]);
  expect(outcome.status).toEqual({ status: "unknown", message: "" });
  await settle(runner, { ...view, memory: outcome.memory });
  expect(charm.told()).toHaveLength(7);
});

test("what hooks write is in the outcome, and what a failing hook wrote is not", async () => {
  using charm = new ShellCharm(`
    case $HOOK in
      out-relation-created) relation-set greeting=hello; relation-set --app all=$(config-get word); open-port 8080; state-set tries=1;;
      config-changed) status-set active ready; relation-set -r out:3 greeting=lost; open-port 1; exit 3;;
    esac`);
  const runner = (await charm.load()).session();
  const view = viewOf({ relations: [relationOf({ units: [] })] });
  const first = await runner.evaluate(view);

  expect(first.bags).toEqual({ "3": { unit: { greeting: "hello" }, application: { all: "hello" } } });
  expect(first.openedPorts).toEqual(["8080/tcp"]);
  await expect(async () => await runner.evaluate({ ...view, memory: first.memory })).rejects.toMatchObject({
    code: "HOOK_FAILED",
    message: 'hook failed: "config-changed" (exit code 3)',
  });
  expect(charm.told().filter((one) => one.startsWith("config-changed"))).toHaveLength(1);
  charm.script("");
  const mended = await settle((await charm.load()).session(), { ...view, memory: first.memory });
  expect(mended.status).toEqual({ status: "active", message: "ready" });
  expect(mended.openedPorts).toEqual(["8080/tcp"]);
  expect(charm.told().slice(-4)).toEqual([
    "config-changed -",
    "start -",
    "upgrade-charm -",
    "config-changed -",
  ]);
});

test("an engine that was killed before it took an outcome in does not have its hooks run again", async () => {
  using charm = new ShellCharm('[ "$HOOK" = out-relation-created ] && relation-set said=once; true');
  const view = viewOf({ relations: [relationOf({ units: [] })] });
  await (await charm.load()).session().evaluate(view);
  const outcome = await (await charm.load()).session().evaluate(view);

  expect(charm.told().filter((one) => one.startsWith("install"))).toHaveLength(1);
  expect(outcome.bags).toEqual({ "3": { unit: { said: "once" } } });
});

test("those who leave can be read in the hooks that say so, and a unit that goes takes leave of all", async () => {
  using charm = new ShellCharm(`
    case $HOOK in *-departed|*-broken) echo "$HOOK $JUJU_DEPARTING_UNIT $(relation-get - other/0) $(relation-list) $(relation-ids out)" >> left.txt;; esac`);
  const runner = (await charm.load()).session();
  const view = viewOf({ relations: [relationOf({ remote: { value: "last words" } })] });
  const { memory } = await settle(runner, view);
  await settle(runner, { ...view, relations: [], memory });

  expect(charm.read("left.txt").trim().split("\n")).toEqual([
    "out-relation-departed other/0 value: last words  out:3",
    "out-relation-broken  value: last words  out:3",
  ]);
  const again = await settle(runner, { ...view, relations: [relationOf({ id: 4 })], memory });
  await runner.evaluate({ ...view, life: "dying", relations: [], memory: again.memory });
  expect(charm.told().slice(-4)).toEqual([
    "out-relation-departed other/0",
    "out-relation-broken other",
    "stop -",
    "remove -",
  ]);
  expect(charm.read("left.txt")).toContain("out-relation-departed shell/0 ");
});

test("storage is a folder that is there before install, and is told to go after stop", async () => {
  using charm = new ShellCharm(
    '[ "$HOOK" = data-storage-attached ] && { echo kept > "$JUJU_STORAGE_LOCATION/file"; storage-get > storage.txt; }; true',
    {
      more: "storage: {data: {type: filesystem}}\n",
    },
  );
  const runner = (await charm.load()).session();
  const { memory } = await settle(runner, viewOf());
  await runner.evaluate({ ...viewOf(), life: "dying", memory });

  expect(charm.told()[0]).toBe("data-storage-attached -");
  expect(charm.read("storage.txt")).toMatch(/^kind: filesystem\nlocation: .*\/storage\/data\/0\n$/u);
  expect(charm.told().slice(-3)).toEqual(["stop -", "data-storage-detaching -", "remove -"]);
});

test("a charm without dispatch has a program for each hook, and none for those that it does not care for", async () => {
  using charm = new ShellCharm("");
  rmSync(join(charm.root, "charm", "dispatch"));
  mkdirSync(join(charm.root, "charm", "hooks"));
  charm.write("hooks/start", '#!/bin/sh\necho "$0 $JUJU_DISPATCH_PATH" > started.txt\n', 0o755);
  const outcome = await (await charm.load()).session().evaluate(viewOf());

  expect(charm.read("started.txt").trim()).toMatch(/\/charm\/hooks\/start hooks\/start$/u);
  expect(outcome.status.status).toBe("unknown");
});
