"""What can happen to a message on its way from a simulated device, at any of its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from devices.sim.pacing import Outlet


class Spoiling(StrEnum):
    """At byte `at`, or to all of it. `LENGTH` is for messages that tell their own."""

    GARBAGE = "garbage"
    FLIP = "flip"
    CUT = "cut"
    SPLIT = "split"
    TWICE = "twice"
    CHECKSUM = "checksum"
    LENGTH = "length"
    YANK = "yank"


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A message and where it is spoilt; `noise` is what another device might say, `hesitation` seconds of silence that
    no driver may take for the end.
    """

    message: bytes
    at: int
    noise: bytes
    hesitation: float


def send_spoilt(outlet: Outlet, kind: Spoiling, what: Spoiled, yank: Callable[[], None]) -> None:
    """Put the message into the outlet as it arrives; `yank` pulls the cable.

    LENGTH has to be written by whoever knows where the length stands.
    """
    message, at = what.message, min(what.at, len(what.message) - 1)
    match kind:
        case Spoiling.GARBAGE:
            outlet.put(message[:at] + what.noise + message[at:])
        case Spoiling.FLIP:
            outlet.put(flipped(message, at))
        case Spoiling.CUT:
            outlet.put(message[:at])
        case Spoiling.SPLIT:
            outlet.put(message[:at], lambda: outlet.rest(what.hesitation))
            outlet.put(message[at:])
        case Spoiling.TWICE:
            outlet.put(message + message)
        case Spoiling.CHECKSUM:
            outlet.put(flipped(message, len(message) - 1))
        case Spoiling.YANK:
            outlet.put(message[:at], yank)
        case Spoiling.LENGTH:
            raise ValueError("only its own device can falsify a message's length")


def flipped(message: bytes, at: int) -> bytes:
    return message[:at] + bytes((message[at] ^ 0xFF,)) + message[at + 1 :]
