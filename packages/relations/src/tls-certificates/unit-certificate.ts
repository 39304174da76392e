import type { Self } from "@orrery/charm";
import { serverCertificate } from "./server-certificate.ts";
import type { ServerCertificate, ServerCertificateOptions } from "./server-certificate.ts";

/** What {@link unitCertificate} takes of a charm's context. */
export interface UnitCertificateOptions extends Pick<ServerCertificateOptions, "relations" | "materials"> {
  readonly self: Self;
}

/** Keeps the certificate of a unit that is reached at its own address: named after the unit, good for that address. */
export function unitCertificate({ self, relations, materials }: UnitCertificateOptions): ServerCertificate {
  const { network, topology } = self;
  return serverCertificate({
    relations,
    materials,
    subject: { commonName: topology.unit },
    sans: { ip: [network.address] },
  });
}
