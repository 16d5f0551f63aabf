"""The office's HTTP face: reads a request, runs its handler in one transaction, writes the reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from settlement.reference.answer import Answer
from settlement.reference.clock import WallClock
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.store import Ledger, Unstorable
from settlement.reference.office import cases
from settlement.reference.people import World
from settlement.wire import codec, office
from settlement.wire.codec import BrokenMessage, Message

WishT = TypeVar("WishT", bound=Message)
_Handler = Callable[[Errand, WishT], Message]


@dataclass(frozen=True, slots=True)
class OfficeCounter:
    ledger: Ledger
    world: World
    clock: WallClock

    def answer(self, path: str, body: bytes) -> Answer:
        """Never raises for anything a client can send; `path` is one of `PATHS`."""
        return _DOORS[path](self, body)

    def serve(self, body: bytes, model: type[WishT], handler: _Handler[WishT]) -> Answer:
        try:
            wish = codec.read(model, codec.decode(body))
        except BrokenMessage as broken:
            return Answer(codec.encode({"refused": str(broken)}), HTTPStatus.BAD_REQUEST)
        keys = {"key": getattr(wish, "key")} if hasattr(wish, "key") else {}  # noqa: B009 - not every wish has one
        try:
            reply = self.ledger.carry_out(lambda session: handler(Errand(session, self.clock.now(), self.world), wish))
            return Answer(codec.encode(reply, "string"))
        except Unstorable:
            return Answer(codec.encode(keys | {"refused": "wrong shape"}), HTTPStatus.BAD_REQUEST)
        except Declined as declined:
            return Answer(codec.encode(keys | {"refused": str(declined)}))


def _door(model: type[WishT], handler: _Handler[WishT]) -> Callable[[OfficeCounter, bytes], Answer]:
    return lambda counter, body: counter.serve(body, model, handler)


_DOORS = {
    office.PREPARE: _door(office.Prepare, cases.prepare),
    office.SUBMIT: _door(office.Submit, cases.submit),
    office.FIND: _door(office.Find, cases.find),
    office.KEEP: _door(office.Keep, cases.keep),
    office.CASES: _door(office.CasesQuery, cases.cases),
    office.STANDING: _door(office.StandingQuery, cases.standing),
    office.RATE: _door(office.Rate, cases.rate),
}
PATHS = tuple(_DOORS)
