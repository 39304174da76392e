import type { Authorization, Credential, ScrapeTls } from "@orrery/telemetry";
import { readSecretText } from "../wire/secret-text.ts";
import type { WireJob, WireTls } from "../wire/wire-job.ts";
import type { JobReport } from "./job-report.ts";

const PEM = /^\s*(-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const PRINTABLE = /^[ -~]+$/;

/** Takes the credentials of a job. Where a peer sends them in clear, that is reported, and never repeated in a message. */
export function readAuthorization(job: WireJob, report: JobReport): Authorization | undefined {
  const { basic_auth: basic, authorization } = job;
  if (basic !== undefined && authorization !== undefined) {
    report.refuse("SCRAPE_JOB_INVALID", "basic_auth and authorization are both given; one is allowed");
    return undefined;
  }
  if (basic !== undefined) {
    const { username = "", password = "" } = basic;
    if (!PRINTABLE.test(username) || username.includes(":") || !wellFormedSecret(password)) {
      report.refuse(
        "SCRAPE_JOB_INVALID",
        "basic_auth needs a username without colon and a password, both printable",
      );
      return undefined;
    }
    return { kind: "basic", username, password: credential(password, "basic_auth", report) };
  }
  if (authorization === undefined) return undefined;
  const { type = "Bearer", credentials = "" } = authorization;
  if (!TOKEN.test(type) || type.toLowerCase() === "basic" || !wellFormedSecret(credentials)) {
    report.refuse(
      "SCRAPE_JOB_INVALID",
      "authorization needs printable credentials and a type other than Basic",
    );
    return undefined;
  }
  return { kind: "bearer", type, credentials: credential(credentials, "authorization", report) };
}

/** Takes how a target is verified. PEM is read from `ca_file` and from `ca`: libraries differ; a path is never taken. */
export function readTls(tls: WireTls | undefined, report: JobReport): ScrapeTls | undefined {
  if (tls === undefined) return undefined;
  if (tls.ca !== undefined && tls.ca_file !== undefined && tls.ca !== tls.ca_file) {
    report.refuse("SCRAPE_JOB_INVALID", "tls_config gives both ca and ca_file; one is allowed");
    return undefined;
  }
  const ca = tls.ca ?? tls.ca_file;
  if (ca !== undefined && ca !== "" && !PEM.test(ca)) {
    const key = tls.ca === undefined ? "ca_file" : "ca";
    report.refuse(
      "SCRAPE_KEY_REFUSED",
      `tls_config.${key} holds no PEM certificates; file paths are never taken`,
    );
    return undefined;
  }
  return {
    ...(ca === undefined || ca === "" ? {} : { ca }),
    ...(tls.server_name === undefined || tls.server_name === "" ? {} : { serverName: tls.server_name }),
    ...(tls.insecure_skip_verify === undefined ? {} : { insecureSkipVerify: tls.insecure_skip_verify }),
  };
}

function wellFormedSecret(text: string): boolean {
  return PRINTABLE.test(text);
}

/** A reference to a secret, or what a peer sent in clear. */
function credential(text: string, key: string, report: JobReport): Credential {
  const reference = readSecretText(text);
  if (reference) return reference;
  report.warn("SCRAPE_INLINE_SECRET", `${key} holds credentials in clear text`);
  return { inline: text };
}
