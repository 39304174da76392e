import { randomBytes } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { readIfThere, writeAtomically } from "../disk/write-atomically.ts";
import type { EngineHome } from "./engine-home.ts";

/**
 * A text that stays the same for as long as what was started may still run: until the machine starts again, or everything is ended
 * with `orrery down`.
 *
 * @see random(4), /proc/sys/kernel/random/boot_id.
 */
export function bootOf(home: Pick<EngineHome, "boot">): string {
  const found = readIfThere(home.boot);
  const own = found ?? randomBytes(16).toString("hex");
  if (found === undefined) writeAtomically(home.boot, own, 0o600);
  return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${own}`;
}

/** Everything was ended: what is started from now on is another time. */
export function endBoot(home: Pick<EngineHome, "boot">): void {
  rmSync(home.boot, { force: true });
}
