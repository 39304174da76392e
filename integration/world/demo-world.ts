import type { ChildProcess } from "node:child_process";
import { until, World } from "./world.ts";

/** The demo model, up and verified, as `npm start` makes it. */
export interface DemoWorld extends AsyncDisposable {
  readonly world: World;
  /** What the demo has printed so far. */
  readonly output: () => string;
  readonly process: ChildProcess;
}

/** Starts the demo as `npm start` does and waits until it says that everything was read back. */
export async function demoWorld(): Promise<DemoWorld> {
  const world = new World();
  const process = world.start("demo");
  let output = "";
  process.stdout?.on("data", (chunk) => (output += String(chunk)));
  process.stderr?.on("data", (chunk) => (output += String(chunk)));
  const demo: DemoWorld = {
    world,
    output: () => output,
    process,
    async [Symbol.asyncDispose]() {
      if (process.exitCode === null && process.signalCode === null) {
        const ended = new Promise((resolve) => process.once("exit", resolve));
        process.kill("SIGINT");
        await ended;
      }
      await world[Symbol.asyncDispose]();
    },
  };
  try {
    await until(
      "the demo verified",
      async () => {
        if (process.exitCode !== null) throw new Error(`the demo ended with ${process.exitCode}`);
        return (await world.try("verify")).code === 0;
      },
      590_000,
    );
  } catch (error) {
    await demo[Symbol.asyncDispose]();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${output}`, { cause: error });
  }
  return demo;
}
