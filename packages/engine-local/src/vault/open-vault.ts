import { randomBytes } from "node:crypto";
import type { Row, Vault } from "@orrery/engine";
import { sealingVault } from "./sealing-vault.ts";
import { secretsKey } from "./secrets-key.ts";

/**
 * Opens the vault that seals a store with these rows, with the key that lies beside it.
 *
 * @throws OrreryError `SECRETS_KEY_MISSING`, `SECRETS_KEY_WRONG`, `HOME_UNUSABLE`; nothing was changed then.
 */
export function openVault(rows: readonly Row[], path: string): Vault {
  // Rows are JSON, and what is sealed never looks like it.
  const sealed = rows.some(({ value }) => !value.startsWith("{"));
  return sealingVault(secretsKey({ path, sealed, random: randomBytes }), randomBytes);
}
