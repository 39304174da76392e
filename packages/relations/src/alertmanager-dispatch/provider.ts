import type { Endpoint } from "@orrery/charm";
import { plainField } from "@orrery/databag";

/** Where this unit takes alerts. */
export interface DispatchProvided {
  /** Base URL with path, as other units reach it: `http://127.3.0.1:9093`. */
  readonly url: string;
}

const url = plainField("url");
const publicAddress = plainField("public_address");
const scheme = plainField("scheme");

/**
 * The Alertmanager's side: each unit publishes its own URL.
 *
 * Writes version 1 and what version 0 reads. @see canonical/alertmanager-k8s-operator, `alertmanager_dispatch` v1, patch 2.
 */
export function provider(
  options: { readonly optional?: boolean; readonly description?: string } = {},
): Endpoint<null, DispatchProvided> {
  return {
    ...options,
    role: "provides",
    interface: "alertmanager_dispatch",
    decode: () => ({ value: null, problems: [] }),
    encode: (value) => {
      const [kind = "http", rest = ""] = value.url.split("://");
      return { unit: { ...url.write(value.url), ...publicAddress.write(rest), ...scheme.write(kind) } };
    },
  };
}
