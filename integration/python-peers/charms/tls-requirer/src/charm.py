"""A charm that asks for one certificate."""

import ops
from charmlibs.interfaces.tls_certificates import (
    CertificateRequestAttributes,
    Mode,
    PrivateKey,
    TLSCertificatesRequiresV4,
)


class TlsRequirerCharm(ops.CharmBase):
    """Asks for one certificate and reports what arrived."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        name = str(self.config["common-name"])
        names = [name, f"*.{name}"] if self.config["wildcard"] else [name]
        addresses = [one for one in str(self.config["addresses"]).split(",") if one]
        key = self.config.get("private-key")
        self.certificates = TLSCertificatesRequiresV4(
            self,
            "certificates",
            certificate_requests=[
                CertificateRequestAttributes(
                    common_name=name,
                    sans_dns=names,
                    sans_ip=addresses,
                    organization="Zínc",
                    is_ca=bool(self.config["ca"]),
                    add_unique_id_to_subject_name=False,
                )
            ],
            mode=Mode.APP if self.config["mode"] == "app" else Mode.UNIT,
            private_key=PrivateKey.from_string(str(key)) if key else None,
        )

    def report(self):
        """What the library made of the relation."""
        certificates, _ = self.certificates.get_assigned_certificates()
        capabilities = self.certificates.get_provider_capabilities()
        return {
            "certificates": [
                {
                    "csr": str(one.certificate_signing_request),
                    "certificate": str(one.certificate),
                    "ca": str(one.ca),
                    "chain": [str(each) for each in one.chain],
                    "revoked": one.revoked,
                }
                for one in certificates
            ],
            "denied": [
                {"csr": str(one.certificate_signing_request), **one.error.model_dump(exclude_none=True)}
                for one in self.certificates.get_request_errors()
            ],
            "capabilities": capabilities.model_dump(exclude_none=True) if capabilities else None,
        }


if __name__ == "__main__":
    ops.main(TlsRequirerCharm)
