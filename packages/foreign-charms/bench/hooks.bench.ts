import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { View } from "@orrery/charm";
import { MemoryVault } from "@orrery/engine";
import { loadHookCharm } from "../src/index.ts";
import type { ToolClient } from "../src/tool-server/tools-folder.ts";

// What a hook costs beside the charm's own work, and what each call of a hook tool costs in it: by Perl, by Node, and against the floor of
// starting a program at all, in the same run.
const HOOKS = 20;
const CALLS = 50;
const root = mkdtempSync(join(tmpdir(), "orrery-bench-"));

/** Milliseconds of one hook whose dispatch is this script, on average. */
async function hook(script: string, client: ToolClient): Promise<number> {
  const folder = mkdtempSync(join(root, "charm-"));
  const charm = join(folder, "charm");
  mkdirSync(charm);
  writeFileSync(join(charm, "metadata.yaml"), "name: bench\nsummary: Nothing.\n");
  writeFileSync(join(charm, "dispatch"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(charm, "dispatch"), 0o755);
  const loaded = await loadHookCharm(charm, {
    unitFolder: () => join(folder, "unit"),
    toolsFolder: join(root, `tools-${client}`),
    client,
    boot: "1",
    vault: new MemoryVault(),
    path: process.env["PATH"] ?? "",
    deadlineMs: 60_000,
    log: () => undefined,
    now: Date.now,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  });
  const runner = loaded.session();
  let { memory } = await runner.evaluate(VIEW);
  const begun = performance.now();
  for (let word = 0; word < HOOKS; word++) {
    ({ memory } = await runner.evaluate({ ...VIEW, config: { word }, memory }));
  }
  return (performance.now() - begun) / HOOKS;
}

const VIEW: View = {
  protocol: 1,
  model: { name: "bench", uuid: "cdac5656-2423-4388-8f30-41854b4cca7d" },
  application: "bench",
  unit: "bench/0",
  charm: "bench",
  leader: true,
  life: "alive",
  units: ["bench/0"],
  config: { word: -1 },
  network: { address: "127.0.0.1", ports: {} },
  relations: [],
  containers: {},
  materials: {},
  secrets: {},
  due: [],
  external: {},
};

const calls = (command: string): string =>
  `i=0; while [ $i -lt ${CALLS} ]; do ${command} > /dev/null; i=$((i + 1)); done`;

const begun = performance.now();
for (let i = 0; i < HOOKS; i++) execFileSync("/bin/sh", ["-c", ":"]);
const shell = (performance.now() - begun) / HOOKS;
const empty = await hook(":", "perl");
const floor = (await hook(calls("/bin/true"), "perl")) - empty;
console.log(`a shell that does nothing        ${shell.toFixed(1)} ms`);
console.log(`a hook that does nothing         ${empty.toFixed(1)} ms`);
console.log(`/bin/true in a hook              ${(floor / CALLS).toFixed(2)} ms a call`);
for (const client of ["perl", "node"] as const) {
  const cost = (await hook(calls("is-leader"), client)) - empty;
  console.log(`a hook tool by ${client}              ${(cost / CALLS).toFixed(2)} ms a call`);
}
rmSync(root, { recursive: true });
