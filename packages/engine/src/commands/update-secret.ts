import { secretUri } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import type { SecretRecord } from "../model/records.ts";
import { sameContent } from "../secrets/check-content.ts";
import { findUserSecret } from "../secrets/find-secret.ts";
import { readersOfSecret } from "../secrets/readable-secrets.ts";
import { expectFreeName, readContent } from "./add-secret.ts";
import type { UpdateSecretCommand } from "./command.ts";
import type { Plan } from "./plan.ts";

/**
 * Plans what a person's secret holds from now on, as a new revision; the same content makes none, as in Juju 3.6.
 *
 * @throws OrreryError `SECRET_UNKNOWN`, `SECRET_OWNED`, `SECRET_NAME_INVALID`, `SECRET_EXISTS`, `SECRET_CONTENT_INVALID`, `COMMAND_INVALID`.
 */
export function planUpdateSecret(core: Core, command: UpdateSecretCommand): Plan {
  const before = findUserSecret(core, command.secret);
  const { name = before.name, info = before.info } = command;
  if (command.content === undefined && command.name === undefined && command.info === undefined)
    throw new OrreryError("COMMAND_INVALID", `nothing is given that secret ${before.name} should change to`);
  if (name !== before.name) expectFreeName(core, name);
  const content = command.content === undefined ? before.content : readContent(command.content);
  const stands = sameContent(before.content, content);
  const secret: SecretRecord = {
    ...before,
    name,
    ...(info === undefined ? {} : { info }),
    revision: before.revision + (stands ? 0 : 1),
    content: stands ? before.content : content,
    updated: now(core),
  };
  return {
    changes: [core.db.secrets.put(secret.id, secret)],
    dirty: stands ? [] : readersOfSecret(core, secret),
    result: {
      message: `updated secret ${name}, now at revision ${secret.revision}`,
      details: { uri: secretUri(secret.id), name, revision: secret.revision },
    },
  };
}
