import type { EngineClient } from "@orrery/engine-local/client";
import type { Bundle } from "./bundle.ts";
import type { BundleChange } from "./bundle-changes.ts";
import { bundleChanges } from "./bundle-changes.ts";

/** The engine that a bundle is deployed to. */
export type BundleTarget = Pick<EngineClient, "command" | "config" | "status">;

/** Finds what a bundle would change in a model. @throws OrreryError as {@link bundleChanges} does. */
export async function planBundle(engine: BundleTarget, bundle: Bundle): Promise<readonly BundleChange[]> {
  const status = await engine.status({ relations: true });
  const there = Object.keys(bundle.applications).filter((name) => Object.hasOwn(status.applications, name));
  const config = await Promise.all(there.map(async (name) => [name, await engine.config(name)] as const));
  return bundleChanges(bundle, { status, config: Object.fromEntries(config) });
}

/**
 * Makes changes one after another; what was made stays when one fails, and the next run goes on from there.
 *
 * @param onChange - Told each before it is made.
 */
export async function carryOut(
  engine: BundleTarget,
  changes: readonly BundleChange[],
  onChange: (change: BundleChange) => void,
): Promise<void> {
  for (const change of changes) {
    onChange(change);
    await engine.command(change.command);
  }
}
