"""What the kiosk and an encrypting PIN pad say to one another.

    B entry shortest longest seconds   → P entry 0
    Q entry                            → P entry stars | D entry block serial | N entry why
    A entry                            → N entry why
    S                                  → S ready|busy|nokeys|tampered|broken

`stars` is at most 12, `block` has 32 hexadecimal characters and `serial` has 20: in none of these is room for what
somebody has pressed. What does not fit is not read at all.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from kiosk.domain.personal import SealedPin
from kiosk.ports.pin_pad import Entering, NoPin, PinGiven, PinWanted

_ENTRY: Final = re.compile(r"[0-9A-Za-z-]{8,32}")
_STARS: Final = re.compile(r"[0-9]|1[0-2]")
_BLOCK: Final = re.compile(r"[0-9A-F]{32}")
_SERIAL: Final = re.compile(r"[0-9A-F]{20}")
LONGEST_PIN: Final = 12


class Condition(StrEnum):
    """How the pad says it is."""

    READY = "ready"
    BUSY = "busy"
    NO_KEYS = "nokeys"
    TAMPERED = "tampered"
    BROKEN = "broken"


class Misfit(StrEnum):
    """Why fields are no answer; `TOO_MUCH`: an answer of a known kind that says more than its kind may."""

    SHAPE = "shape"
    ANOTHER = "another entry"
    TOO_MUCH = "too much"


def begin(wanted: PinWanted) -> tuple[str, ...]:
    """Raises ValueError for an entry that no pad takes."""
    if not 4 <= wanted.shortest <= wanted.longest <= LONGEST_PIN or not _ENTRY.fullmatch(wanted.number):
        raise ValueError("a PIN has 4 to 12 digits, an entry a name of 8 to 32 characters")
    return ("B", wanted.number, str(wanted.shortest), str(wanted.longest), str(wanted.seconds))


def read(fields: tuple[str, ...], number: str) -> Entering | PinGiven | NoPin | Misfit:
    """The answer to begin, query and abort; `fields` without the number of the exchange."""
    match fields:
        case ("P" | "D" | "N", other, *_) if other != number:
            return Misfit.ANOTHER
        case ("P", _, stars) if _STARS.fullmatch(stars):
            return Entering(int(stars))
        case ("D", _, block, serial) if _BLOCK.fullmatch(block) and _SERIAL.fullmatch(serial):
            return PinGiven(SealedPin(block), serial)
        case ("N", _, why) if why in set(NoPin):
            return NoPin(why)
        case ("P" | "D" | "N", _, *_):
            return Misfit.TOO_MUCH
        case _:
            return Misfit.SHAPE


def read_condition(fields: tuple[str, ...]) -> Condition | Misfit:
    match fields:
        case ("S", said) if said in set(Condition):
            return Condition(said)
        case _:
            return Misfit.SHAPE
