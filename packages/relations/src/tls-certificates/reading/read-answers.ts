import type { RelationView } from "@orrery/charm";
import { quote } from "@orrery/databag";
import type { Json } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Origin, Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import { readPem } from "../../x509/pem.ts";
import type { DeniedRequest, IssuedCertificate } from "../issued-certificate.ts";
import { certificates, requestErrors } from "../wire/bag-fields.ts";
import { wireCertificate, wireDenial } from "../wire/wire-entries.ts";
import type { OwnRequest } from "./read-issued.ts";
import { readIssued } from "./read-issued.ts";

/** What answers are held against. */
export interface AnswerScope {
  /** Requests of one's own, by the base64 of their DER. */
  readonly own: ReadonlyMap<string, OwnRequest>;
  /** Whether the application asks with one voice, so that an answer to anything else answers nothing. */
  readonly whole: boolean;
  readonly origin: Origin;
}

const LABELS = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];

/** Reads the certificates that answer requests of one's own; those of others pass by without being looked into. */
export function readCertificates(
  relation: RelationView,
  scope: AnswerScope,
): Decoded<readonly IssuedCertificate[]> {
  const list = certificates.read(relation.bags.remoteApplication, scope.origin);
  const problems: Problem[] = [...list.problems];
  const found = new Map<string, IssuedCertificate>();
  for (const [index, sent] of (list.value ?? []).entries()) {
    const origin = { ...scope.origin, item: certificates.key, index };
    const read = wireCertificate(sent, { origin });
    problems.push(...read.problems);
    if (!read.value) continue;
    const request = ownRequest(read.value.certificate_signing_request, scope);
    if (!request) {
      if (scope.whole && scope.own.size > 0) problems.push(unrequested(origin));
      continue;
    }
    if (found.has(request.csr)) {
      const message = "certificate answers a request that has one already; the first was taken";
      problems.push(problem("CERTIFICATE_INVALID", { message, origin, severity: "warning" }));
      continue;
    }
    const issued = readIssued(read.value, request, origin);
    problems.push(...issued.problems);
    if (issued.value) found.set(request.csr, issued.value);
  }
  return { value: [...found.values()], problems };
}

/** Reads which requests of one's own are denied; each is a problem, for there is no certificate. */
export function readDenials(relation: RelationView, scope: AnswerScope): Decoded<readonly DeniedRequest[]> {
  const list = requestErrors.read(relation.bags.remoteApplication, scope.origin);
  const problems: Problem[] = [...list.problems];
  const denied = (list.value ?? []).flatMap((sent, index) => {
    const origin = { ...scope.origin, item: requestErrors.key, index };
    const read = readDenial(sent, scope, origin);
    problems.push(...read.problems);
    return read.value ? [read.value] : [];
  });
  return { value: denied, problems };
}

function readDenial(sent: Json, scope: AnswerScope, origin: Origin): Decoded<DeniedRequest | undefined> {
  const { value: wire, problems } = wireDenial(sent, { origin });
  if (!wire) return { value: undefined, problems };
  const named = wire.csr ?? wire.certificate_signing_request;
  if (named === undefined) {
    const message = "a denial names no request, neither as csr nor as certificate_signing_request";
    return { value: undefined, problems: [problem("DATABAG_INVALID_FIELD", { message, origin })] };
  }
  const request = ownRequest(named, scope);
  if (!request) return { value: undefined, problems };
  const { code, name, message, reason, provider, endpoint } = wire.error;
  const told = `${origin.application ?? "the authority"} denies a certificate: ${code} ${quote(name, 100)}: ${quote(message, 500)}`;
  return {
    value: {
      csr: request.csr,
      code,
      name,
      message,
      ...(reason ? { reason } : {}),
      ...(provider ? { provider } : {}),
      ...(endpoint ? { endpoint } : {}),
    },
    problems: [problem("CERTIFICATE_DENIED", { message: told, origin })],
  };
}

function ownRequest(csr: string, scope: AnswerScope): OwnRequest | undefined {
  if (scope.own.size === 0) return undefined;
  const block = readPem(csr, LABELS);
  return "refused" in block ? undefined : scope.own.get(block.der.toString("base64"));
}

function unrequested(origin: Origin): Problem {
  const message = "certificate names a request that is not among those of this application";
  return problem("CERTIFICATE_UNREQUESTED", { message, origin, severity: "info" });
}
