"""SM3, SM4 and the DER form of a signature; the only importer of `cryptography` in this room.

SM4 is used in ECB mode because the centres' interface says so. It shows where two messages have equal blocks; what
protects a message in transit is TLS.
"""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes, hmac, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK_BITS = 128
_INTEGER = 32  # bytes of r and of s


def sm3(message: bytes) -> bytes:
    """GB/T 32905: 32 bytes."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(message)
    return digest.finalize()


def hmac_sm3(key: bytes, message: bytes) -> bytes:
    code = hmac.HMAC(key, hashes.SM3())
    code.update(message)
    return code.finalize()


def sm4_encrypt(key: bytes, plain: bytes) -> bytes:
    """GB/T 32907, ECB with PKCS#7 padding; the key has 16 bytes."""
    padder = padding.PKCS7(_BLOCK_BITS).padder()
    encryptor = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()  # noqa: S305 - the interface wants it, see above
    return encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()


def sm4_decrypt(key: bytes, sealed: bytes) -> bytes:
    """The inverse of `sm4_encrypt`.

    Raises:
        ValueError: no whole blocks, or no padding: another key or another text.
    """
    decryptor = Cipher(algorithms.SM4(key), modes.ECB()).decryptor()  # noqa: S305 - as above
    unpadder = padding.PKCS7(_BLOCK_BITS).unpadder()
    return unpadder.update(decryptor.update(sealed) + decryptor.finalize()) + unpadder.finalize()


def der_of(signature: bytes) -> bytes:
    """r‖s of 64 bytes as SEQUENCE { r, s }.

    Raises:
        ValueError: not of 64 bytes.
    """
    if len(signature) != 2 * _INTEGER:
        raise ValueError("a signature is 64 bytes")
    r, s = signature[:_INTEGER], signature[_INTEGER:]
    return encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))


def plain_of(der: bytes) -> bytes:
    """SEQUENCE { r, s } as r‖s of 64 bytes."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(_INTEGER, "big") + s.to_bytes(_INTEGER, "big")
