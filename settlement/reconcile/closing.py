"""The day's end: four parties side by side, and a line for each virtual cashier, which finance signs.

A virtual cashier (自助机收费员) is one terminal and one channel of payment: what a hospital's finance counts like the
drawer of a person.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from kiosk.domain.accounts import Figures, Standing
from kiosk.domain.money import ZERO, Money, total
from kiosk.ports.documents import CashierLine
from settlement.reconcile.matching import Books, terminal_of
from settlement.reconcile.rows import InstitutionRow, PaidOrder, PlatformDifference, TakenDeposit, Verdict


@dataclass(frozen=True, slots=True)
class Side:
    """What one party has of the kiosks' settlements. The platform's lists tell no cash; payment tells nothing else."""

    count: int | None = None
    medfee_sumamt: Money | None = None
    fund_pay_sumamt: Money | None = None
    acct_pay: Money | None = None
    received: Money | None = None


@dataclass(frozen=True, slots=True)
class FourWays:
    """kiosk = hospital = platform = payment, as far as each of them can tell.

    `acquirers` is what no payment service can tell: the kiosks' word of what card terminals took and gave back.
    """

    kiosk: Side
    hospital: Side
    platform: Side
    payment: Side
    acquirers: Money = ZERO

    @property
    def equal(self) -> bool:
        collected = replace(self.payment, received=(self.payment.received or ZERO) + self.acquirers)
        return all(_agree(self.kiosk, side) for side in (self.hospital, self.platform, collected))


def _agree(ours: Side, theirs: Side) -> bool:
    told = ((getattr(ours, field.name), getattr(theirs, field.name)) for field in fields(Side))
    return all(there is None or here == there for here, there in told)


def four_ways(books: Books) -> FourWays:
    """The kiosks' settlements that stand, at each party.

    The platform's side is the hospital's, changed by what the platform said differs; what another province's agency
    clears is in it as the hospital has it, for nobody here compares that.
    """
    standing = [row for row in books.kiosks if row.standing is Standing.SETTLED and not row.deposit]
    ours = [row for row in books.institution if row.terminal in books.terminals and not row.undone]
    figures = sum((row.figures for row in standing if row.figures), Figures())
    booked = sum((row.figures for row in ours), Figures())
    return FourWays(
        _side(len(standing), figures, total(row.kept for row in books.kiosks)),
        _side(len(ours), booked, total(row.received for row in ours) + total(one.amount for one in deposits_of(books))),
        _platform(books, ours),
        Side(received=total(_kept(books, order) for order in orders_of_the_day(books))),
        total(
            share.collected - share.refunded
            for row in books.kiosks
            for share in row.orders
            if share.channel in books.acquirers
        ),
    )


def _side(count: int, figures: Figures, received: Money | None) -> Side:
    return Side(count, figures.medfee_sumamt, figures.fund_pay_sumamt, figures.acct_pay, received)


def _platform(books: Books, ours: Sequence[InstitutionRow]) -> Side:
    """Nothing is told where the platform was not asked, or did not say of every row how it differs."""
    if not (books.platform.asked and books.platform.complete):
        return Side()
    there = {row.setl_id: row.figures for row in ours}
    known = {row.setl_id for row in books.kiosks} | {row.setl_id for row in books.neighbours}
    for told in books.platform.differences:
        if told.verdict is Verdict.INSTITUTION_ONLY or told.undone:
            there.pop(told.setl_id, None)
        elif told.setl_id in there or told.setl_id in known or terminal_of(told.msgid) in books.terminals:
            there[told.setl_id] = _changed(there.get(told.setl_id, Figures()), told)
    return _side(len(there), sum(there.values(), Figures()), None)


def _changed(figures: Figures, told: PlatformDifference) -> Figures:
    names = ("medfee_sumamt", "fund_pay_sumamt", "acct_pay")
    said = {name: getattr(told, name) for name in names}
    return replace(figures, **{name: amount for name, amount in said.items() if amount is not None})


def orders_of_the_day(books: Books) -> list[PaidOrder]:
    """Orders of the day's settlements, whenever they were paid, and orders of the day that no settlement knows."""
    known = {share.order for row in books.kiosks for share in row.orders}
    beside = {share.order for row in books.neighbours for share in row.orders}

    def counts(order: PaidOrder) -> bool:
        strange = order.day == books.day and order.terminal in books.terminals and order.order not in beside
        return order.order in known or strange

    return [order for order in books.orders if counts(order)]


def deposits_of(books: Books) -> list[TakenDeposit]:
    """Those that the kiosks themselves took."""
    return [one for one in books.deposits if one.terminal in books.terminals]


def _kept(books: Books, order: PaidOrder) -> Money:
    """What of a deposit goes back later is its stay's, and no part of the day on which it was taken."""
    return order.amount if any(one.order == order.order for one in books.deposits) else order.kept


def cashiers(books: Books) -> tuple[CashierLine, ...]:
    """A line for each terminal and channel that took or gave back money, by terminal and channel."""
    lines: dict[tuple[str, str], CashierLine] = {}

    def add(terminal: str, channel: str, **more: int | Money) -> None:
        told = None if channel in books.acquirers else ZERO
        line = lines.get((terminal, channel)) or CashierLine(terminal, channel, at_payment=told)
        summed = {name: getattr(line, name) + value for name, value in more.items()}
        lines[terminal, channel] = replace(line, **summed)

    for row in books.kiosks:
        for share in row.orders:
            if share.collected or share.refunded:
                add(
                    row.terminal,
                    share.channel,
                    takings=1,
                    taken=share.collected,
                    refunds=int(bool(share.refunded)),
                    refunded=share.refunded,
                )
    for order in orders_of_the_day(books):
        add(order.terminal, order.channel, at_payment=_kept(books, order))
    for booked in books.institution:
        if booked.terminal in books.terminals and not booked.undone:
            for part in booked.taken:
                add(booked.terminal, part.channel, at_hospital=part.amount)
    for one in deposits_of(books):
        add(one.terminal, one.channel, at_hospital=one.amount)
    return tuple(lines[key] for key in sorted(lines))


_COLUMNS = ("终端", "支付渠道", "收款笔数", "收款", "退款笔数", "退款", "净收", "支付平台", "医院入账", "差额")


def as_csv(lines: Iterable[CashierLine]) -> str:
    """For finance: UTF-8 with its mark, so that a spreadsheet program reads the Chinese; amounts in yuan."""
    table = io.StringIO()
    table.write("\ufeff")
    rows = csv.writer(table)
    rows.writerow(_COLUMNS)
    for line in lines:
        rows.writerow(
            [
                line.terminal,
                line.channel,
                line.takings,
                line.taken.yuan(),
                line.refunds,
                line.refunded.yuan(),
                line.net.yuan(),
                "" if line.at_payment is None else line.at_payment.yuan(),
                line.at_hospital.yuan(),
                line.difference.yuan(),
            ]
        )
    return table.getvalue()
