import type { ModelStatus } from "@orrery/engine";
import { OrreryError } from "@orrery/problems";
import { expect, test } from "vitest";
import { LastStatus } from "./last-status.ts";

function at(timestamp: string): ModelStatus {
  const model = { name: "m", type: "orrery", uuid: "u", "model-status": { current: "available" } } as const;
  return { model, applications: {}, relations: [], controller: { timestamp } };
}

/** One who answers as long as there are answers, and then never again. */
function silentAfter(...answers: readonly ModelStatus[]): LastStatus {
  const left = [...answers];
  const ask = async (): Promise<ModelStatus> => left.shift() ?? (await new Promise(() => undefined));
  return new LastStatus({ ask, doing: () => "a charm loops", patienceMs: 20 });
}

test("gives the present status where it comes in time", async () => {
  expect(await silentAfter(at("10:00")).read()).toEqual(at("10:00"));
});

test("gives the last one that it saw, marked as such, when nobody answers", async () => {
  const status = silentAfter(at("10:00"), at("10:01"));
  await status.read();
  status.note();

  expect(await status.read()).toEqual({
    ...at("10:01"),
    model: {
      ...at("").model,
      "model-status": {
        current: "busy",
        message: "the engine does not answer, a charm loops; so it was at 10:01",
      },
    },
  });
});

test("hands on why there is none", async () => {
  const status = new LastStatus({
    ask: () => Promise.reject(new OrreryError("ENGINE_BUSY", "it is being ended")),
    doing: () => "",
  });

  await expect(status.read()).rejects.toMatchObject({ code: "ENGINE_BUSY" });
});
