import { X509Certificate } from "node:crypto";
import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { ScrapeJob } from "@orrery/telemetry";
import type { PrometheusCapabilities } from "../capabilities.ts";
import { resolveCredential } from "./resolve-credential.ts";
import type { AddSecretFile } from "./secret-file.ts";

/** What a job's credentials and TLS settings become: keys of its configuration, or nothing when the job cannot go out. */
export interface CompiledAuthorization {
  readonly keys: Readonly<Record<string, unknown>> | undefined;
  readonly problems: readonly Problem[];
}

/** Carries over credentials and certificates, by way of files of our own. */
export function compileAuthorization(
  job: ScrapeJob,
  add: AddSecretFile,
  { secret, trusted }: Pick<PrometheusCapabilities, "secret" | "trusted">,
): CompiledAuthorization {
  const { authorization, tls: wanted, origin } = job;
  if (wanted?.ca !== undefined && !holdsCertificate(wanted.ca)) {
    const message = `job ${job.name} gives no certificate that the server can load, so it is left out`;
    return { keys: undefined, problems: [problem("SCRAPE_JOB_REFUSED", { message, origin })] };
  }
  const tls = compileTls(job, add, trusted);
  if (!authorization) return { keys: tls, problems: [] };
  const credential = authorization.kind === "basic" ? authorization.password : authorization.credentials;
  // That one came as text was reported by the relation library that read it.
  const found = resolveCredential(credential, authorization.kind, secret ?? (() => undefined));
  if ("missing" in found) {
    const problems = [problem("SCRAPE_SECRET_UNAVAILABLE", { message: found.missing, origin: job.origin })];
    return { keys: undefined, problems };
  }
  const path = add(found.text, "credentials");
  const keys =
    authorization.kind === "basic"
      ? { basic_auth: { username: authorization.username, password_file: path } }
      : { authorization: { type: authorization.type, credentials_file: path } };
  return { keys: { ...keys, ...tls }, problems: [] };
}

/** The most that are looked at in one text. */
const MOST_CERTIFICATES = 50;
const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----/g;

/**
 * Whether the server can load a text of PEM: one certificate in it that is one is enough.
 *
 * On account of one job whose text holds none, Prometheus refuses the whole configuration, and everybody's with it.
 * @see Go, crypto/x509: `CertPool.AppendCertsFromPEM`.
 */
function holdsCertificate(text: string): boolean {
  return (text.match(BLOCK) ?? []).slice(0, MOST_CERTIFICATES).some((block) => {
    try {
      return new X509Certificate(block).raw.byteLength > 0;
    } catch {
      return false;
    }
  });
}

/** Inline `ca` is known to newer servers only, so the certificates go to a file too. */
function compileTls(
  { scheme, tls }: ScrapeJob,
  add: AddSecretFile,
  trusted: string | undefined,
): Readonly<Record<string, unknown>> {
  const ca = tls?.ca ?? (scheme === "https" ? trusted : undefined);
  if (!tls && ca === undefined) return {};
  return {
    tls_config: {
      ...(ca === undefined ? {} : { ca_file: add(ca, "ca") }),
      ...(tls?.serverName === undefined ? {} : { server_name: tls.serverName }),
      ...(tls?.insecureSkipVerify ? { insecure_skip_verify: true } : {}),
    },
  };
}
