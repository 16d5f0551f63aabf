"""A voice: sentences, numbers and names to the loudspeaker or to the headset of whoever plugged one in."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol, runtime_checkable

from kiosk.domain.speech import Speech
from kiosk.ports.cancellation import Cancel
from kiosk.ports.health import Health


class Said(StrEnum):
    """What became of a speech: heard to its end, cut off, in part without recordings, or not heard at all."""

    WHOLE = "whole"
    CUT_OFF = "cutOff"
    IN_PART = "inPart"
    NOT_HEARD = "notHeard"


@runtime_checkable
class Recorded(Protocol):
    """A voice made of recordings can tell which of them are not there, before a person hears a gap."""

    def lacking(self, lang: str, messages: Iterable[str]) -> tuple[str, ...]:
        """The recordings, by their names, that these sentences and the language's numbers and names want in vain."""
        ...


class Speaker(Protocol):
    """A kiosk without one, or whose one does not work, serves in silence: nothing waits for a voice."""

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health: ...

    def say(self, speech: Speech, cancel: Cancel) -> Said:
        """Speak to the end, or until cancelled, which is heard within 300 ms."""
        ...
