"""RSA keys that follow from a number, so that what is signed with them is the same each time. For tests alone."""

import functools
import random

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

EXPONENT = 65537
ROUNDS = 24


@functools.cache
def known_key(seed: int) -> str:
    """The RSA-2048 key of a number, as PEM."""
    source = random.Random(seed)
    p, q = _prime(source), _prime(source)
    d = pow(EXPONENT, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(EXPONENT, p * q)
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), public
    )
    pem = numbers.private_key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    return pem.decode().strip()


def _prime(source: random.Random) -> int:
    while True:
        # Both highest bits, so that the product has 2048.
        candidate = source.getrandbits(1024) | (3 << 1022) | 1
        if candidate % EXPONENT != 1 and _is_prime(candidate, source):
            return candidate


def _is_prime(number: int, source: random.Random) -> bool:
    """Miller and Rabin's test."""
    if any(number % small == 0 for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)):
        return False
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(number, source.randrange(2, number - 1), (odd, twos)) for _ in range(ROUNDS))


def _passes(number: int, base: int, parts: tuple[int, int]) -> bool:
    odd, twos = parts
    power = pow(base, odd, number)
    if power in (1, number - 1):
        return True
    for _ in range(twos - 1):
        power = pow(power, 2, number)
        if power == number - 1:
            return True
    return False
