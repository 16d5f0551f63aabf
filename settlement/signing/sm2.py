"""SM2 signatures (GB/T 32918.2, with SM3) as r‖s of 64 bytes; the only importer of an SM2 library in this room.

On x86_64 GmSSL bears them, by its wheel `gmssl-pyx`; for other machines that has no wheel, and `gmalg` does, several
times slower, in pure Python. Not the package `gmssl`: its nonces are predictable, and one signature under a nonce that
can be guessed gives away the private key. GmSSL prints to standard error which lines of its source refused a bad
signature; nothing of keys or messages is in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from settlement.signing.primitives import der_of, plain_of

PRIVATE, PUBLIC, SIGNATURE = 32, 64, 64
"""Bytes. A public key is x‖y; the 04 that may stand before it is taken off."""

_UNCOMPRESSED = b"\x04"


class _Library(Protocol):
    def sign(self, private: bytes, public: bytes, message: bytes, user_id: bytes) -> bytes: ...

    def verify(self, public: bytes, message: bytes, signature: bytes, user_id: bytes) -> bool: ...


class GmSsl:
    """GmSSL 3, which writes signatures in DER."""

    def __init__(self) -> None:
        import gmssl_pyx  # pyright: ignore[reportMissingTypeStubs]

        self._library = gmssl_pyx

    def sign(self, private: bytes, public: bytes, message: bytes, user_id: bytes) -> bytes:
        return plain_of(self._library.sm2_sign(private, public, message, signer_id=user_id))

    def verify(self, public: bytes, message: bytes, signature: bytes, user_id: bytes) -> bool:
        try:
            return bool(self._library.sm2_verify(public, message, der_of(signature), signer_id=user_id))
        except self._library.GmsslInnerError:  # r or s out of range, a public key off the curve
            return False


class GmAlg:
    """gmalg, which takes keys with the 04 and gives r and s apart, without their leading zeros.

    Its nonces come from `secrets`.
    """

    def __init__(self) -> None:
        import gmalg  # pyright: ignore[reportMissingTypeStubs]

        self._library = gmalg

    def sign(self, private: bytes, public: bytes, message: bytes, user_id: bytes) -> bytes:
        r, s = self._library.SM2(private, uid=user_id, pk=_UNCOMPRESSED + public).sign(message)
        return bytes(r).rjust(SIGNATURE // 2, b"\0") + bytes(s).rjust(SIGNATURE // 2, b"\0")

    def verify(self, public: bytes, message: bytes, signature: bytes, user_id: bytes) -> bool:
        signer = self._library.SM2(uid=user_id, pk=_UNCOMPRESSED + public)
        if not signer.verify_pk(_UNCOMPRESSED + public):
            return False
        return bool(signer.verify(message, signature[: SIGNATURE // 2], signature[SIGNATURE // 2 :]))


def _library() -> _Library:
    """Found when the first key is read, not when the kiosk starts: most provinces sign nothing with SM2."""
    try:
        return GmSsl()
    except ImportError:
        return GmAlg()


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whose signatures are checked."""

    point: bytes
    library: _Library = field(default_factory=_library, repr=False)

    def verifies(self, message: bytes, signature: bytes, user_id: bytes) -> bool:
        """False for whatever is no signature of this key, malformed ones included."""
        return len(signature) == SIGNATURE and self.library.verify(self.point, message, signature, user_id)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Our own key. No library we may use computes a public key from a private one, so the site gives both.

    Raises:
        ValueError: the two do not belong together, or the private one is out of range.
    """

    private: bytes = field(repr=False)
    point: bytes
    library: _Library = field(default_factory=_library, repr=False)

    def __post_init__(self) -> None:
        if len(self.private) != PRIVATE or not any(self.private):
            raise ValueError("no SM2 private key")
        probe = b"do these two belong together?"
        if not PublicKey(self.point, self.library).verifies(probe, self.sign(probe, probe), probe):
            raise ValueError("the public key is of another private key")

    def sign(self, message: bytes, user_id: bytes) -> bytes:
        return self.library.sign(self.private, self.point, message, user_id)


def point_of(key: bytes) -> bytes:
    """x‖y of a public key in either of its usual forms.

    Raises:
        ValueError: neither 64 bytes nor 65 that begin with 04.
    """
    point = key.removeprefix(_UNCOMPRESSED) if len(key) == PUBLIC + 1 else key
    if len(point) != PUBLIC:
        raise ValueError("no SM2 public key")
    return point
