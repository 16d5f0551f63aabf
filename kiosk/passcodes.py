"""Codes of staff as they stand in the settings: salted scrypt, never the code itself."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

_N, _R, _P, _LENGTH = 2**14, 8, 1, 32
_SHORTEST: Final = 6


def hash_code(code: str) -> str:
    """What stands in the settings instead of a code of six characters or more: `scrypt:salt:hash`."""
    if len(code) < _SHORTEST:
        raise ValueError(f"a code has {_SHORTEST} characters or more")
    salt = secrets.token_bytes(16)
    return f"scrypt:{salt.hex()}:{_scrypt(code, salt).hex()}"


def well_formed(text: str) -> bool:
    """Whether `hash_code` could have made it."""
    kind, _, rest = text.partition(":")
    salt, _, digest = rest.partition(":")
    try:
        return kind == "scrypt" and len(bytes.fromhex(salt)) >= 16 and len(bytes.fromhex(digest)) == _LENGTH
    except ValueError:
        return False


def matches(code: str, stored: str) -> bool:
    """Whether `stored` was made of this code; the time it takes tells nothing."""
    _, salt, digest = stored.split(":")
    return hmac.compare_digest(_scrypt(code, bytes.fromhex(salt)), bytes.fromhex(digest))


def _scrypt(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=_N, r=_R, p=_P, dklen=_LENGTH)
