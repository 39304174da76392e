import type { Problem } from "@orrery/problems";
import { isOrreryError, problem } from "@orrery/problems";
import type { ConfigValue } from "../view/view.ts";
import type { Manifest } from "./manifest.ts";
import { parseConfigValue, withDefaults } from "./parse-config.ts";

/** The values that a unit sees, and which of those that were set do not fit the charm; the defaults stand for these. */
export function effectiveConfig(
  manifest: Manifest,
  stored: Readonly<Record<string, ConfigValue>>,
): { readonly values: Readonly<Record<string, ConfigValue>>; readonly problems: readonly Problem[] } {
  const fitting: [string, ConfigValue][] = [];
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(stored)) {
    const option = Object.hasOwn(manifest.config, name) ? manifest.config[name] : undefined;
    if (!option) {
      problems.push(leftOut(name, `option ${name} is set but charm ${manifest.name} no longer has it`));
      continue;
    }
    try {
      fitting.push([name, parseConfigValue(name, option, value)]);
    } catch (cause) {
      if (!isOrreryError(cause)) throw cause;
      problems.push(leftOut(name, cause.message));
    }
  }
  return { values: withDefaults(manifest.config, Object.fromEntries(fitting)), problems };
}

function leftOut(item: string, message: string): Problem {
  return problem("CONFIG_LEFT_OUT", { message, severity: "warning", origin: { item } });
}
