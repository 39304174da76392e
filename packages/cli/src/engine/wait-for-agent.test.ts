import type { ModelStatus } from "@orrery/engine";
import { expect, test } from "vitest";
import { recordingTerminal } from "../terminal/recording-terminal.test-support.ts";
import { waitForAgent } from "./wait-for-agent.ts";

/** A model with one unit, as `status` shows it. */
function model(agent: string, message: string = ""): ModelStatus {
  return {
    model: { name: "m", type: "orrery", uuid: "u", "model-status": { current: "available" } },
    applications: {
      shop: {
        charm: "shop",
        "charm-name": "shop",
        life: "alive",
        "application-status": { current: "waiting" },
        endpoints: {},
        relations: {},
        units: {
          "shop/0": {
            "workload-status": { current: "waiting", message },
            "juju-status": { current: agent },
            "open-ports": [],
            ports: {},
          },
        },
      },
    },
    controller: { timestamp: "2026-01-01T00:00:00.000Z" },
  };
}

/** An engine whose status is one after the other of these, and then the last for ever. */
function engineOf(...states: readonly ModelStatus[]): { asked: number; status: () => Promise<ModelStatus> } {
  const engine = {
    asked: 0,
    status: () => {
      const state = states[Math.min(engine.asked, states.length - 1)] ?? model("idle");
      engine.asked += 1;
      return Promise.resolve(state);
    },
  };
  return engine;
}

test("waits through place and start, and tells each thing once", async () => {
  const terminal = recordingTerminal();
  const placing = model("allocating", "waiting for an address and programs");
  const engine = engineOf(placing, placing, model("executing"), model("idle"));
  await waitForAgent(engine, "shop/0", { terminal, timeoutMs: 10_000 });

  expect(engine.asked).toBe(4);
  expect(terminal.told()).toBe(
    "waiting for shop/0: an address and programs\nwaiting for shop/0: what its charm wants is being made true\n",
  );
});

test.for([
  { what: "a unit at rest", engine: engineOf(model("idle")), unit: "shop/0", timeoutMs: 10_000 },
  { what: "a unit that failed", engine: engineOf(model("error")), unit: "shop/0", timeoutMs: 10_000 },
  { what: "no such unit", engine: engineOf(model("executing")), unit: "shop/1", timeoutMs: 10_000 },
  { what: "no time", engine: engineOf(model("executing")), unit: "shop/0", timeoutMs: 0 },
])("does not wait for $what", async ({ engine, unit, timeoutMs }) => {
  const terminal = recordingTerminal();
  await waitForAgent(engine, unit, { terminal, timeoutMs });

  expect({ asked: engine.asked, told: terminal.told() }).toEqual({ asked: 1, told: "" });
});
