import type { MaterialRequest } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { makePassword } from "./secrets/make-password.ts";
import { makePrivateKey } from "./secrets/make-private-key.ts";

/** What a material is made with: all that does not stand in its request. */
export interface MaterialSource {
  /** So many random bytes. */
  readonly random: (bytes: number) => Uint8Array;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** The present value of another material of the same unit; nothing when it has none. */
  readonly of: (id: string) => string | undefined;
}

/** Makes one material. Hosts with another way, such as a key store, give the engine one of these. */
export type MakeMaterial = (request: MaterialRequest, from: MaterialSource) => Promise<string>;

/**
 * Makes the value of a material: letters and digits for a password, PEM that ends with a line break for everything else.
 *
 * The same request, randomness, time and inputs give the same text, RSA keys alone excepted: WebCrypto draws their primes.
 * What the certificates need is loaded when the first one is made, some 0.15 s.
 *
 * @throws OrreryError `MATERIAL_UNKNOWN`, `MATERIAL_UNREADABLE`, `MATERIAL_NAME_INVALID`, `CSR_UNREADABLE`,
 * `CSR_SIGNATURE_INVALID`, `CSR_REFUSED`, `CA_UNFIT`, `MATERIAL_UNAVAILABLE` for a kind that it does not know.
 */
export async function makeMaterial(request: MaterialRequest, from: MaterialSource): Promise<string> {
  switch (request.kind) {
    case "password":
      return makePassword(request.length, from.random);
    case "private-key":
      return await makePrivateKey(request.algorithm, from.random);
    case "csr": {
      const { makeCsr } = await import("./certificates/make-csr.ts");
      return await makeCsr(request, from);
    }
    case "ca-certificate": {
      const { makeCaCertificate } = await import("./certificates/make-ca-certificate.ts");
      return await makeCaCertificate(request, from);
    }
    case "certificate": {
      const { makeCertificate } = await import("./certificates/make-certificate.ts");
      return await makeCertificate(request, from);
    }
    default: {
      const { kind }: { readonly kind: unknown } = request;
      throw new OrreryError("MATERIAL_UNAVAILABLE", `material of kind ${String(kind)} is not made here`);
    }
  }
}
