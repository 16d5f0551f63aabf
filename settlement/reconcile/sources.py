"""Fetches the day's rows of hospital, payment services and insurers. It moves no money, and may all be done again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from kiosk.domain.accounts import Figures
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonNumber
from kiosk.domain.policy import Reach, SettlementProfile
from kiosk.faults import CATALOGUE
from kiosk.ports.answers import NotSent, Unknown
from settlement.face import Face
from settlement.reconcile.rows import (
    Group,
    HandedBill,
    InstitutionRow,
    InsurerRow,
    Looked,
    MadeRefund,
    NotedClaim,
    NotedReturn,
    OnPhone,
    PaidOrder,
    Taken,
    TakenBack,
    TakenDeposit,
)
from settlement.wire import accounts as wire
from settlement.wire.accounts import LARGEST_PAGE, DayQuery
from settlement.wire.values import to_fen

_MOST_PAGES = 10_000
"""Ten million rows: a party that never ends its list is not followed for ever."""
_RETURNS_KEY, _UNBOOK_KEY = "-returns", "-unbook"
_DAY = timedelta(days=1)


class SourceSilent(Exception):
    """A party did not tell its rows, or not all of them: then the day cannot be closed. Names the party and why."""


RowT = TypeVar("RowT")
PageT = TypeVar("PageT", wire.HospitalDay, wire.PaymentDay, wire.InsurerDay)


@dataclass(frozen=True, slots=True)
class HospitalBooks:
    """What the hospital has of a day; what went back, and what went to phones, of the days beside it too: a visit goes
    over midnight, and a bill that was handed over is paid the day after.
    """

    rows: tuple[InstitutionRow, ...]
    deposits: tuple[TakenDeposit, ...]
    returned: tuple[NotedReturn, ...] | None
    taken_back: tuple[TakenBack, ...] | None
    handed: tuple[HandedBill, ...] | None


@dataclass(frozen=True, slots=True)
class PaymentBooks:
    """Orders and refunds of three days. `refunds` None: not every service lists them by their own day."""

    orders: tuple[PaidOrder, ...]
    refunds: tuple[MadeRefund, ...] | None


@dataclass(frozen=True, slots=True)
class Sources:
    """The faces of the hospital, of the payment services, each once, and of the insurers' service if it has a list."""

    hospital: Face
    payments: tuple[Face, ...]
    profile: SettlementProfile
    insurer: Face | None = None

    def institution(self, day: date) -> HospitalBooks:
        """Every settlement of the institution on that day, and what kiosks took and gave back besides.

        Raises:
            SourceSilent: the hospital did not answer, or not as it should.
        """
        pages = list(_pages(self.hospital, wire.HOSPITAL_DAY, day, wire.HospitalDay))
        firsts = {day: pages[0]} | {
            near: next(_pages(self.hospital, wire.HOSPITAL_DAY, near, wire.HospitalDay, most=1))
            for near in (day - _DAY, day + _DAY)
        }
        return HospitalBooks(
            rows=tuple(self._institution_row(row) for page in pages for row in page.rows),
            deposits=tuple(_deposit(row) for row in pages[0].deposits),
            returned=_all(
                None if page.returned is None else [_returned(row, near) for row in page.returned]
                for near, page in firsts.items()
            ),
            taken_back=_all(
                None if page.taken_back is None else [_taken_back(row, near) for row in page.taken_back]
                for near, page in firsts.items()
            ),
            handed=_all(None if page.handed is None else [*map(_handed, page.handed)] for page in firsts.values()),
        )

    def payment(self, day: date) -> PaymentBooks:
        """Every order that was paid on the three days, and every refund made on them.

        Raises:
            SourceSilent: a payment service did not answer, or not as it should.
        """
        lists = [
            (near, list(_pages(service, wire.PAYMENT_DAY, near, wire.PaymentDay)))
            for service in self.payments
            for near in (day - _DAY, day, day + _DAY)
        ]
        orders = (_order(row, near) for near, pages in lists for page in pages for row in page.rows)
        refunds = _all(
            None if pages[0].refunds is None else [_refund(row, near) for row in pages[0].refunds]
            for near, pages in lists
        )
        return PaymentBooks(tuple(orders), refunds)

    def claims(self, day: date) -> tuple[InsurerRow, ...] | None:
        """Claims first made on the three days; None where nobody lists them.

        Raises:
            SourceSilent: the insurers' service did not answer, or not as it should.
        """
        if self.insurer is None:
            return None
        days = (day - _DAY, day, day + _DAY)
        pages = (page for near in days for page in _pages(self.insurer, wire.INSURER_DAY, near, wire.InsurerDay))
        return tuple(_claim(row) for page in pages for row in page.rows)

    def _institution_row(self, row: wire.HospitalRow) -> InstitutionRow:
        reach = self.profile.reach_of(row.insuplc_admdvs) if row.insuplc_admdvs else Reach.LOCAL
        return InstitutionRow(
            book_key=row.book_key,
            setl_id=row.setl_id,
            msgid=row.msgid,
            mdtrt_id=row.mdtrt_id,
            psn_no=PersonNumber.optional(row.psn_no),
            group=Group(row.insutype, row.clr_type, row.clr_optins),
            terminal=row.opter_no,
            figures=Figures(
                _money(row.medfee_sumamt), _money(row.fund_pay_sumamt), _money(row.acct_pay), _money(row.psn_cash_pay)
            ),
            taken=tuple(Taken(part.order, part.channel, Money(part.amount_fen)) for part in row.payments),
            deposits=Money(row.deposits_fen),
            promised=Money(row.promised_fen),
            away=reach is Reach.CROSS_PROVINCE or reach is None,
            undone=row.undone,
            deferred=None if row.deferred_fen is None else Money(row.deferred_fen),
            claims=None if row.claims is None else tuple(map(_noted, row.claims)),
            receipt=row.receipt,
        )


