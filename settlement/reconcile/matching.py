"""Compares the four parties row by row. Pure: rows in, findings out, in time that grows with the rows alone.

A kiosk's row is found at the hospital and at the platform by setl_id, or by msgid where no setl_id ever reached us, and
at the payment service by its order. The platform shows its rows only where they differ: elsewhere it has what the
institution has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from kiosk.domain.accounts import AccountRow, Figures, OrderShare, Standing
from kiosk.domain.money import ZERO, Money, total
from settlement.reconcile.findings import Finding, Kind
from settlement.reconcile.rows import InstitutionRow, PaidOrder, PlatformDifference, PlatformView, TakenDeposit, Verdict

_MSGID = re.compile(r".{12}\d{14}(\d{3})\d")
"""12 characters of the institution, 14 of the time, then three of the terminal and a counter."""
_BOOK_KEY = "-book"


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that was fetched about one day.

    `kiosks` are the rows of that day, `neighbours` those of the days beside it: a visit over midnight has its order on
    one day and its settlement on the other. `orders` hold the three days.
    """

    day: date
    terminals: frozenset[str]
    kiosks: Sequence[AccountRow]
    institution: Sequence[InstitutionRow]
    platform: PlatformView
    orders: Sequence[PaidOrder]
    neighbours: Sequence[AccountRow] = ()
    away: frozenset[str] = frozenset()
    """Numbers (sid) of kiosk rows that are cleared through another province's agency: the platform is not asked."""
    deposits: Sequence[TakenDeposit] = ()
    """Deposits for stays that the hospital has from kiosks. The platform knows nothing of them."""
    acquirers: frozenset[str] = frozenset()
    """Channels whose money an acquirer has: no payment service tells it, and kiosk and hospital alone are compared."""


@dataclass(frozen=True, slots=True)
class Others:
    """What is no kiosk's is counted, and left to whoever it belongs to."""

    institution_rows: int = 0
    differences: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    findings: tuple[Finding, ...]
    others: Others


def compare(books: Books) -> Compared:
    """Every difference about a kiosk's settlement or order, in the kiosks' order."""
    index = _Index(books)
    findings: list[Finding] = []
    for row in books.kiosks:
        findings += _deposit(index, row) if row.deposit else _settlement(index, row)
        findings += _payment(index, row)
    findings += _without_kiosk(index)
    others = Others(
        sum(row.terminal not in books.terminals for row in books.institution),
        sum(not index.of_a_kiosk(told) for told in books.platform.differences),
    )
    return Compared(tuple(findings), others)


