"""Whether bytes were signed by the holder of a key; one implementation an algorithm, found by entry point.

The core names algorithms and holds no cryptography of its own: which library bears Ed25519 or SM2 is the adapter's.
"""

from __future__ import annotations

from typing import Protocol


class Verifier(Protocol):
    """`public` is the key as raw bytes: 32 for Ed25519 (RFC 8032), 64 for SM2 (GB/T 32918.2, x‖y)."""

    def verifies(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """False for anything that is not a good signature, a malformed key or signature included; never raises."""
        ...
