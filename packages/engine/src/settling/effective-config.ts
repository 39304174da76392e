import type { ConfigValue, Manifest } from "@orrery/charm";
import { parseConfigValue, withDefaults } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { isOrreryError, problem } from "@orrery/problems";

/** The values that a unit sees, and which stored ones no longer fit the charm. */
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
