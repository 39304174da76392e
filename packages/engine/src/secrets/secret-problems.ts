import { secretIdOf } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import { unitsOf } from "../model/model.ts";
import { mayRead } from "./readable-secrets.ts";

/** What keeps an application from reading the secrets that its options name. */
export function secretProblems(core: Core, application: string): readonly Problem[] {
  const options = core.charms.get(application)?.manifest.config ?? {};
  const config = core.db.applications.get(application)?.config ?? {};
  return Object.entries(config).flatMap(([name, value]) => {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    const id = option?.type === "secret" ? secretIdOf(String(value)) : undefined;
    if (id === undefined) return [];
    const secret = core.db.secrets.get(id);
    const origin = { application, item: name };
    if (!secret) {
      const message = `option ${name} of ${application} names secret:${id}, which is not in the model`;
      return [problem("SECRET_UNKNOWN", { message, origin })];
    }
    const units = unitsOf(core.db, application);
    if (units.every((unit) => mayRead(core, secret, unit))) return [];
    const message = `option ${name} of ${application} names secret ${secret.name}, which is not granted to it`;
    return [
      problem("SECRET_NOT_GRANTED", {
        message,
        origin,
        ...(secret.owner.kind === "model"
          ? { remedy: `\`orrery grant-secret ${secret.name} ${application}\`` }
          : {}),
      }),
    ];
  });
}
