"""The two verifiers of policy packs: Ed25519, and SM2 where a province wants national algorithms."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.ports.verifier import Verifier
from settlement.signing import sm2

USER_ID = b"1234567812345678"
"""GM/T 0009-2012 clause 10: the identity that is signed with where nobody agreed on another."""


class Ed25519:
    def verifies(self, public: bytes, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Sm2:
    def verifies(self, public: bytes, message: bytes, signature: bytes) -> bool:
        try:
            key = sm2.PublicKey(sm2.point_of(public))
            return key.verifies(message, signature, USER_ID)
        except ValueError:
            return False


def make_ed25519() -> Verifier:
    """`ed25519` of `kiosk.verifiers`."""
    return Ed25519()


def make_sm2() -> Verifier:
    """`sm2` of `kiosk.verifiers`."""
    return Sm2()
