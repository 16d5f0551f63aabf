"""The keys of simulated cards, and what a card does with them: the far side of a key exchange.

A card's keys are derived from a master that opens nothing in the world and is written in docs/simulators.md; whoever
writes a key server of their own for a demonstration needs it.
"""

from __future__ import annotations

import secrets
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

_MASTER: Final = bytes.fromhex("6D6F6E69000000000000000000000000")  # "moni": 模拟
BLOCK: Final = 16


class CardKeys:
    """The chip's keys; `challenge` is the random number it has given out, good for one answer."""

    def __init__(self, serial: bytes) -> None:
        self._key = encrypt_block(_MASTER, serial)
        self._challenge: bytes | None = None

    def forget(self) -> None:
        self._challenge = None

    @property
    def waiting(self) -> bool:
        """Whether a challenge is out."""
        return self._challenge is not None

    def prove(self, number: bytes, factor: bytes) -> bytes:
        """Internal authentication: the chip shows that it has its key."""
        return encrypt_block(encrypt_block(self._key, factor), number)

    def challenge(self) -> bytes:
        self._challenge = secrets.token_bytes(BLOCK)
        return self._challenge

    def admits(self, cryptogram: bytes, factor: bytes) -> bool:
        """External authentication: whether the other side has the key too. Every challenge serves once."""
        given, self._challenge = self._challenge, None
        return given is not None and secrets.compare_digest(self.prove(given, factor), cryptogram)


def encrypt_block(key: bytes, block: bytes) -> bytes:
    """SM4 of one block."""
    encryptor = Cipher(SM4(key), modes.ECB()).encryptor()  # noqa: S305 - a single block, as smart cards do it
    return encryptor.update(block) + encryptor.finalize()


def decrypt_block(key: bytes, block: bytes) -> bytes:
    """The way back."""
    decryptor = Cipher(SM4(key), modes.ECB()).decryptor()  # noqa: S305 - as above
    return decryptor.update(block) + decryptor.finalize()
