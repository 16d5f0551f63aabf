"""Compares what the parties believe: platform, hospital and payment must tell one story about every bill.

Invariants, by the numbers of the architecture: I1 what was collected less what was given back is the own part of what
stands, else nothing; I2 what stands is booked and what is booked stands; I6 the hospital's copy, and its front's where
it settles, equals the platform's figures; I8 nothing is settled, booked or held twice. `proof` adds what the postings
say: I1, I3 to I6. A session whose hold has not run out is open, not wrong: it may still finish.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement.reference import phones_proof, promises_proof
from settlement.reference.front.auditing import differences
from settlement.reference.hospital.claims import promised_fen
from settlement.reference.ledger.dealings import FeeRow, PayOrder, PayRefund, Settlement, SettlementState
from settlement.reference.ledger.mobile import CENTRE
from settlement.reference.ledger.parties import Bill, BookedPart, Booking, Hold, StayDeposit
from settlement.reference.ledger.refunds import Refund, RefundedPart
from settlement.reference.proof import proof
from settlement.wire.hospital import Back
from settlement.wire.payment import PayStatus, RefundStatus

SCHEMA = 1
_ELSEWHERE = frozenset({"unionpay"})
"""Channels of card terminals: their money is with an acquirer who keeps no books here, and its orders are not ours."""
_SID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Violation:
    """`sid` is the kiosk's session where a key shows it, else the key that is wrong."""

    invariant: str
    sid: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """Counts settlements that stand, that were undone, orders given back whole, bookings, and holds neither booked nor
    released.
    """

    settled: int
    reversed: int
    refunded: int
    booked: int
    open: int
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class _Books:
    """The whole ledger, once."""

    now: datetime
    settlements: dict[str, Settlement]
    bookings: list[Booking]
    refunded: list[RefundedPart]
    at_window: Counter[str]
    parts: dict[str, list[BookedPart]]
    bills: dict[str, Bill]
    batches: dict[str, str]
    holds: list[Hold]
    held_by: dict[str, list[Hold]]
    orders: dict[str, PayOrder]
    returned: Counter[str]
    rows: dict[str, list[FeeRow]]
    deposits: dict[str, StayDeposit]
    refunds: dict[str, PayRefund]
    promised: dict[str, int]
    shares: Counter[str] = field(default_factory=Counter[str])

    def standing(self) -> list[Settlement]:
        return [row for row in self.settlements.values() if row.state == SettlementState.STANDING]

    def net(self, order: PayOrder) -> int:
        """Fen the payment service has and has not given back."""
        paid = order.amount if order.state == PayStatus.PAID else 0
        return paid - self.returned[order.order_no]

    def sid_of_batch(self, batch_no: str) -> str:
        keys = [hold.hold_key for hold in self.holds if hold.batch_no == batch_no]
        return _sid(keys[-1]) if keys else batch_no

    def batch_of(self, settlement: Settlement) -> str:
        return self.batches.get(settlement.chrg_bchno, settlement.chrg_bchno)

    def hold_of_order(self, order: PayOrder) -> Hold | None:
        """The last bill the terminal held when it collected."""
        held = self.held_by[order.terminal]
        before = bisect_right(held, order.created_at, key=lambda hold: hold.held_at)
        return held[before - 1] if before else None

    def sid_of_key(self, key: str) -> str:
        """Of a bill's chrg_bchno, an order, a refund or a booking; else the key itself."""
        if key in self.orders:
            hold = self.hold_of_order(self.orders[key])
            return _sid(hold.hold_key) if hold else key
        if key in self.batches:
            return self.sid_of_batch(self.batches[key])
        if key in self.settlements:
            return self.sid_of_batch(self.batch_of(self.settlements[key]))
        return next((_sid(row.hold_key) for row in self.bookings if row.book_no == key), key)

    def open_bills(self) -> list[str]:
        """chrg_bchno of those that somebody holds, and of those that a phone began and nobody has paid yet."""
        held = {hold.batch_no for hold in self.holds if self.alive(hold)}
        booked = {row.batch_no for row in self.bookings}
        begun = {self.batch_of(row) for row in self.standing() if row.opter == CENTRE} - booked
        return [bill.chrg_bchno for bill in self.bills.values() if bill.batch_no in held | begun]

    def alive(self, hold: Hold) -> bool:
        return hold.released_at is None and hold.expires_at > self.now


