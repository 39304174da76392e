import { OrreryError } from "@orrery/problems";
import type { Vault } from "./vault.ts";

const MARK = "sealed-in-memory:";

/**
 * A vault without a key: what it seals cannot be read at a glance, and anybody can open it.
 *
 * For tests, and for models that live in memory. The same text sealed for the same place gives the same bytes.
 */
export class MemoryVault implements Vault {
  seal(text: string, place: string): string {
    return MARK + Buffer.from(JSON.stringify([place, text]), "utf8").toString("base64");
  }

  open(sealed: string, place: string): string {
    if (!sealed.startsWith(MARK))
      throw new OrreryError("SECRETS_KEY_WRONG", "text was sealed by another vault");
    const found: unknown = JSON.parse(Buffer.from(sealed.slice(MARK.length), "base64").toString("utf8"));
    const [of, text] = Array.isArray(found) ? found : [];
    if (of === place && typeof text === "string") return text;
    throw new OrreryError("STORE_FAILED", `state of ${place} was sealed for ${String(of)}`);
  }
}
