"""An authority whose certificates follow from its key, the request and a moment, and from nothing else."""

import datetime
import hashlib

from charmlibs.interfaces.tls_certificates import Certificate, CertificateSigningRequest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

# Long enough that no test ages.
LEAF_DAYS = 3650
AUTHORITY_DAYS = 7300


class Authority:
    """Signs with one key; RSA signatures (PKCS #1 v1.5) are the same each time."""

    def __init__(self, private_key: str, valid_from: str):
        self._key = serialization.load_pem_private_key(private_key.encode(), password=None)
        self._from = datetime.datetime.fromisoformat(valid_from)
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
        self.certificate = self._sign(
            self._name, self._key.public_key(), days=AUTHORITY_DAYS, ca=True, names=None
        )

    def issue(self, request: CertificateSigningRequest, *, ca: bool) -> Certificate:
        """Make the certificate that a request asks for."""
        csr = x509.load_pem_x509_csr(str(request).encode())
        names = csr.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return self._sign(csr.subject, csr.public_key(), days=LEAF_DAYS, ca=ca, names=names)

    def _sign(self, subject, public_key, *, days, ca, names) -> Certificate:
        der = public_key.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(public_key)
            .serial_number(int.from_bytes(hashlib.sha256(der).digest()[:8], "big") | 1)
            .not_valid_before(self._from)
            .not_valid_after(self._from + datetime.timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
            )
        )
        if names:
            builder = builder.add_extension(names, critical=False)
        return Certificate(x509_object=builder.sign(self._key, hashes.SHA256()))
