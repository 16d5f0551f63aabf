"""Holds the postings against the rows, and the messages against what they did. `audit` names whose session it was.

I1 every entry adds up to zero, and so does what is owed of a bill that is over. I3 what moved money was a message, and
no msgid moved it with two bodies. I4 what a reprint needs can be read for 180 days. I5 the entries of a settlement,
order or booking tell its whole story in order. I6 postings and rows speak of the same fen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from settlement.reference.ledger.books import Entry, Event, Kind, Posting
from settlement.reference.ledger.dealings import MessageLog, PayOrder, PayRefund, Settlement, SettlementState
from settlement.reference.ledger.parties import Bill, BookedPart, Booking
from settlement.reference.ledger.refunds import Refund
from settlement.wire import codec, hospital, settle
from settlement.wire.codec import BrokenMessage
from settlement.wire.payment import PayStatus, RefundStatus
from settlement.wire.values import to_fen

_REPRINT = timedelta(days=180)
_MOVES_MONEY = ("2207", "2207A", "2208", "2304", "2305", "2601")
_ENDS_AS = {
    Event.SETTLED: SettlementState.STANDING,
    Event.RESTORED: SettlementState.STANDING,
    Event.REVERSED: SettlementState.REVERSED,
    Event.CANCELLED: SettlementState.CANCELLED,
}
_FOLLOWS = {
    Event.SETTLED: {Event.REVERSED, Event.CANCELLED},
    Event.RESTORED: {Event.REVERSED, Event.CANCELLED},
    Event.CANCELLED: {Event.RESTORED},
    Event.REVERSED: set[Event](),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` is a chrg_bchno, an order, or what else is wrong."""

    invariant: str
    key: str
    text: str


def proof(session: Session, now: datetime, open_bills: Iterable[str]) -> Iterator[Finding]:
    """`open_bills`: chrg_bchno of those that somebody still holds, which may be half-way."""
    settlements = list(session.scalars(select(Settlement)))
    yield from _balanced(session)
    yield from _nothing_owed(session, frozenset(open_bills))
    yield from _messages(session, settlements)
    yield from _printable(session, settlements, now)
    yield from _stories(session, settlements)
    yield from _payments(session)
    yield from _same_fen(session, settlements)


def _balanced(session: Session) -> Iterator[Finding]:
    total = func.sum(Posting.amount)
    query = (
        select(Entry.event, Entry.key, total)
        .join(Posting, Posting.entry_id == Entry.id)
        .group_by(Entry.id, Entry.event, Entry.key)
        .having(total != 0)
    )
    for event, key, fen in session.execute(query):
        yield Finding("I1", key, f"the entry {event} of {key} is out of balance by {int(fen)} fen")


def _nothing_owed(session: Session, open_bills: frozenset[str]) -> Iterator[Finding]:
    total = func.sum(Posting.amount)
    query = select(Posting.holder, total).where(Posting.kind == Kind.DUE).group_by(Posting.holder).having(total != 0)
    for bill, fen in session.execute(query):
        if bill not in open_bills:
            yield Finding("I1", bill, f"bill {bill} is {'overpaid' if fen > 0 else 'owed'} by {abs(int(fen))} fen")


def _messages(session: Session, settlements: Iterable[Settlement]) -> Iterator[Finding]:
    bodies: dict[str, set[str]] = defaultdict(set)
    query = select(MessageLog.msgid, MessageLog.sha256).where(MessageLog.succeeded, MessageLog.infno.in_(_MOVES_MONEY))
    for msgid, sha256 in session.execute(query):
        bodies[msgid].add(sha256)
    for settlement in settlements:
        if settlement.msgid not in bodies:
            text = f"settlement {settlement.setl_id} was made without a message of its own"
            yield Finding("I3", settlement.chrg_bchno, text)
    for msgid, seen in bodies.items():
        if len(seen) > 1:
            yield Finding("I3", msgid, f"message {msgid} moved money with {len(seen)} different bodies")


def _printable(session: Session, settlements: Iterable[Settlement], now: datetime) -> Iterator[Finding]:
    bills = {bill.chrg_bchno: bill.body for bill in session.scalars(select(Bill))}
    for row in settlements:
        if row.state != SettlementState.STANDING or row.settled_at < now - _REPRINT:
            continue
        try:
            told = codec.decode(row.info.encode())
            output = codec.read(settle.SettleOutput, {"setlinfo": told} | codec.decode(row.detail.encode()))
            if row.chrg_bchno in bills:
                codec.read(hospital.FeeBatch, codec.decode(bills[row.chrg_bchno].encode()))
        except BrokenMessage as broken:
            yield Finding("I4", row.chrg_bchno, f"settlement {row.setl_id} cannot be printed again: {broken.breakage}")
        else:
            if to_fen(output.setlinfo.medfee_sumamt) != row.medfee:
                yield Finding("I4", row.chrg_bchno, f"settlement {row.setl_id} would be printed with other amounts")


