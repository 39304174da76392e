import { countsBetween } from "@orrery/engine";
import type { VerifyReport } from "@orrery/verify";
import { carryOut, planBundle } from "../bundles/carry-out.ts";
import type { Context } from "../context.ts";
import { bringUp } from "../engine/bring-up.ts";
import type { BroughtUp } from "../engine/bring-up.ts";
import { formatDuration } from "../output/duration.ts";
import { renderReport } from "../verification/render-report.ts";
import { tellProgress } from "../verification/tell-progress.ts";
import { verifyEngine } from "../verification/verify-engine.ts";
import { demoBundle } from "./demo-bundle.ts";
import { followUnits } from "./follow-units.ts";
import { getPrograms } from "./get-programs.ts";
import { renderCost } from "./render-cost.ts";
import { renderGuide } from "./render-guide.ts";

/** What the demo was asked for. */
export interface DemoOptions {
  /** End when everything was read back or the time is over, instead of staying. */
  readonly check: boolean;
  /** Milliseconds from the engine's start until everything must have been read back. */
  readonly timeoutMs: number;
}

/**
 * Makes the demo model, waits until all of it was read back, and stays until it is interrupted.
 *
 * However it ends, an engine that it started is ended with all that runs; one that was there before goes on.
 */
export async function runDemo(context: Context, options: DemoOptions): Promise<void> {
  const { terminal } = context;
  const signal = terminal.interrupted();
  const startedAt = performance.now();
  const { description = "" } = await demoBundle();
  terminal.tell(
    `${terminal.paintTold("bold", "Orrery demo")}: ${description}\nData folder: ${context.home()}\n`,
  );
  let engine: DemoEngine | undefined;
  try {
    heading(context, "Programs");
    const { made } = await getPrograms(terminal, signal);
    heading(context, "Engine");
    engine = await start(context);
    const report = await show(context, engine, options);
    if (!options.check) terminal.out(`\n${await guide(context, engine)}`);
    const counters = await engine.counted();
    terminal.out(`\n${renderCost({ counters, made, tookMs: performance.now() - startedAt })}`);
    if (options.check) return context.end(report.verdict === "verified" ? 0 : 2);
    terminal.tell(engine.ours ? "\nCtrl-C stops everything.\n" : "\nCtrl-C leaves the engine running.\n");
    await Promise.race([aborted(signal), engine.ended]);
  } catch (error) {
    if (!signal.aborted) throw error;
    terminal.tell("\nInterrupted.\n");
    if (options.check) context.end(2);
  } finally {
    await finish(context, engine);
  }
}

/** An engine with what it was asked to do since the demo began. */
interface DemoEngine extends BroughtUp {
  readonly counted: () => Promise<ReturnType<typeof countsBetween>>;
}

async function start(context: Context): Promise<DemoEngine> {
  const begun = performance.now();
  const engine = await bringUp(context.home());
  const { client, ours } = engine;
  const took = formatDuration(performance.now() - begun);
  context.terminal.tell(
    `  ${ours ? `started in ${took}` : "was running before; it is used, and goes on afterwards"}\n`,
  );
  // What an engine of ours did before it answered, such as taking over what runs, counts too.
  const before = ours ? undefined : await client.counters();
  return {
    ...engine,
    counted: async () => {
      const counters = await client.counters();
      return before ? countsBetween(before, counters) : counters;
    },
  };
}

async function show(
  context: Context,
  { client }: BroughtUp,
  { timeoutMs }: DemoOptions,
): Promise<VerifyReport> {
  const { terminal } = context;
  const signal = terminal.interrupted();
  const begun = performance.now();
  const left = (): number => Math.max(0, timeoutMs - (performance.now() - begun));
  heading(context, "Model");
  // What is there stays as it is, options too: a person may have changed them.
  const missing = (await planBundle(client, await demoBundle())).filter(
    ({ command }) => command.command === "deploy" || command.command === "integrate",
  );
  await carryOut(client, missing, ({ says }) => terminal.tell(`  ${says}\n`));
  if (missing.length === 0) terminal.tell("  is there from before; nothing to make\n");
  heading(context, "Units");
  await followUnits(client, { terminal, timeoutMs: left(), signal });
  heading(context, "Reading back");
  const report = await verifyEngine(client, {
    timeoutMs: left(),
    signal,
    onProgress: tellProgress(terminal, "  "),
  });
  terminal.out(`\n${renderReport(report, terminal.paint)}`);
  return report;
}

function heading({ terminal }: Context, text: string): void {
  terminal.tell(`\n${terminal.paintTold("bold", text)}\n`);
}

async function guide(context: Context, { client }: BroughtUp): Promise<string> {
  const { terminal, home, usualHome } = context;
  const command = terminal.environment["npm_config_user_agent"] === undefined ? "orrery" : "npx orrery";
  // From another terminal this engine must be found too.
  const typed = home() === usualHome() ? command : `${command} --home ${home()}`;
  return renderGuide(await client.status(), typed, terminal.paint);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  // A pending promise alone does not keep the process alive.
  const alive = setInterval(() => undefined, 60_000);
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  clearInterval(alive);
}

async function finish({ terminal }: Context, engine: BroughtUp | undefined): Promise<void> {
  if (!engine?.ours) return;
  const begun = performance.now();
  terminal.tell("\nStopping everything ...\n");
  await engine.stop();
  const took = formatDuration(performance.now() - begun);
  terminal.tell(`Stopped in ${took}; nothing is left running. The model is kept for the next time.\n`);
}
