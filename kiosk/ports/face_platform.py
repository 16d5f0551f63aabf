"""The province's own face service (省平台刷脸), asked only with a second consent.

It holds photographs and judges pictures. Unlike our own camera's finding, its answer may authorise a settlement: it
gives a number, as a certified terminal does (`kiosk.ports.face_terminal`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.insured import Person
from kiosk.domain.personal import Portrait, Voucher
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.camera import Frame
from kiosk.ports.face import Purpose


@dataclass(frozen=True, slots=True)
class PortraitFound:
    """The photograph that was taken when the person enrolled; for one comparison, and for no longer."""

    portrait: Portrait


@dataclass(frozen=True, slots=True)
class Vouched:
    """The service took the pictures for this living person; `auth_no` serves once, as a certified terminal's does."""

    auth_no: Voucher


Failure = NotSent | Refused | Unknown


class FacePlatform(Protocol):
    """Used by the vision thread; calls wait for their reply. No money moves, so nothing is repeated nor journalled."""

    def portrait(self, person: Person) -> PortraitFound | Failure:
        """The enrolled photograph. Refused: there is none, or the service does not give it."""
        ...

    def judge(self, person: Person, purpose: Purpose, frames: Sequence[Frame]) -> Vouched | Failure:
        """Whether these pictures, in the order they were taken, show this person alive. They leave the kiosk."""
        ...
