import { createHash } from "node:crypto";

/**
 * Proposes addresses for a unit, best first: the same ones for the same data folder and unit.
 *
 * They lie in 127.0.0.0/8 but in none of 127.0.0.0/16 to 127.15.0.0/16, where machines keep addresses of their own
 * (127.0.0.1, 127.0.0.53, 127.0.1.1).
 */
export function* proposeAddresses(home: string, unit: string): Generator<string, never> {
  for (let attempt = 0; ; attempt += 1) {
    const digest = createHash("sha256")
      .update(JSON.stringify([home, unit, attempt]))
      .digest();
    const [a = 0, b = 0, c = 0] = digest;
    yield `127.${16 + (a % 239)}.${b}.${1 + (c % 254)}`;
  }
}
