import type { BagWrites, Endpoint, RelationView, Self } from "@orrery/charm";
import type { Read } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Origin, Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import { atMost } from "../reporting/at-most.ts";
import { splitPem } from "../x509/pem.ts";
import { readCertificate } from "../x509/read-certificate.ts";
import { MAX_CERTIFICATES, certificates, chain, readCa, version } from "./bag-fields.ts";

/** A certificate that another application hands on to be trusted. */
export interface TransferredCertificate {
  /** PEM, without white space around it. */
  readonly certificate: string;
  /** SHA-256 of its DER: upper-case hexadecimal with colons. */
  readonly fingerprint: string;
  /** Whether it may issue others. */
  readonly ca: boolean;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  /** RFC 3339, UTC. */
  readonly notAfter: string;
}

/**
 * The side that trusts: reads the certificates that another application hands on, sorted by their PEM, each once.
 *
 * Reads version 1, and version 0 of every unit where nothing else was written. A certificate that cannot be read is left out and
 * reported, alone; one that has expired is not, since a library has no clock. The endpoint says by itself that it reads version 1.
 *
 * Wire-compatible with `CertificateTransferRequires`. @see charmlibs-interfaces-certificate-transfer 1.1, and
 * `certificate_transfer` v0, patch 8, for bare PEM in version 0.
 */
export function requirer(
  options: { readonly limit?: number; readonly optional?: boolean; readonly description?: string } = {},
): Endpoint<readonly TransferredCertificate[], null> {
  return {
    ...options,
    role: "requires",
    interface: "certificate_transfer",
    announce: (_relation, self) => announce(self),
    decode,
    encode: (_value, _relation, self) => announce(self),
  };
}

function announce(self: Self): BagWrites {
  return self.leader ? { application: version.write(1) } : {};
}

/** A text of a bag that should hold certificates. */
interface Sent {
  readonly text: string;
  readonly origin: Origin;
}

function decode(relation: RelationView): Decoded<readonly TransferredCertificate[]> {
  const origin = { application: relation.application, endpoint: relation.endpoint, relation: relation.id };
  const problems: Problem[] = [];
  const found = new Map<string, TransferredCertificate>();
  const blocks = sentBy(relation, { origin, problems }).flatMap(({ text, origin: about }) =>
    splitPem(text).map((pem) => ({ pem, about })),
  );
  if (blocks.length > MAX_CERTIFICATES) {
    const message = `${blocks.length} certificates were sent; only the first ${MAX_CERTIFICATES} are taken`;
    problems.push(problem("RELATION_INVALID_VALUE", { message, origin }));
  }
  for (const { pem, about } of blocks.slice(0, MAX_CERTIFICATES)) {
    const read = readCertificate(pem);
    if ("refused" in read) {
      problems.push(
        problem("CERTIFICATE_INVALID", { message: `certificate ${read.refused}`, origin: about }),
      );
    } else {
      const { pem: certificate, ca, notBefore, notAfter, parsed } = read;
      found.set(certificate, { certificate, fingerprint: parsed.fingerprint256, ca, notBefore, notAfter });
    }
  }
  const value = [...found.values()].toSorted((a, b) => (a.certificate < b.certificate ? -1 : 1));
  return { value, problems: atMost(problems, origin) };
}

/** What the other side sent: by its application, else by its units in the old way. */
function sentBy(
  relation: RelationView,
  report: { readonly origin: Origin; readonly problems: Problem[] },
): readonly Sent[] {
  const take = <Value>({ value, problems }: Read<Value>): Value | undefined => {
    report.problems.push(...problems);
    return value;
  };
  const { origin } = report;
  const { remoteApplication, remoteUnits } = relation.bags;
  const listed = take(certificates.read(remoteApplication, origin)) ?? [];
  const spoken = take(version.read(remoteApplication, origin));
  if (listed.length > 0 || spoken === 1) return texts(listed, { ...origin, item: certificates.key });
  return relation.units.flatMap((unit) => {
    const bag = remoteUnits[unit] ?? {};
    const about = { ...origin, unit };
    const authority = take(readCa(bag, about));
    return [
      ...texts(take(chain.read(bag, about)) ?? [], { ...about, item: chain.key }),
      ...(authority === undefined ? [] : [{ text: authority, origin: { ...about, item: "ca" } }]),
    ];
  });
}

function texts(all: readonly string[], origin: Origin): readonly Sent[] {
  return all.map((text, index) => ({ text, origin: { ...origin, index } }));
}
