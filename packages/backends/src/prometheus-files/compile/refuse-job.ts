import { X509Certificate } from "node:crypto";
import { checkRegexp } from "@orrery/query";
import type { Relabeling, ScrapeJob } from "@orrery/telemetry";

/**
 * Says why a job would have the server refuse its whole configuration, or cannot be carried to it; nothing when it can.
 *
 * No checker of that server's is at hand, so everything that is not ours is held to its rules here.
 *
 * @see Prometheus 3.16, `model/relabel`, Validate.
 */
export function refuseJob(job: ScrapeJob, carries: "jobs" | "targets"): string | undefined {
  if (job.authorization) return "needs a credential, which a server that we do not run cannot be given";
  if (carries === "targets") {
    const needs = [
      job.tls === undefined ? "" : "TLS settings",
      (job.relabelings ?? []).length + (job.metricRelabelings ?? []).length === 0 ? "" : "relabelling",
      Object.values(job.params ?? {}).every(({ length }) => length < 2)
        ? ""
        : "a parameter with several values",
    ].filter((one) => one !== "");
    if (needs.length > 0) return `needs ${needs.join(" and ")}, which target files cannot carry`;
  }
  for (const step of [...(job.relabelings ?? []), ...(job.metricRelabelings ?? [])]) {
    const fault = faultOf(step);
    if (fault !== undefined) return `has a relabelling step with ${fault}`;
  }
  const { ca, serverName } = job.tls ?? {};
  if (ca !== undefined && !isPem(ca)) return "has a certificate that does not read";
  if (serverName !== undefined && !/^[\w.:-]{1,253}$/.test(serverName))
    return "has a server name that is none";
  return undefined;
}

const PLAIN_LABEL = /^[A-Za-z_]\w*$/;

function faultOf(step: Relabeling): string | undefined {
  const { action = "replace", regex, modulus, targetLabel = "", replacement, separator, sourceLabels } = step;
  if (regex !== undefined) {
    const read = checkRegexp(regex);
    if (!read.ok) return `an expression that does not read: ${read.reason}`;
  }
  if (modulus !== undefined && !(Number.isSafeInteger(modulus) && modulus > 0))
    return `the modulus ${modulus}`;
  const extra = (names: readonly (readonly [string, unknown])[]): string | undefined => {
    const [name] = names.find(([, value]) => value !== undefined) ?? [];
    return name === undefined ? undefined : `${name}, which ${action} does not take`;
  };
  const number = ["modulus", modulus] as const;
  switch (action) {
    case "hashmod":
      return modulus === undefined ? "no modulus" : undefined;
    case "lowercase":
    case "uppercase":
      return extra([["replacement", replacement]]);
    case "keepequal":
    case "dropequal":
      if (!PLAIN_LABEL.test(targetLabel)) return "no target label";
      return extra([["regex", regex], number, ["separator", separator], ["replacement", replacement]]);
    case "labeldrop":
    case "labelkeep":
      return extra([
        ["source labels", sourceLabels],
        ["target label", step.targetLabel],
        number,
        ["separator", separator],
        ["replacement", replacement],
      ]);
    default:
      return undefined;
  }
}

function isPem(text: string): boolean {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.length > 0 && blocks.every((block) => new X509Certificate(block).raw.length > 0);
  } catch {
    return false;
  }
}
