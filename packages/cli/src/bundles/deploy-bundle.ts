import { resolve } from "node:path";
import { counted } from "@orrery/problems";
import type { Context } from "../context.ts";
import type { Format } from "../output/format.ts";
import { print } from "../output/format.ts";
import { carryOut, planBundle } from "./carry-out.ts";
import type { BundlePlace } from "./find-bundle.ts";
import { loadBundle } from "./find-bundle.ts";

/** How a bundle is deployed. */
export interface DeployBundleOptions {
  /** Files that are laid over it, one after another. */
  readonly overlay: readonly string[];
  /** Only show what would change. */
  readonly dryRun: boolean;
  readonly format: Format;
}

/**
 * Makes a model what a bundle says, as far as it is not so yet, telling each step; ends with 2 when a dry run finds changes.
 *
 * @throws OrreryError `BUNDLE_INVALID`, `BUNDLE_FOREIGN_APPLICATION` before anything is changed, or what a step was refused for.
 */
export async function deployBundle(
  context: Context,
  place: BundlePlace,
  { overlay, dryRun, format }: DeployBundleOptions,
): Promise<void> {
  const { terminal } = context;
  const bundle = await loadBundle(
    place,
    overlay.map((path) => resolve(terminal.folder, path)),
  );
  if (bundle.unused.length > 0) {
    terminal.tell(`Not used, as a model without machines has no such thing: ${bundle.unused.join(", ")}\n`);
  }
  const engine = await context.engine();
  const changes = await planBundle(engine, bundle);
  if (!dryRun) {
    if (changes.length > 0) terminal.tell("Executing changes:\n");
    await carryOut(engine, changes, ({ says }) => terminal.tell(`- ${says}\n`));
  }
  const value = { changes: changes.map(({ says, command }) => ({ change: says, ...command })), dryRun };
  await print(terminal, format, { value, render: () => summary(value.changes, dryRun) });
  if (dryRun && changes.length > 0) context.end(2);
}

function summary(changes: readonly { readonly change: string }[], dryRun: boolean): string {
  if (changes.length === 0) return "No changes to apply.\n";
  if (!dryRun) return `Deploy of bundle completed: ${counted(changes.length, "change")}.\n`;
  return `Changes to deploy bundle:\n${changes.map(({ change }) => `- ${change}\n`).join("")}`;
}
