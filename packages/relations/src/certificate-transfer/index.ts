/** The `certificate_transfer` interface: certificates that one application asks another to trust. */
export { provider } from "./provider.ts";
export type { CertificatesHandedOn } from "./provider.ts";
export { requirer } from "./requirer.ts";
export type { TransferredCertificate } from "./requirer.ts";
