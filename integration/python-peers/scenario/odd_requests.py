"""Signing requests that a provider must judge, each with what is odd about it. The same at each run."""

import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from known_keys import known_key

NAME = [x509.NameAttribute(NameOID.COMMON_NAME, "odd.example.com")]
SMALL_PRIMES = (2**521 - 1, 2**607 - 1)


def odd_requests() -> dict:
    """PEM by what it is."""
    elliptic = ec.derive_private_key(7, ec.SECP256R1())
    edwards = ed25519.Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    whole = serialization.load_pem_private_key(known_key(0).encode(), password=None)
    return {
        "P-256": _request(elliptic, hashes.SHA256()),
        "P-521 with SHA-512": _request(ec.derive_private_key(7, ec.SECP521R1()), hashes.SHA512()),
        "Ed25519": _request(edwards, None),
        "every kind of name": _request(
            elliptic,
            hashes.SHA256(),
            [
                x509.DNSName("Odd.Example.com"),
                x509.DNSName("*.odd.example.com"),
                x509.IPAddress(ipaddress.ip_address("2001:db8::7")),
                x509.RFC822Name("odd@example.com"),
                x509.UniformResourceIdentifier("spiffe://example.com/odd"),
                x509.RegisteredID(x509.ObjectIdentifier("1.2.3.4")),
            ],
        ),
        "a unique identifier": _request(
            elliptic, hashes.SHA256(), subject=[*NAME, x509.NameAttribute(NameOID.X500_UNIQUE_IDENTIFIER, "a-b")]
        ),
        "SHA-224": _request(elliptic, hashes.SHA224()),
        "a short RSA key": _request(_short_key(), hashes.SHA256()),
        "an RSA key with a huge exponent": _request(_with_exponent(whole, 2**64 + 13), hashes.SHA256()),
        "a curve of its own": _request(ec.derive_private_key(7, ec.SECP256K1()), hashes.SHA256()),
        "a name that is a directory": _request(elliptic, hashes.SHA256(), [x509.DirectoryName(x509.Name(NAME))]),
        "a DNS name with a line break": _request(elliptic, hashes.SHA256(), [_unchecked("a\nb.example.com")]),
        "a DNS name with a star inside": _request(elliptic, hashes.SHA256(), [_unchecked("a.*.example.com")]),
        "more names than are taken": _request(
            elliptic, hashes.SHA256(), [x509.DNSName(f"n{at}.example.com") for at in range(101)]
        ),
        "a line break in its subject": _request(
            elliptic, hashes.SHA256(), subject=[x509.NameAttribute(NameOID.COMMON_NAME, "a\nb")]
        ),
    }


def _request(key, digest, names=(), subject=NAME) -> str:
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(subject))
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    deterministic = {"ecdsa_deterministic": True} if isinstance(key, ec.EllipticCurvePrivateKey) else {}
    signed = builder.sign(key, digest, **deterministic)
    return signed.public_bytes(serialization.Encoding.PEM).decode().strip()


def _unchecked(text: str) -> x509.DNSName:
    """A DNS name that the library would not make by itself."""
    name = x509.DNSName("x")
    name._value = text
    return name


def _short_key() -> rsa.RSAPrivateKey:
    return _rsa(*SMALL_PRIMES, 65537)


def _with_exponent(key: rsa.RSAPrivateKey, exponent: int) -> rsa.RSAPrivateKey:
    numbers = key.private_numbers()
    return _rsa(numbers.p, numbers.q, exponent)


def _rsa(p: int, q: int, exponent: int) -> rsa.RSAPrivateKey:
    d = pow(exponent, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(exponent, p * q)
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), public
    )
    return numbers.private_key()
