"""A tactile keypad: the whole kiosk without touching or seeing the glass.

Raised keys or one to three switches, beside the headset socket where there is one (EN 301 549, 5.5 and 5.6). A key is
what a finger did; what it means on a page is the flow's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


class Key(StrEnum):
    """Every key a keypad may have; NEXT and SELECT alone suffice for a whole visit (two switches).

    A keypad that carries the headset's socket tells of the plug as it tells of keys.
    """

    NEXT = "next"
    PREVIOUS = "previous"
    SELECT = "select"
    BACK = "back"
    HELP = "help"
    REPEAT = "repeat"
    LOUDER = "louder"
    QUIETER = "quieter"
    FASTER = "faster"
    SLOWER = "slower"
    JACK_IN = "jack_in"
    JACK_OUT = "jack_out"
    DIGIT_0 = "0"
    DIGIT_1 = "1"
    DIGIT_2 = "2"
    DIGIT_3 = "3"
    DIGIT_4 = "4"
    DIGIT_5 = "5"
    DIGIT_6 = "6"
    DIGIT_7 = "7"
    DIGIT_8 = "8"
    DIGIT_9 = "9"


DIGITS: Final = tuple(key for key in Key if key.value.isdigit())


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key went down. Holding it is one press: who trembles or rests on a key has not pressed it again."""

    key: Key


class Keypad(Protocol):
    """Keys pressed before it was opened are thrown away; those pressed between two waits are told one by one."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def wait(self, deadline: Monotonic, cancel: Cancel) -> KeyPressed | None:
        """The next key; None at the deadline, when cancelled, or when the keypad is lost (`status` tells)."""
        ...
