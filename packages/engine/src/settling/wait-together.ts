import type { Core } from "../core.ts";

/**
 * Waits until all of this work has ended, until somebody rings, or until the host's patience is over: one unit that takes
 * its time keeps nobody else waiting, and what is not done by then goes on beside.
 */
export async function waitTogether(core: Core, work: readonly Promise<void>[]): Promise<void> {
  if (work.length === 0) return;
  const patience = core.around.patience?.();
  await core.alarm.wait([Promise.all(work), ...(patience ? [patience] : [])]);
}
