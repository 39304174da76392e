import { secretUri } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { livingApplication } from "../model/model.ts";
import { findUserSecret } from "../secrets/find-secret.ts";
import { readersOfSecret } from "../secrets/readable-secrets.ts";
import type { GrantSecretCommand, RevokeSecretCommand } from "./command.ts";
import type { Plan } from "./plan.ts";

/**
 * Plans which applications may read a person's secret.
 *
 * @throws OrreryError `SECRET_UNKNOWN`, `SECRET_OWNED`, `APPLICATION_UNKNOWN`, `COMMAND_INVALID` when none is named.
 */
export function planGrantSecret(core: Core, command: GrantSecretCommand | RevokeSecretCommand): Plan {
  const before = findUserSecret(core, command.secret);
  const named = [...new Set(command.applications)];
  if (named.length === 0) throw new OrreryError("COMMAND_INVALID", `${command.command} names no application`);
  for (const application of named) livingApplication(core.db, application);
  const grants = command.command === "grant-secret";
  const kept = before.applications.filter((one) => !named.includes(one));
  const applications = [...kept, ...(grants ? named : [])].toSorted();
  const after = { ...before, applications };
  return {
    changes: [core.db.secrets.put(before.id, after)],
    // Whoever reads it sees with whom it is shared.
    dirty: [...new Set([before, after].flatMap((secret) => readersOfSecret(core, secret)))],
    result: {
      message: `${grants ? "granted" : "revoked"} secret ${before.name} ${grants ? "to" : "from"} ${named.join(", ")}`,
      details: { uri: secretUri(before.id), name: before.name, applications },
    },
  };
}