class _Index:
    """The rows by the keys under which they are looked for."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.hospital: defaultdict[str, list[InstitutionRow]] = defaultdict(list)
        for booked in books.institution:
            self.hospital[booked.setl_id].append(booked)
        self.told_by_setl = {told.setl_id: told for told in books.platform.differences if told.setl_id}
        self.told_by_msgid = {told.msgid: told for told in books.platform.differences if told.msgid}
        self.taken = {taken.order: taken for taken in books.deposits}
        self.orders = {order.order: order for order in books.orders}
        known = (*books.kiosks, *books.neighbours)
        self.setl_ids = {row.setl_id for row in known if row.setl_id}
        self.msgids = {row.msgid for row in known if row.msgid}
        self.settled = {row.setl_id for row in known if row.setl_id and row.standing is Standing.SETTLED}
        self.shares = _Shares.of(known)

    def difference(self, row: AccountRow) -> PlatformDifference | None:
        found = self.told_by_setl.get(row.setl_id) if row.setl_id else None
        return found or (self.told_by_msgid.get(row.msgid) if row.msgid else None)

    def booked(self, row: AccountRow) -> list[InstitutionRow]:
        return self.hospital.get(row.setl_id, []) if row.setl_id else []

    def of_a_kiosk(self, told: PlatformDifference) -> bool:
        known = told.setl_id in self.setl_ids or told.msgid in self.msgids
        return known or terminal_of(told.msgid) in self.books.terminals

    def known(self, setl_id: str, msgid: str) -> bool:
        return setl_id in self.setl_ids or msgid in self.msgids


def terminal_of(msgid: str) -> str:
    """Which till made a msgid; empty where no till did: the centre of the phones numbers its messages otherwise."""
    made = _MSGID.fullmatch(msgid)
    return made[1] if made else ""


@dataclass(slots=True)
class _Shares:
    """What all settlements together say of an order: one payment may serve several bills."""

    collected: defaultdict[str, Money] = field(default_factory=lambda: defaultdict[str, Money](lambda: ZERO))
    refunded: defaultdict[str, dict[str, Money]] = field(
        default_factory=lambda: defaultdict[str, dict[str, Money]](dict)
    )
    open: set[str] = field(default_factory=set[str])

    @classmethod
    def of(cls, rows: Iterable[AccountRow]) -> _Shares:
        shares = cls()
        for row in rows:
            for share in row.orders:
                shares.collected[share.order] += share.collected
                shares.refunded[share.order][share.refund_order] = share.refunded
                if row.standing is Standing.OPEN:
                    shares.open.add(share.order)
        return shares


def _settlement(index: _Index, row: AccountRow) -> Iterator[Finding]:
    match row.standing:
        case Standing.OPEN:
            yield _about(Kind.STILL_OPEN, row)
        case Standing.SETTLED:
            yield from _standing(index, row)
        case Standing.UNDONE:
            yield from _undone(index, row)


def _deposit(index: _Index, row: AccountRow) -> Iterator[Finding]:
    """Between kiosk and hospital alone, by the order it was paid with."""
    taken = next((index.taken[share.order] for share in row.orders if share.order in index.taken), None)
    if row.standing is Standing.OPEN:
        yield _about(Kind.STILL_OPEN, row)
    elif taken is None:
        yield from [_about(Kind.NOT_BOOKED, row)] if row.standing is Standing.SETTLED else []
    elif row.standing is Standing.UNDONE:
        yield _about(Kind.BOOKED_BUT_UNDONE, row)
    elif taken.amount != row.kept:
        wrong = [("kiosk.deposit", row.kept), ("hospital.deposit", taken.amount)]
        yield _about(Kind.HOSPITAL_AMOUNTS, row, wrong)


def _standing(index: _Index, row: AccountRow) -> Iterator[Finding]:
    booked, told = index.booked(row), index.difference(row)
    if not booked:
        asked = index.books.platform.asked and index.books.platform.complete and row.sid not in index.books.away
        lacking = told is None and asked
        yield _about(Kind.KIOSK_ONLY if lacking else Kind.NOT_BOOKED, row)
        return
    if len(booked) > 1:
        yield _about(Kind.BOOKED_TWICE, row)
    if booked[0].undone:
        yield _about(Kind.CANCELLED_ELSEWHERE, row)
        yield from _left_standing(row, told)
        return
    yield from _figures(row, booked[0])
    if told is not None:
        yield from _platform(row, told)


def _figures(row: AccountRow, booked: InstitutionRow) -> Iterator[Finding]:
    if row.figures is None:
        return
    wrong = [*_unlike(row.figures, booked.figures, "hospital")]
    received = booked.received + booked.deposits + booked.promised
    if not wrong and received != booked.figures.psn_cash_pay:
        wrong = [("hospital.received", received), ("hospital.psn_cash_pay", booked.figures.psn_cash_pay)]
    if row.promised is not None and row.promised != booked.promised:
        wrong = [("kiosk.promised", row.promised), ("hospital.promised", booked.promised), *wrong]
        yield _about(Kind.PROMISED_OTHERWISE, row, wrong)
    elif wrong:
        yield _about(Kind.HOSPITAL_AMOUNTS, row, wrong)


def _unlike(ours: Figures, theirs: Figures, party: str) -> Iterator[tuple[str, Money]]:
    for name in Figures.__dataclass_fields__:
        here, there = getattr(ours, name), getattr(theirs, name)
        if here != there:
            yield f"kiosk.{name}", here
            yield f"{party}.{name}", there


def _platform(row: AccountRow, told: PlatformDifference) -> Iterator[Finding]:
    match told.verdict:
        case Verdict.INSTITUTION_ONLY:
            yield _about(Kind.PHONE_TAKEN_BACK if row.by_phone else Kind.PLATFORM_MISSING, row)
        case Verdict.AMOUNTS:
            yield _about(Kind.PLATFORM_AMOUNTS, row, _told_amounts(told))
        case Verdict.UNKNOWN | Verdict.PLATFORM_ONLY:  # "only there" contradicts what we told it ourselves
            yield _about(Kind.PLATFORM_UNEXPLAINED, row, _told_amounts(told))
        case Verdict.AGREES:
            return


def _told_amounts(told: PlatformDifference) -> list[tuple[str, Money]]:
    names = ("medfee_sumamt", "fund_pay_sumamt", "acct_pay")
    amounts = (told.medfee_sumamt, told.fund_pay_sumamt, told.acct_pay)
    return [(f"platform.{name}", amount) for name, amount in zip(names, amounts, strict=True) if amount is not None]


def _undone(index: _Index, row: AccountRow) -> Iterator[Finding]:
    if row.by_phone and (row.setl_id in index.settled or _finished_elsewhere(index, row)):
        return  # begun on a phone and left here, it may be finished anywhere
    if any(not booked.undone for booked in index.booked(row)):
        yield _about(Kind.BOOKED_BUT_UNDONE, row)
    yield from _left_standing(row, index.difference(row))


def _finished_elsewhere(index: _Index, row: AccountRow) -> bool:
    return any(not booked.undone and booked.terminal != row.terminal for booked in index.booked(row))


def _left_standing(row: AccountRow, told: PlatformDifference | None) -> Iterator[Finding]:
    if told is not None and told.verdict is Verdict.PLATFORM_ONLY and not told.undone:
        kind = Kind.PHONE_UNFINISHED if row.by_phone else Kind.SETTLED_BUT_UNDONE
        yield _about(kind, row, _told_amounts(told), told)


def _payment(index: _Index, row: AccountRow) -> Iterator[Finding]:
    """An order that is still moving is the open settlement's, which is named already."""
    for share in row.orders:
        if share.order not in index.shares.open and share.channel not in index.books.acquirers:
            yield from _order(index, row, share)