def audit(session: Session, now: datetime) -> Report:
    books = _read(session, now)
    standing = books.standing()
    paid = [order for order in books.orders.values() if order.state == PayStatus.PAID]
    return Report(
        settled=len(standing),
        reversed=len(books.settlements) - len(standing),
        refunded=sum(books.net(order) == 0 for order in paid if order.order_no not in books.deposits),
        booked=len(books.bookings),
        open=sum(hold.released_at is None for hold in books.holds),
        violations=tuple(
            violation
            for check in (
                _settled_once,
                _settlements_booked,
                _bookings_stand,
                _copies_agree,
                _money_is_for_something,
                _refunds_told,
            )
            for violation in check(books)
        )
        + tuple(Violation("I6", books.sid_of_batch(batch), text) for batch, text in differences(session))
        + tuple(
            Violation(found.invariant, books.sid_of_key(found.key), found.text)
            for found in proof(session, now, books.open_bills())
        )
        + tuple(
            Violation(found.invariant, _sid(found.key), found.text)
            for found in (*promises_proof.proof(session), *phones_proof.proof(session))
        ),
    )


def _read(session: Session, now: datetime) -> _Books:
    undone = frozenset(session.scalars(select(Refund.book_no).where(Refund.undone_at.is_not(None))))
    parts: dict[str, list[BookedPart]] = defaultdict(list)
    shares: Counter[str] = Counter()
    for part in session.scalars(select(BookedPart)):
        parts[part.book_no].append(part)
        shares[part.order_no] += 0 if part.book_no in undone else part.amount
    returned: Counter[str] = Counter()
    for refund in session.scalars(select(PayRefund).where(PayRefund.state == RefundStatus.REFUNDED)):
        returned[refund.order_no] += refund.amount
    rows: dict[str, list[FeeRow]] = defaultdict(list)
    for row in session.scalars(select(FeeRow).where(FeeRow.setl_id.is_not(None))):
        rows[row.setl_id or ""].append(row)
    holds = list(session.scalars(select(Hold).order_by(Hold.held_at, Hold.id)))
    held_by: dict[str, list[Hold]] = defaultdict(list)
    for hold in holds:
        held_by[hold.owner].append(hold)
    bills = {row.batch_no: row for row in session.scalars(select(Bill))}
    refunded = list(session.scalars(select(RefundedPart).join(Refund).where(Refund.undone_at.is_not(None))))
    at_window: Counter[str] = Counter()
    for one in refunded:
        at_window[one.order_no] += one.surplus or 0 if one.back == Back.WINDOW else 0
    return _Books(
        now=now,
        settlements={row.setl_id: row for row in session.scalars(select(Settlement))},
        bookings=[row for row in session.scalars(select(Booking)) if row.book_no not in undone],
        refunded=refunded,
        at_window=at_window,
        parts=parts,
        bills=bills,
        batches={bill.chrg_bchno: bill.batch_no for bill in bills.values()},
        holds=holds,
        held_by=held_by,
        orders={row.order_no: row for row in session.scalars(select(PayOrder))},
        returned=returned,
        rows=rows,
        deposits={row.order_no: row for row in session.scalars(select(StayDeposit))},
        refunds={row.refund_order: row for row in session.scalars(select(PayRefund))},
        promised=promised_fen(session),
        shares=shares,
    )


def _settled_once(books: _Books) -> Iterator[Violation]:
    settled = Counter(books.batch_of(row) for row in books.standing())
    booked = Counter(row.batch_no for row in books.bookings)
    held = Counter(hold.batch_no for hold in books.holds if books.alive(hold))
    taken = Counter(row.asked_no for row in books.deposits.values() if row.asked_no)
    for what, counts in (
        ("settlements stand", settled),
        ("bookings", booked),
        ("deposits were taken", taken),
        ("sessions hold the bill", held),
    ):
        for batch_no, count in counts.items():
            if count > 1:
                yield Violation("I8", books.sid_of_batch(batch_no), f"{count} {what} for batch {batch_no}")


def _settlements_booked(books: _Books) -> Iterator[Violation]:
    booked = {row.setl_id for row in books.bookings}
    held = {hold.batch_no for hold in books.holds if books.alive(hold)}
    for row in books.standing():
        batch_no = books.batch_of(row)
        if row.setl_id not in booked and batch_no not in held and row.opter != CENTRE:
            text = f"settlement {row.setl_id} stands and batch {batch_no} is not booked"
            yield Violation("I2", books.sid_of_batch(batch_no), text)


