import type { Bag, RelationView } from "@orrery/charm";
import type { Json } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Origin, Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import type { CertificateRequest } from "../certificate-request.ts";
import { signingRequests } from "../wire/bag-fields.ts";
import { wireRequest } from "../wire/wire-entries.ts";
import { readCsr } from "./read-csr.ts";

/** The most requests of one relation that are looked into: each costs about a millisecond, for its signature is checked. */
const MAX_REQUESTS = 300;

/**
 * Reads the requests of a relation: those of its units, in their order, then those of the application. Each is judged by itself; past
 * 300 they are left out and told.
 */
export function readRequests(relation: RelationView): Decoded<readonly CertificateRequest[]> {
  const { application, endpoint, id, bags } = relation;
  const origin = { application, endpoint, relation: id };
  const senders: readonly { readonly bag: Bag; readonly origin: Origin }[] = [
    ...relation.units.map((unit) => ({ bag: bags.remoteUnits[unit] ?? {}, origin: { ...origin, unit } })),
    { bag: bags.remoteApplication, origin },
  ];
  const problems: Problem[] = [];
  const all = senders.flatMap((sender) => {
    const list = signingRequests.read(sender.bag, sender.origin);
    problems.push(...list.problems);
    const about = { ...sender.origin, item: signingRequests.key };
    return (list.value ?? []).map((sent, index) => ({ sent, origin: { ...about, index } }));
  });
  if (all.length > MAX_REQUESTS) {
    const message = `${all.length} certificate signing requests were sent; only the first ${MAX_REQUESTS} are looked into`;
    problems.push(problem("RELATION_INVALID_VALUE", { message, origin }));
  }
  const found = new Map<string, CertificateRequest>();
  for (const { sent, origin: about } of all.slice(0, MAX_REQUESTS)) {
    const read = readRequest(sent, about);
    problems.push(...read.problems);
    if (!read.value) continue;
    const { identity, request } = read.value;
    const unit = "unit" in about ? { unit: about.unit } : {};
    if (found.has(identity)) problems.push(refused("was sent before; the first was taken", about, "warning"));
    else found.set(identity, { ...request, application, ...unit });
  }
  return { value: [...found.values()], problems };
}

function readRequest(
  sent: Json,
  origin: Origin,
): Decoded<
  { readonly identity: string; readonly request: Omit<CertificateRequest, "application"> } | undefined
> {
  const { value: wire, problems } = wireRequest(sent, { origin });
  if (!wire) return { value: undefined, problems };
  const read = readCsr(wire.certificate_signing_request);
  if ("refused" in read) return { value: undefined, problems: [refused(read.refused, origin)] };
  const { identity, pem: csr, subject, names, key } = read;
  const publicKey = key.export({ type: "spki", format: "pem" }).toString().trim();
  return { value: { identity, request: { csr, ca: wire.ca ?? false, subject, names, publicKey } }, problems };
}

function refused(why: string, origin: Origin, severity: Problem["severity"] = "error"): Problem {
  return problem("CERTIFICATE_REQUEST_INVALID", {
    message: `certificate signing request ${why}`,
    origin,
    severity,
  });
}
