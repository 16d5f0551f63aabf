"""Numbers the kiosk makes itself: session ids, payment order numbers, and the short numbers a patient reads aloud."""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I, which the ear and the eye mix up
_SID_LENGTH = 26


def new_sid(unix_milliseconds: int) -> str:
    """26 characters of Crockford base32: 48 bits of milliseconds and 80 random ones.

    The time part helps a person who reads a list; nothing orders by it (order is boot and seq of the journal).
    """
    value = (unix_milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    return "".join(_CROCKFORD[value >> shift & 31] for shift in range(5 * (_SID_LENGTH - 1), -1, -5))


def is_sid(text: str) -> bool:
    return len(text) == _SID_LENGTH and all(character in _CROCKFORD for character in text)


def new_order() -> str:
    """A payment order number, 26 characters of `[0-9a-z]`, inside the 20–32 every payment service accepts."""
    return "".join(secrets.choice("0123456789abcdefghijklmnopqrstuvwxyz") for _ in range(26))


@lru_cache(maxsize=64)
def spoken_number(sid: str) -> str:
    """Eight characters of a session's number and a check character, for slips and for the telephone: `K7PM-42XQ-9`."""
    digest = int.from_bytes(hashlib.sha256(sid.encode()).digest()[:8], "big")
    body = "".join(_READABLE[digest >> shift & 31] for shift in range(35, -1, -5))
    return f"{body[:4]}-{body[4:]}-{_check(body)}"


def is_spoken_number(text: str) -> bool:
    body = text.replace("-", "").upper()
    return len(body) == 9 and all(c in _READABLE for c in body) and _check(body[:8]) == body[8]


def _check(body: str) -> str:
    # odd weights are prime to 32, so one wrong character always changes the sum; swaps of neighbours nearly always
    weights = (1, 3, 5, 7, 9, 11, 13, 15)
    return _READABLE[sum(w * _READABLE.index(c) for w, c in zip(weights, body, strict=True)) % 32]
