import type { ConfigValues, SecretsContext } from "@orrery/charm";
import type { options } from "./options.ts";

/** The address that notifications are posted to, or why it cannot be had; neither where none is wanted. */
export interface Webhook {
  readonly url?: string;
  /** Holds no part of the address. */
  readonly fault?: string;
}

const ADDRESS = /^https?:\/\/[^\s@]+$/;

/** Reads the webhook's address: from the secret where one is named, which is for addresses that are credentials themselves. */
export function webhookOf(config: ConfigValues<typeof options>, secrets: SecretsContext): Webhook {
  const { "webhook-url": plain, "webhook-url-secret": uri } = config;
  if (uri === undefined) return plain === undefined ? {} : { url: plain };
  const found = secrets.get(uri);
  if (!found) return { fault: `webhook-url-secret names ${uri}, which is not granted` };
  const keys = Object.keys(found.content);
  const url = found.content[keys.length === 1 ? (keys[0] ?? "") : "url"]?.trim() ?? "";
  return ADDRESS.test(url)
    ? { url }
    : { fault: "webhook-url-secret holds no http or https address under the key url" };
}
