"""Fetches the day's rows of hospital and payment service. Nothing here moves money; all of it may be asked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from kiosk.domain.accounts import Figures
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonNumber
from kiosk.domain.policy import Reach, SettlementProfile
from kiosk.ports.answers import NotSent, Unknown
from settlement.face import Face
from settlement.reconcile.rows import Group, InstitutionRow, PaidOrder, Taken, TakenDeposit
from settlement.wire.accounts import (
    HOSPITAL_DAY,
    PAYMENT_DAY,
    DayQuery,
    HospitalDay,
    HospitalRow,
    PaymentDay,
    PaymentRow,
)
from settlement.wire.values import to_fen

_MOST_PAGES = 10_000
"""Ten million rows: a party that never ends its list is not followed for ever."""


class SourceSilent(Exception):
    """A party did not tell its rows, or not all of them: then the day cannot be closed. Names the party and why."""


PageT = TypeVar("PageT", HospitalDay, PaymentDay)


@dataclass(frozen=True, slots=True)
class Sources:
    """The faces of the hospital and of the payment services, each once."""

    hospital: Face
    payments: tuple[Face, ...]
    profile: SettlementProfile

    def institution(self, day: date) -> Iterator[InstitutionRow]:
        """Every settlement of the institution on that day.

        Raises:
            SourceSilent: the hospital did not answer, or not as it should.
        """
        for page in _pages(self.hospital, HOSPITAL_DAY, day, HospitalDay):
            yield from (self._institution_row(row) for row in page.rows)

    def deposits(self, day: date) -> list[TakenDeposit]:
        """Every deposit that a kiosk took on that day.

        Raises:
            SourceSilent: the hospital did not answer, or not as it should.
        """
        first = next(_pages(self.hospital, HOSPITAL_DAY, day, HospitalDay))
        return [
            TakenDeposit(row.deposit_key, row.opter_no, row.order, row.channel, Money(row.amount_fen))
            for row in first.deposits
        ]

    def orders(self, day: date) -> Iterator[PaidOrder]:
        """Every order that was paid on that day.

        Raises:
            SourceSilent: the payment service did not answer, or not as it should.
        """
        for service in self.payments:
            for page in _pages(service, PAYMENT_DAY, day, PaymentDay):
                yield from (_order(row, day) for row in page.rows)

    def _institution_row(self, row: HospitalRow) -> InstitutionRow:
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
        )


def _money(amount: Decimal) -> Money:
    return Money(to_fen(amount))


def _order(row: PaymentRow, day: date) -> PaidOrder:
    refunds = {refund.refund_order: Money(refund.amount_fen) for refund in row.refunds}
    return PaidOrder(row.order, row.terminal, row.channel, Money(row.amount_fen), day, refunds)


def _pages(face: Face, path: str, day: date, kind: type[PageT]) -> Iterator[PageT]:
    after: str | None = ""
    for _ in range(_MOST_PAGES):
        page = face.ask(path, DayQuery(day=day.isoformat(), after=after or ""), kind, day.isoformat())
        if isinstance(page, NotSent | Unknown):
            raise SourceSilent(f"{path}: {type(page).__name__} {page.fault.value}")
        yield page
        if page.after is None or page.after == after:
            return
        after = page.after
    raise SourceSilent(f"{path}: the list does not end")
