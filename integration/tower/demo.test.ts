import { expect, test } from "vitest";
import { demoWorld } from "../world/demo-world.ts";
import { processesBelow, World } from "../world/world.ts";

test(
  "the demo verifies itself, and a second run writes and builds nothing",
  { timeout: 600_000 },
  async () => {
    await using world = new World();
    const first = await world.try("demo", "--check");
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toContain("verified: all");
    expect(processesBelow(world.home)).toEqual([]);

    const second = await world.try("demo", "--check");
    expect(second).toMatchObject({ code: 0 });
    expect(second.stdout).toContain("0 programs made, 0 generated files written, 0 reloads");
    expect(processesBelow(world.home)).toEqual([]);
  },
);

test("Ctrl-C ends the demo and leaves no process", { timeout: 600_000 }, async () => {
  await using demo = await demoWorld();
  expect(processesBelow(demo.world.home).length).toBeGreaterThan(5);

  const ended = new Promise((resolve) => demo.process.once("exit", resolve));
  demo.process.kill("SIGINT");
  await ended;

  expect(processesBelow(demo.world.home)).toEqual([]);
});
