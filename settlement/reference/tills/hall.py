"""The hall with the hospital's window and its app, and those who come to them: when they are told to, or by chance."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from http import HTTPStatus

from sqlalchemy import select

from settlement.reference.answer import Answer
from settlement.reference.hospital.billing import fee_batch
from settlement.reference.ledger.mobile import PHONE
from settlement.reference.ledger.parties import Bill
from settlement.reference.platform.desk import Desk
from settlement.reference.tills.clerk import Clerk, Declined, Face
from settlement.reference.tills.long_ago import long_ago
from settlement.reference.tills.till import Till
from settlement.wire import codec, hospital
from settlement.wire.codec import BrokenMessage
from settlement.wire.till import TILL, Stage, TakeBill, TakenBill, Which

PATHS = (TILL,)
_OPERATORS = {Which.WINDOW: ("W01", "1", "130000000000000001"), Which.APP: (PHONE, "3", "280000000000000001")}
"""Operator number, opter_type and the payment code that is shown there."""


@dataclass(frozen=True, slots=True)
class Rush:
    """How busy the hall is: of the bills that somebody asks to hold, this share is taken by another till just before.

    The same seed takes the same ones. `until` BOOKED pays it; HELD lets it go again after `seconds`.
    """

    share: float = 0.0
    seed: int = 0
    until: Stage = Stage.BOOKED
    seconds: int = 900


@dataclass
class Hall:
    """Both tills. `answer` is their face; `before_hold` is where chance comes in."""

    desk: Desk
    tills: dict[Which, Till]
    rush: Rush = field(default_factory=Rush)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.rush.seed)  # noqa: S311 - a rehearsed crowd, not a secret
        self._lock = threading.Lock()

    def answer(self, path: str, body: bytes) -> Answer:  # noqa: ARG002 - it has one path
        """Never raises for anything a client can send."""
        try:
            asked = codec.read(TakeBill, codec.decode(body))
        except BrokenMessage as broken:
            return Answer(codec.encode({"refused": str(broken)}), HTTPStatus.BAD_REQUEST)
        return Answer(codec.encode(self.take(asked)))

    def take(self, asked: TakeBill) -> TakenBill:
        bill = self._bill(asked.batch_no)
        person = self.desk.world.person_of(bill.certno) if bill else None
        if bill is None or person is None:
            return TakenBill(refused="没有这笔费用，或不知道是谁的")
        try:
            tills = _tills(*long_ago(self.desk, asked.days_ago)) if asked.days_ago else self.tills
            deal = tills[asked.till].take(asked, fee_batch(bill), person)
        except Declined as declined:
            return TakenBill(refused=str(declined))
        return TakenBill(stage=deal.stage, setl_id=deal.setl_id or None)

    def before_hold(self, body: bytes) -> None:
        """Somebody asks to hold a bill: perhaps another till is quicker."""
        if not self.rush.share:
            return
        with self._lock:
            taken = self._chance.random() < self.rush.share
            which = self._chance.choice(list(Which))
        if taken:
            try:
                wish = codec.read(hospital.Hold, codec.decode(body))
            except BrokenMessage:
                return
            self.take(TakeBill(till=which, batch_no=wish.batch_no, until=self.rush.until, seconds=self.rush.seconds))

    def _bill(self, batch_no: str) -> Bill | None:
        with self.desk.ledger.look() as session:
            return session.scalar(select(Bill).where(Bill.batch_no == batch_no))


def open_hall(desk: Desk, face: Face, rush: Rush) -> Hall:
    """`face` answers for hospital and payment service by path."""
    return Hall(desk, _tills(desk, face), rush)


def _tills(desk: Desk, face: Face) -> dict[Which, Till]:
    def till(which: Which) -> Till:
        opter, opter_type, code = _OPERATORS[which]
        return Till(Clerk(opter, opter_type, desk.world.hospital, desk, face, desk.clock), desk.world, code)

    return {which: till(which) for which in Which}
