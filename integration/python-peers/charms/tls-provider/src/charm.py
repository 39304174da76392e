"""A charm that issues certificates."""

import ops
from authority import Authority
from charmlibs.interfaces.tls_certificates import (
    CertificateError,
    CertificateRequestErrorCode,
    ProviderCapabilities,
    ProviderCertificate,
    ProviderCertificateError,
    TLSCertificatesProvidesV4,
)


class TlsProviderCharm(ops.CharmBase):
    """Answers each request, by a certificate or by saying why not."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.certificates = TLSCertificatesProvidesV4(
            self,
            "certificates",
            provider_capabilities=ProviderCapabilities(supports_ip_sans=True, provider_type="self-signed"),
        )
        framework.observe(self.on["certificates"].relation_changed, self._on_changed)

    def _on_changed(self, _: ops.RelationChangedEvent):
        authority = Authority(str(self.config["private-key"]), str(self.config["valid-from"]))
        for request in self.certificates.get_outstanding_certificate_requests():
            csr = request.certificate_signing_request
            if csr.common_name == self.config["deny"]:
                self.certificates.set_relation_error(
                    ProviderCertificateError(request.relation_id, csr, _denial(csr.common_name))
                )
                continue
            leaf = authority.issue(csr, ca=request.is_ca)
            chain = [leaf, authority.certificate]
            self.certificates.set_relation_certificate(
                ProviderCertificate(request.relation_id, leaf, csr, authority.certificate, chain)
            )
        if self.config["revoke"]:
            self.certificates.revoke_all_certificates()

    def report(self):
        """What the library made of the relation."""
        requests = [
            {
                "csr": str(one.certificate_signing_request),
                "ca": one.is_ca,
                "common_name": one.certificate_signing_request.common_name,
                "dns": sorted(one.certificate_signing_request.sans_dns),
                "ip": sorted(one.certificate_signing_request.sans_ip),
                "organization": one.certificate_signing_request.organization,
            }
            for one in self.certificates.get_certificate_requests()
        ]
        return {"requests": sorted(requests, key=lambda one: one["common_name"])}


def _denial(name: str) -> CertificateError:
    code = CertificateRequestErrorCode.DOMAIN_NOT_ALLOWED
    return CertificateError(code=code.value, name=code.name, message=f"{name} is not one of ours")


if __name__ == "__main__":
    ops.main(TlsProviderCharm)
