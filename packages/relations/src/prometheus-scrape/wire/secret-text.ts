import { isSecretKey, secretIdOf } from "@orrery/charm";
import type { SecretReference } from "@orrery/telemetry";

/**
 * Writes a reference to a secret as the text that stands where a bag holds credentials: its URI, and `#key` where a key is meant.
 *
 * A scraper that does not know it sends the text as it is and is refused: nothing leaks, and its target is down.
 */
export function writeSecretText({ secret, key }: SecretReference): string {
  return key === undefined ? secret : `${secret}#${key}`;
}

/** Reads what {@link writeSecretText} wrote; undefined for any other text, which then is a credential in clear. */
export function readSecretText(text: string): SecretReference | undefined {
  const [secret = "", key, ...more] = text.split("#");
  if (secretIdOf(secret) === undefined || more.length > 0) return undefined;
  if (key === undefined) return { secret };
  return isSecretKey(key) ? { secret, key } : undefined;
}