def _money(amount: Decimal) -> Money:
    return Money(to_fen(amount))


def _noted(row: wire.ClaimNoted) -> NotedClaim:
    return NotedClaim(row.claim_key, Money(row.amount_fen), Outcome(row.end.value))


def _deposit(row: wire.DepositRow) -> TakenDeposit:
    return TakenDeposit(row.deposit_key, row.opter_no, row.order, row.channel, Money(row.amount_fen))


def _returned(row: wire.ReturnedRow, day: date) -> NotedReturn:
    sid = row.returns_key.removesuffix(_RETURNS_KEY)
    return NotedReturn(sid, row.opter_no, row.order, row.channel, Money(row.amount_fen), day)


def _taken_back(row: wire.TakenBackRow, day: date) -> TakenBack:
    sid = row.refund_key.removesuffix(_UNBOOK_KEY)
    return TakenBack(sid, row.opter_no, row.setl_id, date.fromisoformat(row.settled_on), row.red, day, row.orders)


def _handed(row: wire.HandedRow) -> HandedBill:
    return HandedBill(row.hand_key, row.batch_no, OnPhone(row.state.value), row.setl_id)


def _order(row: wire.PaymentRow, day: date) -> PaidOrder:
    refunds = {refund.refund_order: Money(refund.amount_fen) for refund in row.refunds}
    return PaidOrder(row.order, row.terminal, row.channel, Money(row.amount_fen), day, refunds)


def _refund(row: wire.DayRefund, day: date) -> MadeRefund:
    return MadeRefund(row.refund_order, row.order, row.terminal, row.channel, Money(row.amount_fen), day)


def _claim(row: wire.ClaimRow) -> InsurerRow:
    return InsurerRow(row.key, row.setl_id, Money(row.amount_fen), Looked(row.status.value))


def _all(lists: Iterable[list[RowT] | None]) -> tuple[RowT, ...] | None:
    """One list of them all; none where one of them was not told."""
    told = list(lists)
    return None if None in told else tuple(row for rows in told for row in rows or ())


def _pages(face: Face, path: str, day: date, kind: type[PageT], most: int = LARGEST_PAGE) -> Iterator[PageT]:
    after: str | None = ""
    for _ in range(_MOST_PAGES):
        wish = DayQuery(day=day.isoformat(), after=after or "", limit=most)
        page = face.ask(path, wish, kind, day.isoformat())
        if isinstance(page, NotSent | Unknown):
            cause = CATALOGUE[page.fault].cause
            raise SourceSilent(f"{path} 没有答复 · no answer: {type(page).__name__} {page.fault.value}, {cause}")
        yield page
        if not page.after or page.after == after:
            return
        after = page.after
    raise SourceSilent(f"{path}: the list does not end")
