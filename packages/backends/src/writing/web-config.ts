import type { FileOutcome } from "@orrery/charm";
import { yamlJson } from "./yaml-json.ts";

/** Where {@link webConfigFiles} puts the file that `--web.config.file` names. */
export const WEB_CONFIG = "web.json";

/**
 * Makes the files by which a Prometheus or an Alertmanager serves its web port over TLS; none without a certificate.
 *
 * Certificate and key are read again at each connection, so a renewal needs no restart; whether there is TLS at all is decided when the
 * program starts.
 *
 * @see prometheus/exporter-toolkit, `docs/web-configuration.md`: paths are relative to the file.
 */
export function webConfigFiles(
  identity: { readonly chain: string; readonly key: string } | undefined,
): Readonly<Record<string, FileOutcome>> {
  if (!identity) return {};
  const config = { tls_server_config: { cert_file: "tls/chain.pem", key_file: "tls/key.pem" } };
  return {
    [WEB_CONFIG]: { content: `${yamlJson(config, 1)}\n` },
    "tls/chain.pem": { content: identity.chain },
    "tls/key.pem": { content: identity.key, mode: "0600" },
  };
}
