"""The answer to reset (ISO 7816-3, 8.2), of which we want the historical bytes alone: 卡复位信息 of a key exchange.

A card is never recognised by it: issuers differ, and for a contactless card PC/SC makes one up.
"""

from __future__ import annotations


def historical_bytes(atr: bytes) -> bytes:
    """The historical bytes; empty where the answer to reset is none or breaks off before them."""
    if len(atr) < 2 or atr[0] not in {0x3B, 0x3F}:
        return b""
    place, announced = 2, atr[1] >> 4
    while announced & 0x8 and place + announced.bit_count() <= len(atr):
        place += announced.bit_count()
        announced = atr[place - 1] >> 4  # TDi, the last of its group, announces the next
    start = place + announced.bit_count() if not announced & 0x8 else len(atr)
    end = start + (atr[1] & 0x0F)
    return atr[start:end] if end <= len(atr) else b""
