"""SM2, SM3 and SM4 for the reference backend, all by `gmalg`: what the kiosk computes with `cryptography` and GmSSL is
checked here by code that shares nothing with either. gmalg writes numbers without their leading zeros.

On machines without a GmSSL wheel the kiosk signs with `gmalg` too; then only SM3 and SM4 have a second opinion.
"""

from __future__ import annotations

from dataclasses import dataclass

import gmalg  # pyright: ignore[reportMissingTypeStubs]

_BLOCK = 16
_HASHED_AT_ONCE = 64  # bytes of a block of SM3, for HMAC


def sm3(message: bytes) -> bytes:
    digest = gmalg.SM3()
    digest.update(message)
    return bytes(digest.value())


def hmac_sm3(key: bytes, message: bytes) -> bytes:
    """RFC 2104 over SM3."""
    block = (sm3(key) if len(key) > _HASHED_AT_ONCE else key).ljust(_HASHED_AT_ONCE, b"\0")
    inner = sm3(bytes(byte ^ 0x36 for byte in block) + message)
    return sm3(bytes(byte ^ 0x5C for byte in block) + inner)


def sm4_encrypt(key: bytes, plain: bytes) -> bytes:
    """ECB with PKCS#7 padding."""
    cipher = gmalg.SM4(key)
    missing = _BLOCK - len(plain) % _BLOCK
    padded = plain + bytes([missing]) * missing
    return b"".join(bytes(cipher.encrypt(block)) for block in _blocks(padded))


def sm4_decrypt(key: bytes, sealed: bytes) -> bytes:
    """ValueError when it is no whole number of blocks or has no padding."""
    if not sealed or len(sealed) % _BLOCK:
        raise ValueError("no whole blocks")
    cipher = gmalg.SM4(key)
    padded = b"".join(bytes(cipher.decrypt(block)) for block in _blocks(sealed))
    count = padded[-1]
    if not 0 < count <= _BLOCK or padded[-count:] != bytes([count]) * count:
        raise ValueError("no padding")
    return padded[:-count]


def _blocks(text: bytes) -> list[bytes]:
    return [text[at : at + _BLOCK] for at in range(0, len(text), _BLOCK)]


@dataclass(frozen=True, slots=True)
class Pair:
    """An SM2 key pair; `public` is 04‖x‖y."""

    private: bytes
    public: bytes


def new_pair() -> Pair:
    private, public = gmalg.SM2().generate_keypair()
    return Pair(bytes(private).rjust(32, b"\0"), bytes(public))


def sign(pair: Pair, message: bytes, user_id: bytes) -> bytes:
    """r‖s."""
    r, s = gmalg.SM2(pair.private, uid=user_id, pk=pair.public).sign(message)
    return bytes(r).rjust(32, b"\0") + bytes(s).rjust(32, b"\0")


def verifies(public: bytes, message: bytes, signature: bytes, user_id: bytes) -> bool:
    return bool(gmalg.SM2(uid=user_id, pk=public).verify(message, signature[:32], signature[32:]))
