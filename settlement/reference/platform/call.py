"""What every transaction's handler is given, and how it says no."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from settlement.reference.benefit.areas import Area, Areas, shipped_areas
from settlement.reference.people import World
from settlement.wire import codec
from settlement.wire.codec import MessageT
from settlement.wire.envelope import Request


class Refused(Exception):
    """infcode -1. `place` is where in the platform's code it was said: `module_line`, or `traceid@host`; it trails the
    sentence.
    """

    def __init__(self, sentence: str, place: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.place = place

    @property
    def err_msg(self) -> str:
        return f"{self.sentence}({self.place})" if "@" in self.place else f"{self.sentence}[{self.place}]"


@dataclass(frozen=True, slots=True)
class Manners:
    """How strict this platform is where real ones differ.

    `accept_unarrived`: a 2601 or 2202 for something that never arrived is answered with success. `remember_reversed`: a
    2207 that arrives after its own reversal is refused; off, because real platforms promise no such memory.
    `require_sign_in`: every transaction but 9001 wants the sign_no that the terminal got today.
    """

    accept_unarrived: bool = True
    remember_reversed: bool = False
    require_sign_in: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """One transaction being handled, inside its database transaction. `area` is the place of care."""

    session: Session
    request: Request
    now: datetime
    area: Area
    world: World
    manners: Manners
    areas: Areas = field(default_factory=shipped_areas)

    def insured_area(self, code: str) -> Area:
        """The rules of a place of insurance today. Raises Refused when nobody here knows it."""
        area = self.areas.at(code, self.now.date())
        if area is None:
            raise Refused("参保地医保区划不存在或未接入", "area_2601")
        return area

    def body(self, model: type[MessageT]) -> MessageT:
        return codec.read(model, self.request.input)


Output = Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class File:
    """What 9102 answers in place of an envelope."""

    content: bytes


_serial = itertools.count(secrets.randbelow(10_000))


def fresh_number(now: datetime) -> str:
    """24 digits, unique in one ledger: time to the microsecond, and four digits that count on within it."""
    return f"{now:%Y%m%d%H%M%S%f}{next(_serial) % 10_000:04d}"
