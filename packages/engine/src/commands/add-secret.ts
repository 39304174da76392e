import { secretUri } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import type { SecretRecord } from "../model/records.ts";
import { contentFault } from "../secrets/check-content.ts";
import { userSecrets } from "../secrets/find-secret.ts";
import { newSecretId } from "../secrets/new-secret-id.ts";
import type { AddSecretCommand } from "./command.ts";
import type { Plan } from "./plan.ts";

const NAME = /^[a-zA-Z][a-zA-Z0-9]*(?:[-_.][a-zA-Z0-9]+)*$/;
const LONGEST_NAME = 100;

/** Plans a person's secret. @throws OrreryError `SECRET_NAME_INVALID`, `SECRET_EXISTS`, `SECRET_CONTENT_INVALID`. */
export function planAddSecret(core: Core, command: AddSecretCommand): Plan {
  expectFreeName(core, command.name);
  const at = now(core);
  const secret: SecretRecord = {
    id: newSecretId(core.around.random),
    name: command.name,
    owner: { kind: "model" },
    ...(command.info === undefined ? {} : { info: command.info }),
    revision: 1,
    content: readContent(command.content),
    applications: [],
    relations: [],
    created: at,
    updated: at,
  };
  return {
    changes: [core.db.secrets.put(secret.id, secret)],
    dirty: [],
    result: {
      message: `added secret ${secret.name} as ${secretUri(secret.id)}`,
      details: { uri: secretUri(secret.id), name: secret.name, revision: 1 },
    },
  };
}

/** Refuses a name that a person's secret cannot have. @throws OrreryError `SECRET_NAME_INVALID`, `SECRET_EXISTS`. */
export function expectFreeName(core: Core, name: string): void {
  if (!NAME.test(name) || name.length > LONGEST_NAME) {
    throw new OrreryError(
      "SECRET_NAME_INVALID",
      "secret's name is not of the allowed form: such as `api-token` or `db.password`, at most 100 characters",
    );
  }
  if (!userSecrets(core).some((secret) => secret.name === name)) return;
  throw new OrreryError("SECRET_EXISTS", `secret ${name} is in the model already`);
}

/** Reads what a secret should hold. @throws OrreryError `SECRET_CONTENT_INVALID`, which repeats no value. */
export function readContent(content: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const fault = contentFault(content);
  if (fault !== undefined) throw new OrreryError("SECRET_CONTENT_INVALID", `secret cannot be kept: ${fault}`);
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, String(value)]));
}
