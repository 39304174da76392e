import { closeSync, fsyncSync, mkdtempSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { countsBetween } from "@orrery/engine";
import type { EngineCounters } from "@orrery/engine";
import { runEngine } from "../src/index.ts";

// What one change of one contributor costs among others, on a real Prometheus: exact counts, and the time from the
// command until the model rests against the floor of one atomic replace of a file in the same run.
const CONTRIBUTORS = 20;
const folder = mkdtempSync(join(tmpdir(), "orrery-bench-"));
await using engine = await runEngine({ home: join(folder, "home") });
const { client } = engine;

const DECLARATION = `product: peer
owner: bench
metrics:
  - port: 1
rules:
  peer.yaml: |
    groups:
      - name: peer
        rules:
          - alert: PeerSlow
            expr: rate(peer_seconds_total[5m]) > %%threshold%%
            parameters:
              threshold: { type: number, default: 1 }
`;

/** Waits until nothing has been counted for two seconds, and gives when the last thing was. */
async function rest(): Promise<{ counters: EngineCounters; at: number }> {
  let last = JSON.stringify(await client.counters());
  let at = performance.now();
  while (performance.now() - at < 2000) {
    await sleep(20);
    const now = JSON.stringify(await client.counters());
    if (now !== last) at = performance.now();
    last = now;
  }
  return { counters: JSON.parse(last) as EngineCounters, at };
}

/** Microseconds of one atomic replace: write, fsync, rename, fsync of the folder. */
function floor(): number {
  const rounds = 200;
  const begun = performance.now();
  for (let i = 0; i < rounds; i++) {
    const next = openSync(join(folder, "floor.next"), "w");
    writeFileSync(next, "x".repeat(4096));
    fsyncSync(next);
    closeSync(next);
    renameSync(join(folder, "floor.next"), join(folder, "floor"));
    const dir = openSync(folder, "r");
    fsyncSync(dir);
    closeSync(dir);
  }
  return (performance.now() - begun) / rounds;
}

await client.command({ command: "deploy", charm: "prometheus", config: { "scrape-interval": "1m" } });
const path = join(folder, "telemetry.yaml");
writeFileSync(path, DECLARATION);
for (let i = 0; i < CONTRIBUTORS; i++) {
  const application = `peer${String.fromCharCode(97 + i)}`;
  await client.command({
    command: "deploy",
    charm: path,
    application,
    config: { targets: `127.9.9.${i + 1}:9000` },
  });
  await client.command({ command: "integrate", a: application, b: "prometheus" });
}
// The first generation: everything at once, as soon as the programs are there.
while ((await client.counters()).filesWritten === 0) await sleep(100);
const first = await rest();
console.log(`${CONTRIBUTORS} contributors, first time: ${tell(first.counters)}`);

const floorMs = floor();
await change("one target changed", "peera", { targets: "127.9.9.99:9000" });
await change("one rule's parameter changed", "peera", { "peer-slow-threshold": 2 });
await change("the same value again", "peera", { "peer-slow-threshold": 2 });
await engine.stop();
rmSync(folder, { recursive: true, force: true });

async function change(
  what: string,
  application: string,
  set: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { counters: before } = await rest();
  const begun = performance.now();
  await client.command({ command: "config", application, set });
  const { counters, at } = await rest();
  const cost = countsBetween(before, counters);
  const took = Math.max(0, at - begun);
  console.log(
    `${what}: ${tell(cost)}; at rest after ${took.toFixed(0)} ms, ${(took / floorMs).toFixed(0)} atomic replaces`,
  );
}

function tell(cost: EngineCounters): string {
  const { reconciles, decodes, filesWritten, bytesWritten, filesChecked, reloads, restarts } = cost;
  return `${reconciles} reconciles, ${decodes} decodes, ${filesWritten} files (${bytesWritten} bytes), ${filesChecked} checked, ${reloads} reloads, ${restarts} restarts`;
}
