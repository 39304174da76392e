import { OrreryError } from "@orrery/problems";
import type { RunnableCharm } from "../charm-source/charm-source.ts";
import type { Core } from "../core.ts";
import { livingApplication, unitsOf } from "../model/model.ts";
import { optionOf } from "./charm-of.ts";
import type { ConfigCommand } from "./command.ts";
import { readConfig } from "./deploy.ts";
import { grantsToDo, nameSecrets } from "./name-secrets.ts";
import type { Plan } from "./plan.ts";
import { readersOf } from "./readers.ts";

/** Plans new values of options. @throws OrreryError `CONFIG_UNKNOWN_OPTION`, `CONFIG_INVALID_VALUE`, `COMMAND_INVALID`. */
export function planConfigure(core: Core, command: ConfigCommand, charm: RunnableCharm): Plan {
  const application = livingApplication(core.db, command.application);
  const { manifest } = charm;
  const options = { application: application.name, manifest };
  const set = readConfig(
    application.name,
    manifest,
    nameSecrets(core, { ...options, given: command.set ?? {} }),
  );
  const reset = new Set(command.reset);
  for (const name of reset) {
    optionOf(application.name, manifest, name);
    if (Object.hasOwn(set, name))
      throw new OrreryError("COMMAND_INVALID", `option ${name} is both set and reset`);
  }
  const wanted = { ...application.config, ...set };
  const names = Object.keys(wanted)
    .filter((name) => !reset.has(name))
    .toSorted();
  const config = Object.fromEntries(
    names.flatMap((name) => (wanted[name] === undefined ? [] : [[name, wanted[name]]])),
  );
  const changed = [...new Set([...Object.keys(set), ...reset])].toSorted();
  const granting = changed.some((name) => {
    const option = manifest.config[name];
    return option?.type === "string" && option.grants === true;
  });
  return {
    changes: [core.db.applications.put(application.name, { ...application, config })],
    // What the operator grants is seen by those who are related, everything else by the application alone.
    dirty: granting
      ? readersOf(core, application.name)
      : unitsOf(core.db, application.name).map(({ name }) => name),
    result: {
      message:
        changed.length === 0
          ? `nothing to change in ${application.name}`
          : `set ${changed.join(", ")} of ${application.name}${grantsToDo(core, { ...options, given: set })}`,
      details: { application: application.name, set, reset: [...reset].toSorted() },
    },
  };
}