def _bookings_stand(books: _Books) -> Iterator[Violation]:
    for row in books.bookings:
        settlement = books.settlements.get(row.setl_id)
        if settlement is None or settlement.state != SettlementState.STANDING:
            text = f"booking {row.book_no} is for settlement {row.setl_id}, which does not stand"
            yield Violation("I2", _sid(row.hold_key), text)


def _copies_agree(books: _Books) -> Iterator[Violation]:
    for row in books.bookings:
        settlement = books.settlements.get(row.setl_id)
        bill = books.bills.get(row.batch_no)
        if settlement is None or bill is None:
            continue
        here = (row.msgid, row.medfee, row.fund, row.account, row.cash)
        there = (settlement.msgid, settlement.medfee, settlement.fund, settlement.account, settlement.cash)
        if here != there or bill.total != settlement.medfee or bill.chrg_bchno != settlement.chrg_bchno:
            text = f"booking {row.book_no} and settlement {row.setl_id} differ"
            yield Violation("I6", _sid(row.hold_key), text)
    for settlement in books.standing():
        rows = sum(row.total for row in books.rows[settlement.setl_id])
        if rows != settlement.medfee:
            sid = books.sid_of_batch(books.batch_of(settlement))
            yield Violation("I6", sid, f"settlement {settlement.setl_id} is not the sum of its fee rows")


def _money_is_for_something(books: _Books) -> Iterator[Violation]:
    for row in books.bookings:
        named = books.parts[row.book_no]
        if sum(part.amount for part in named) + books.promised.get(row.book_no, 0) != row.cash:
            yield Violation("I1", _sid(row.hold_key), f"booking {row.book_no} names other sums than its own part")
        for part in named:
            if part.order_no not in books.orders and part.channel not in _ELSEWHERE:
                yield Violation("I6", _sid(row.hold_key), f"booking {row.book_no} names an unknown order")
    for order in books.orders.values():
        yield from _judge_order(books, order)


def _refunds_told(books: _Books) -> Iterator[Violation]:
    """What a refund left over was reported, once a kiosk is through with it."""
    for row in books.refunded:
        came_back = books.returned[row.order_no] >= (row.surplus or 0)
        if row.surplus and (not row.back or (row.back == Back.RETURNED) != came_back):
            yield Violation("I6", books.sid_of_key(row.order_no), f"refund {row.deposit_no}: told nothing or wrongly")


def _judge_deposit(books: _Books, row: StayDeposit) -> Iterator[Violation]:
    """What a deposit leaves over is back, or the window's, once and never both; before the booking nothing moves."""
    kept, sid = books.net(books.orders[row.order_no]), books.sid_of_batch(row.batch_no)
    refund = books.refunds.get(row.refund_order or "")
    returned = refund is not None and refund.state == RefundStatus.REFUNDED
    if row.surplus is None:
        if kept != row.amount:
            yield Violation("I1", sid, f"deposit {row.deposit_no} went back, and its stay is not booked")
        return
    if kept != row.amount - row.surplus * returned:
        yield Violation("I1", sid, f"deposit {row.deposit_no} keeps {kept} fen of {row.amount}, {row.surplus} go back")
    if row.surplus and row.back != (Back.RETURNED if returned else Back.WINDOW):
        yield Violation("I6", sid, f"deposit {row.deposit_no}: the hospital was told {row.back or 'nothing'}")


def _judge_order(books: _Books, order: PayOrder) -> Iterator[Violation]:
    """What a window pays out in cash of a refund stays with the order."""
    if order.order_no in books.deposits:
        yield from _judge_deposit(books, books.deposits[order.order_no])
        return
    hold = books.hold_of_order(order)
    sid = _sid(hold.hold_key) if hold else order.order_no
    share = books.shares[order.order_no]
    kept = books.net(order) - books.at_window[order.order_no]
    if share and kept != share:
        yield Violation("I1", sid, f"order {order.order_no} keeps {kept} fen, bookings name {share}")
    elif not share and kept < 0:
        yield Violation("I1", sid, f"order {order.order_no} was given back more than was collected")
    elif not share and kept > 0 and (hold is None or not books.alive(hold)):
        yield Violation("I1", sid, f"order {order.order_no} keeps {kept} fen for nothing")
    elif order.state == PayStatus.PENDING and (hold is None or hold.released_at):
        yield Violation("I2", sid, f"order {order.order_no} is neither paid nor closed")


def _sid(key: str) -> str:
    found = _SID.search(key)
    return found[0].upper() if found else key
