import { countsBetween } from "@orrery/engine";
import type { VerifyReport } from "@orrery/verify";
import type { Context } from "../context.ts";
import { bringUp } from "../engine/bring-up.ts";
import type { BroughtUp } from "../engine/bring-up.ts";
import { formatDuration } from "../output/duration.ts";
import { renderReport } from "../verification/render-report.ts";
import { tellProgress } from "../verification/tell-progress.ts";
import { verifyEngine } from "../verification/verify-engine.ts";
import type { Bundle } from "./bundle.ts";
import { demoBundle } from "./bundle.ts";
import { followUnits } from "./follow-units.ts";
import { getPrograms } from "./get-programs.ts";
import { makeModel } from "./make-model.ts";
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
  const bundle = await demoBundle();
  terminal.tell(
    `${terminal.paintTold("bold", "Orrery demo")}: ${bundle.description}\nData folder: ${context.home()}\n`,
  );
  let engine: BroughtUp | undefined;
  try {
    heading(context, "Programs");
    const { made } = await getPrograms(terminal, signal);
    heading(context, "Engine");
    engine = await start(context);
    const report = await show(context, { ...options, engine, bundle, made });
    if (options.check) return context.end(report.verdict === "verified" ? 0 : 2);
    terminal.tell(stay(engine));
    await aborted(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    if (options.check) context.end(2);
  } finally {
    await finish(context, engine);
  }
}

async function start(context: Context): Promise<BroughtUp> {
  const begun = performance.now();
  const engine = await bringUp(context.home());
  const how = engine.ours
    ? `started in ${formatDuration(performance.now() - begun)}`
    : "was running before; it is used and goes on";
  context.terminal.tell(`  ${how}\n`);
  return engine;
}

interface Showing extends DemoOptions {
  readonly engine: BroughtUp;
  readonly bundle: Bundle;
  readonly made: readonly string[];
}

async function show(
  context: Context,
  { engine, bundle, made, timeoutMs, check }: Showing,
): Promise<VerifyReport> {
  const { terminal } = context;
  const { client, ours } = engine;
  const signal = terminal.interrupted();
  const begun = performance.now();
  const left = (): number => Math.max(0, timeoutMs - (performance.now() - begun));
  // What an engine of ours did before it answered, such as taking over what runs, counts too.
  const before = ours ? undefined : await client.counters();
  heading(context, "Model");
  const { deployed, related } = await makeModel(client, bundle);
  for (const name of deployed) terminal.tell(`  deployed ${name}\n`);
  for (const pair of related) terminal.tell(`  related ${pair}\n`);
  if (deployed.length + related.length === 0) terminal.tell("  is there from before; nothing to make\n");
  heading(context, "Units");
  await followUnits(client, { terminal, timeoutMs: left(), signal });
  heading(context, "Reading back");
  const report = await verifyEngine(client, {
    timeoutMs: left(),
    signal,
    onProgress: tellProgress(terminal, "  "),
  });
  const counters = await client.counters();
  terminal.out(`\n${renderReport(report, terminal.paint)}`);
  if (!check)
    terminal.out(`\n${renderGuide(await client.status(), { command: typed(context) }, terminal.paint)}`);
  terminal.out(`\n${renderCost(before ? countsBetween(before, counters) : counters, made)}`);
  return report;
}

function heading({ terminal }: Context, text: string): void {
  terminal.tell(`\n${terminal.paintTold("bold", text)}\n`);
}

/** How a person has to type the command to reach this engine from another terminal. */
function typed({ terminal, home, usualHome }: Context): string {
  const command = terminal.environment["npm_config_user_agent"] === undefined ? "orrery" : "npx orrery";
  return home() === usualHome() ? command : `${command} --home ${home()}`;
}

function stay({ ours }: BroughtUp): string {
  return ours
    ? "\nCtrl-C stops everything.\n"
    : "\nCtrl-C leaves this page; the engine goes on until `orrery down`.\n";
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
  terminal.tell(
    `Stopped in ${formatDuration(performance.now() - begun)}; nothing runs any more. The model is kept.\n`,
  );
}
