import type { BagWrites, Endpoint, RelationView, Self } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import { atMost } from "../reporting/at-most.ts";
import { publishablePem } from "../x509/publishable-pem.ts";
import type { DeniedRequest, IssuedCertificate, ProviderCapabilities } from "./issued-certificate.ts";
import { readCertificates, readDenials } from "./reading/read-answers.ts";
import { readCsr } from "./reading/read-csr.ts";
import type { OwnRequest } from "./reading/read-issued.ts";
import { capabilities, signingRequests } from "./wire/bag-fields.ts";
import { decodeCapabilities } from "./wire/capabilities.ts";
import { wireRequest } from "./wire/wire-entries.ts";

/** How {@link requirer} asks. */
export interface RequirerOptions {
  /** `unit` when absent: each unit asks for itself. `app`: the leader asks for the application, and it alone sees the answer. */
  readonly mode?: "unit" | "app";
  readonly limit?: number;
  readonly optional?: boolean;
  readonly description?: string;
}

/** What a unit, or its application, asks for. */
export interface CertificatesWanted {
  readonly requests: readonly {
    /** PKCS #10 in PEM. */
    readonly csr: string;
    /** Whether the certificate is to issue others; `false` when absent. */
    readonly ca?: boolean;
  }[];
}

/** What was answered to requests of one's own, in the provider's order. */
export interface CertificatesReceived {
  readonly certificates: readonly IssuedCertificate[];
  readonly denied: readonly DeniedRequest[];
  /** Absent until the provider says something. */
  readonly capabilities?: ProviderCapabilities;
}

/**
 * The side that asks for certificates: publishes signing requests, and reads what answers them.
 *
 * Answers to others' requests pass by. A certificate that cannot be read, or has another key or purpose than its request, is left out
 * and reported; one that has expired is not, since a library has no clock. A request is withdrawn by no longer publishing it.
 * Publishing throws OrreryError `CERTIFICATE_NOT_PUBLISHED` for what is no request in PEM.
 *
 * Wire-compatible with `TLSCertificatesRequiresV4`, and with providers of versions 2 and 3 in unit mode.
 *
 * @see charmlibs-interfaces-tls-certificates 1.12, interface `tls-certificates` v1.
 */
export function requirer(options: RequirerOptions = {}): Endpoint<CertificatesReceived, CertificatesWanted> {
  const { mode = "unit", ...told } = options;
  return {
    ...told,
    role: "requires",
    interface: "tls-certificates",
    decode: (relation) => decode(relation, mode),
    encode: (value, _relation, self) => encode(value, self, mode),
  };
}

function encode({ requests }: CertificatesWanted, self: Self, mode: "unit" | "app"): BagWrites {
  if (mode === "app" && !self.leader) return {};
  const list = requests.map(({ csr, ca = false }) => ({
    certificate_signing_request: publishablePem(csr, "CERTIFICATE REQUEST"),
    ca,
  }));
  // Peers leave the key out where nothing is asked for.
  const bag = signingRequests.write(list.length === 0 ? undefined : list);
  return mode === "app" ? { application: bag } : { unit: bag };
}

function decode(relation: RelationView, mode: "unit" | "app"): Decoded<CertificatesReceived> {
  const origin = { application: relation.application, endpoint: relation.endpoint, relation: relation.id };
  const own = ownRequests(relation, mode);
  const scope = { own: own.value, whole: mode === "app", origin };
  const issued = readCertificates(relation, scope);
  const denied = readDenials(relation, scope);
  const able = capabilities.read(relation.bags.remoteApplication, origin);
  const problems = [own, issued, denied, able].flatMap((part) => part.problems);
  return {
    value: {
      certificates: issued.value,
      denied: denied.value,
      ...(able.value ? { capabilities: decodeCapabilities(able.value) } : {}),
    },
    problems: atMost(problems, origin),
  };
}

/** What this side has asked for, read back from its own bag, by the base64 of each request's DER. */
function ownRequests(relation: RelationView, mode: "unit" | "app"): Decoded<ReadonlyMap<string, OwnRequest>> {
  const { localUnit, localApplication } = relation.bags;
  const origin = { endpoint: relation.endpoint, relation: relation.id };
  const list = signingRequests.read(mode === "app" ? localApplication : localUnit, origin);
  const problems: Problem[] = [...list.problems];
  const own = new Map<string, OwnRequest>();
  for (const [index, sent] of (list.value ?? []).entries()) {
    const about = { ...origin, item: signingRequests.key, index };
    const wire = wireRequest(sent, { origin: about });
    problems.push(...wire.problems);
    if (!wire.value) continue;
    const read = readCsr(wire.value.certificate_signing_request);
    if ("refused" in read) {
      const message = `own certificate signing request ${read.refused}, so no answer to it is taken`;
      problems.push(problem("CERTIFICATE_REQUEST_INVALID", { message, origin: about }));
    } else own.set(read.identity, { csr: read.pem, ca: wire.value.ca ?? false, key: read.key });
  }
  return { value: own, problems };
}