def _stories(session: Session, settlements: Iterable[Settlement]) -> Iterator[Finding]:
    known: dict[str, list[Event]] = defaultdict(list)
    query = select(Entry.key, Entry.event).where(Entry.event.in_(list(_ENDS_AS))).order_by(Entry.id)
    for key, event in session.execute(query):
        known[key].append(Event(event))
    for row in settlements:
        story = known.pop(row.setl_id, [])
        if not _coherent(story) or _ENDS_AS[story[-1]] != row.state:
            text = f"settlement {row.setl_id} is {row.state}, its entries say {' '.join(story) or 'nothing'}"
            yield Finding("I5", row.chrg_bchno, text)
    for key in known:
        yield Finding("I5", key, f"entries speak of a settlement {key} that nobody knows")


def _coherent(story: list[Event]) -> bool:
    begins = bool(story) and story[0] is Event.SETTLED
    return begins and all(after in _FOLLOWS[before] for before, after in pairwise(story))


def _payments(session: Session) -> Iterator[Finding]:
    """One entry for each order that was paid, each refund that went back, each booking; and none besides."""
    wanted = {
        Event.COLLECTED: _keys(session.scalars(select(PayOrder.order_no).where(PayOrder.paid_at.is_not(None)))),
        Event.REFUNDED: _keys(
            session.scalars(select(PayRefund.refund_order).where(PayRefund.state == RefundStatus.REFUNDED))
        ),
        Event.BOOKED: _keys(session.scalars(select(Booking.book_no))),
        Event.UNBOOKED: _keys(session.scalars(select(Refund.book_no).where(Refund.undone_at.is_not(None)))),
    }
    for event, keys in wanted.items():
        found = Counter(session.scalars(select(Entry.key).where(Entry.event == event)))
        for key in sorted((keys - found) | (found - keys)):
            yield Finding("I5", key, f"{key} has {found[key]} entries {event}, and should have {keys[key]}")


def _keys(names: Iterable[str]) -> Counter[str]:
    return Counter(names)


def _same_fen(session: Session, settlements: Iterable[Settlement]) -> Iterator[Finding]:
    yield from _settled_fen(session, settlements)
    yield from _collected_fen(session)


def _settled_fen(session: Session, settlements: Iterable[Settlement]) -> Iterator[Finding]:
    """What each settlement moved, kind by kind, is what its row says."""
    moved: dict[str, Counter[str]] = defaultdict(Counter)
    query = (
        select(Entry.key, Posting.kind, func.sum(Posting.amount))
        .join(Posting, Posting.entry_id == Entry.id)
        .where(Entry.event == Event.SETTLED)
        .group_by(Entry.key, Posting.kind)
    )
    for key, kind, fen in session.execute(query):
        moved[key][kind] = int(fen)
    for row in settlements:
        said = {Kind.FUND: -row.fund, Kind.BORNE: -row.hospital, Kind.DUE: -row.cash, Kind.RECEIVABLE: row.medfee}
        said[Kind.ACCOUNT] = -(row.medfee - row.fund - row.hospital - row.cash)
        wrong = [kind for kind, fen in said.items() if row.setl_id in moved and moved[row.setl_id][kind] != fen]
        if wrong:
            yield Finding("I6", row.chrg_bchno, f"settlement {row.setl_id}: postings differ in {', '.join(wrong)}")


def _collected_fen(session: Session) -> Iterator[Finding]:
    """What came under an order, and what went back or to bills, by its rows and by its postings."""
    came: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for order in session.scalars(select(PayOrder).where(PayOrder.paid_at.is_not(None))):
        came[order.order_no] += order.amount if order.state == PayStatus.PAID else 0
    for refund in session.scalars(select(PayRefund).where(PayRefund.state == RefundStatus.REFUNDED)):
        gone[refund.order_no] += refund.amount
    undone = set(session.scalars(select(Refund.book_no).where(Refund.undone_at.is_not(None))))
    for part in session.scalars(select(BookedPart)):
        gone[part.order_no] += part.amount
        came[part.order_no] += part.amount if part.book_no in undone else 0
    posted_in: Counter[str] = Counter()
    posted_out: Counter[str] = Counter()
    for holder, fen in session.execute(select(Posting.holder, Posting.amount).where(Posting.kind == Kind.COLLECTED)):
        (posted_in if fen > 0 else posted_out)[holder] += abs(fen)
    for order_no in sorted({*came, *gone, *posted_in, *posted_out}):
        rows, postings = (came[order_no], gone[order_no]), (posted_in[order_no], posted_out[order_no])
        if rows != postings:
            yield Finding(
                "I6", order_no, f"order {order_no}: {rows} fen in and out by its rows, {postings} by postings"
            )
