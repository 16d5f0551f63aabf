"""VERIFY: the six digits of a social security card, and what the card says to them."""

from __future__ import annotations

import re
from typing import Final

from devices.wire.apdu import Command, Response
from kiosk.domain.personal import CardPin
from kiosk.ports.card_reader import PinAccepted, PinBlocked, PinVerdict, PinWrong

_TRIES_LEFT: Final = 0x63C0


def verify(pin: CardPin) -> Command | None:
    """`00 20 00 00 03` and the digits as BCD; None for what is not six digits, which the card is not asked about."""
    digits = pin.reveal()
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    return Command(0x00, 0x20, 0x00, 0x00, data=bytes.fromhex(digits))


def verdict(response: Response) -> PinVerdict:
    """63Cx leaves x tries. Whatever else is no success counts as blocked, 6983 being only the polite way to say so:
    a card that is not understood is not asked again.
    """
    if response.ok:
        return PinAccepted()
    if response.sw & 0xFFF0 == _TRIES_LEFT and response.sw & 0x0F:
        return PinWrong(response.sw & 0x0F)
    return PinBlocked()
