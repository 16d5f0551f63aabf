"""The hospital's HTTP face: reads a request, runs its handler in one transaction, writes the reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from settlement.reference.answer import Answer
from settlement.reference.clock import WallClock
from settlement.reference.hospital import billing, bookings, day, holds, records, stays
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.ledger.store import Ledger, Unstorable
from settlement.reference.people import World
from settlement.wire import accounts, codec, hospital
from settlement.wire.codec import BrokenMessage, Message

WishT = TypeVar("WishT", bound=Message)
_Handler = Callable[[Errand, WishT], Message]


@dataclass(frozen=True, slots=True)
class Counter:
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
        keys = {name: getattr(wish, name) for name in ("hold_key", "book_key", "returns_key") if hasattr(wish, name)}
        try:
            reply = self.ledger.carry_out(lambda session: handler(Errand(session, self.clock.now(), self.world), wish))
            return Answer(codec.encode(reply, "string"))
        except Unstorable:
            return Answer(codec.encode(keys | {"refused": "wrong shape"}), HTTPStatus.BAD_REQUEST)
        except Declined as declined:
            return Answer(codec.encode(keys | {"refused": str(declined)}))


def _door(model: type[WishT], handler: _Handler[WishT]) -> Callable[[Counter, bytes], Answer]:
    return lambda counter, body: counter.serve(body, model, handler)


_DOORS = {
    hospital.LOOK_UP: _door(hospital.LookUp, records.look_up),
    hospital.BILLS: _door(hospital.BillsQuery, billing.unpaid),
    hospital.HOLD: _door(hospital.Hold, holds.hold),
    hospital.RENEW: _door(hospital.Renew, holds.renew),
    hospital.RELEASE: _door(hospital.Release, holds.release),
    hospital.BOOK: _door(hospital.Book, bookings.book),
    hospital.RETURNS: _door(hospital.Returns, stays.note_returns),
    accounts.HOSPITAL_DAY: _door(accounts.DayQuery, day.told),
    hospital.DEMO_BILL: _door(hospital.DemoBill, billing.demo_bill),
}
PATHS = tuple(_DOORS)
