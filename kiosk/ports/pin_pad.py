"""An encrypting PIN pad: sixteen keys that tell nobody which of them was pressed.

It encrypts what is entered under keys that were put into it elsewhere, and gives the result out; digits have no place
in these values, and nobody here could decrypt the block. What may be seen is how many were pressed, for the stars.
Keys come and go by the maker's own ceremony, never through this port.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.domain.personal import SealedPin
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.health import Health


@dataclass(frozen=True, slots=True)
class PinWanted:
    """One entry. `number` names it and was never used before, 8 to 32 characters; after `seconds` of no key the pad
    gives up by itself.
    """

    number: str
    shortest: int = 6
    longest: int = 6
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Entering:
    """So many digits so far."""

    stars: int


@dataclass(frozen=True, slots=True)
class PinGiven:
    """`block` for whoever has the key that `key_serial` names; the same digits give another block every time."""

    block: SealedPin
    key_serial: str


class NoPin(StrEnum):
    """Why there is none: the red key or us, nobody there, or an entry that the pad does not know."""

    CANCELLED = "cancelled"
    TIME_OUT = "timeout"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PadFailed:
    """PIN_PAD_GONE: it is not there, says nothing, says what it must not, or was tampered with."""

    fault: FaultCode = FaultCode.PIN_PAD_GONE


PinAnswer = Entering | PinGiven | NoPin | PadFailed


class PinPad(Protocol):
    """Every call is one short exchange; the person is followed by `query`. Used by one thread.

    `open` twice, `close` twice and `open` after `close` are allowed; a pad that is not there opens all the same. What
    was entered is given out once, and forgotten by the pad when the next entry begins or the pad is closed.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health:
        """FRAUD_ATTEMPT when the pad says that it was opened, POTENTIAL_FRAUD once it has said what it must not."""
        ...

    def begin(self, wanted: PinWanted, deadline: Monotonic, cancel: Cancel) -> PinAnswer:
        """Take digits from now on; an entry that went on before is over."""
        ...

    def query(self, number: str, deadline: Monotonic, cancel: Cancel) -> PinAnswer: ...

    def abort(self, number: str, deadline: Monotonic, cancel: Cancel) -> NoPin | PadFailed:
        """End it; what was entered is forgotten."""
        ...
