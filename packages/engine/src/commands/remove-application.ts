import type { Core } from "../core.ts";
import { livingApplication, sidesOf, unitsOf } from "../model/model.ts";
import { userSecrets } from "../secrets/find-secret.ts";
import type { RemoveApplicationCommand } from "./command.ts";
import type { Plan } from "./plan.ts";
import { readersOf } from "./readers.ts";
import { endOfRelation } from "./remove-relation.ts";

/** Plans the end of an application: relations first, then units; the rest goes when the model settles. @throws OrreryError `APPLICATION_UNKNOWN`. */
export function planRemoveApplication(core: Core, command: RemoveApplicationCommand): Plan {
  const application = livingApplication(core.db, command.application);
  const units = unitsOf(core.db, application.name);
  const own = new Set(units.map(({ name }) => name));
  const granted = userSecrets(core).filter(({ applications }) => applications.includes(application.name));
  return {
    changes: [
      ...sidesOf(core.db, application.name).flatMap(({ relation }) => endOfRelation(core, relation)),
      ...units.map((unit) => core.db.units.put(unit.name, { ...unit, life: "dying" as const })),
      // Whoever has the name next must not read what was granted to this one.
      ...granted.map((secret) =>
        core.db.secrets.put(secret.id, {
          ...secret,
          applications: secret.applications.filter((one) => one !== application.name),
        }),
      ),
      core.db.applications.put(application.name, { ...application, life: "dying" }),
    ],
    dirty: readersOf(core, application.name).filter((name) => !own.has(name)),
    result: {
      message: `removing ${application.name}${own.size === 0 ? "" : ` with ${[...own].join(", ")}`}`,
      details: { application: application.name, units: [...own] },
    },
  };
}
