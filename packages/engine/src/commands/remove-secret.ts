import { secretUri } from "@orrery/charm";
import type { Core } from "../core.ts";
import { findUserSecret } from "../secrets/find-secret.ts";
import { readersOfSecret } from "../secrets/readable-secrets.ts";
import type { RemoveSecretCommand } from "./command.ts";
import type { Plan } from "./plan.ts";

/** Plans the end of a person's secret; options may still name it. @throws OrreryError `SECRET_UNKNOWN`, `SECRET_OWNED`. */
export function planRemoveSecret(core: Core, command: RemoveSecretCommand): Plan {
  const secret = findUserSecret(core, command.secret);
  return {
    changes: [core.db.secrets.drop(secret.id)],
    dirty: readersOfSecret(core, secret),
    result: {
      message: `removed secret ${secret.name}`,
      details: { uri: secretUri(secret.id), name: secret.name },
    },
  };
}
