"""VERIFY with a password that is entered on the reader's own keys, and what reader and card say to it."""

from __future__ import annotations

from typing import Final

from devices.wire.apdu import Command, Response
from kiosk.ports.card_reader import PinAccepted, PinBlocked, PinNotEntered, PinVerdict, PinWrong

TEMPLATE: Final = Command(0x00, 0x20, 0x00, 0x00, data=b"\xff\xff\xff")
"""`00 20 00 00 03` and three bytes in whose place the reader puts the six digits as BCD."""
_TRIES_LEFT: Final = 0x63C0
_NOT_ENTERED: Final = frozenset({0x6400, 0x6401, 0x6403})
"""What a reader says by PC/SC part 10: nobody pressed a key, the red one, too few digits. The card was not asked."""


def verdict(response: Response) -> PinVerdict:
    """63Cx leaves x tries. Whatever else is no success counts as blocked, 6983 being only the polite way to say so:
    a card that is not understood is not asked again.
    """
    if response.ok:
        return PinAccepted()
    if response.sw in _NOT_ENTERED:
        return PinNotEntered()
    if response.sw & 0xFFF0 == _TRIES_LEFT and response.sw & 0x0F:
        return PinWrong(response.sw & 0x0F)
    return PinBlocked()
