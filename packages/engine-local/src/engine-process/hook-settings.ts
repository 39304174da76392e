import { randomBytes } from "node:crypto";
import type { HookSettings } from "@orrery/foreign-charms";
import { bootOf } from "../home/boot.ts";
import type { EngineHome } from "../home/engine-home.ts";
import { UnitFolder } from "../substrate/unit-folder.ts";
import { charmEnvironment } from "./charm-environment.ts";

/** How charms that live by hooks are run on a data folder. */
export function hookSettings(
  home: EngineHome,
  { deadlineMs, log, vault }: Pick<HookSettings, "deadlineMs" | "log" | "vault">,
): HookSettings {
  return {
    unitFolder: (unit) => new UnitFolder(home.units, unit).path,
    toolsFolder: home.hookTools,
    path: charmEnvironment(process.env)["PATH"] ?? "",
    deadlineMs,
    boot: bootOf(home),
    log,
    vault,
    now: Date.now,
    random: (bytes) => randomBytes(bytes),
  };
}
