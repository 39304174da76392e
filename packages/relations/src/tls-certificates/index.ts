/** The `tls-certificates` interface: signing requests one way, certificates the other. */
export { commonName } from "./certificate-request.ts";
export type { CertificateRequest, SubjectAttribute, SubjectNames } from "./certificate-request.ts";
export type { DeniedRequest, IssuedCertificate, ProviderCapabilities } from "./issued-certificate.ts";
export { provider } from "./provider.ts";
export type { CertificateProvided, CertificatesProvided } from "./provider.ts";
export { requirer } from "./requirer.ts";
export type { CertificatesReceived, CertificatesWanted, RequirerOptions } from "./requirer.ts";
export { serverCertificate } from "./server-certificate.ts";
export type { ServerCertificate, ServerCertificateOptions, ServerIdentity } from "./server-certificate.ts";
export { unitCertificate } from "./unit-certificate.ts";
export type { UnitCertificateOptions } from "./unit-certificate.ts";