def _order(index: _Index, row: AccountRow, share: OrderShare) -> Iterator[Finding]:
    paid, expected = index.orders.get(share.order), index.shares.collected[share.order]
    if paid is None:
        if share.collected:
            yield _paid(Kind.NOT_PAID, row, share, [("kiosk.collected", share.collected)])
        return
    if not expected:
        if paid.kept:
            yield _paid(Kind.PAID_WITHOUT_KIOSK, row, share, [("payment.amount", paid.kept)])
        return
    if paid.amount != expected:
        yield _paid(Kind.PAID_OTHERWISE, row, share, [("kiosk.collected", expected), ("payment.amount", paid.amount)])
        return
    if row.deposit and row.standing is Standing.SETTLED:
        return  # what goes back of it goes back with its stay, under keys of that settlement
    there = paid.refunds.get(share.refund_order, ZERO)
    if there != share.refunded:
        kind = Kind.NOT_GIVEN_BACK if there < share.refunded else Kind.GIVEN_BACK_UNKNOWN
        yield _paid(kind, row, share, [("kiosk.refunded", share.refunded), ("payment.refunded", there)])
    elif strange := _strange_refunds(index, paid, share):
        yield _paid(Kind.GIVEN_BACK_UNKNOWN, row, share, [("payment.refunded", strange)])


def _strange_refunds(index: _Index, paid: PaidOrder, share: OrderShare) -> Money:
    """Refunds under keys that no settlement knows; told once, by the order's first settlement."""
    known = index.shares.refunded[paid.order]
    if share.refund_order != next(iter(known)):
        return ZERO
    return total(amount for key, amount in paid.refunds.items() if key not in known)


def _without_kiosk(index: _Index) -> Iterator[Finding]:
    books = index.books
    for booked in books.institution:
        if booked.terminal in books.terminals and not booked.undone and not index.known(booked.setl_id, booked.msgid):
            yield Finding(
                Kind.BOOKED_WITHOUT_KIOSK, booked.terminal, _sid_of(booked.book_key), booked.setl_id, booked.msgid
            )
    for taken in books.deposits:
        if taken.terminal in books.terminals and taken.order not in index.shares.collected:
            yield Finding(Kind.BOOKED_WITHOUT_KIOSK, taken.terminal, _sid_of(taken.key), order=taken.order)
    for told in books.platform.differences:
        terminal = terminal_of(told.msgid)
        ours = terminal in books.terminals and not told.undone and told.verdict is Verdict.PLATFORM_ONLY
        if ours and not index.known(told.setl_id, told.msgid):
            yield Finding(
                Kind.SETTLED_WITHOUT_KIOSK,
                terminal,
                None,
                told.setl_id,
                told.msgid,
                amounts=tuple(_told_amounts(told)),
            )
    for order in books.orders:
        ours = order.terminal in books.terminals and order.day == books.day
        if ours and order.kept and order.order not in index.shares.collected:
            yield Finding(
                Kind.PAID_WITHOUT_KIOSK, order.terminal, order=order.order, amounts=(("payment.amount", order.kept),)
            )


def _sid_of(book_key: str) -> str | None:
    """The hospital keeps the key under which a kiosk booked, and the key bears the settlement's number."""
    return book_key.removesuffix(_BOOK_KEY) if book_key.endswith(_BOOK_KEY) else None


def _about(
    kind: Kind, row: AccountRow, amounts: Sequence[tuple[str, Money]] = (), told: PlatformDifference | None = None
) -> Finding:
    setl_id = row.setl_id or (told.setl_id if told else "")
    return Finding(kind, row.terminal, row.sid, setl_id, row.msgid, amounts=tuple(amounts))


def _paid(kind: Kind, row: AccountRow, share: OrderShare, amounts: Sequence[tuple[str, Money]]) -> Finding:
    return Finding(kind, row.terminal, row.sid, row.setl_id, row.msgid, share.order, tuple(amounts))
