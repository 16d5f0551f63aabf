"""A line for each virtual cashier (自助机收费员), which finance signs for.

A virtual cashier is one terminal and one channel of payment, and counted like the drawer of a person.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kiosk.domain.accounts import AccountRow, Standing
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import ZERO, Money, total
from kiosk.ports.documents import CashierLine, Payers
from settlement.reconcile.indexing import Index
from settlement.reconcile.rows import PaidOrder


def cashiers(index: Index) -> tuple[CashierLine, ...]:
    """A line for each terminal and channel that took or gave back money, or paid a bill, by terminal and channel."""
    drawers = _Drawers(index)
    drawers.count_bills()
    drawers.count_kiosks()
    drawers.count_payments()
    drawers.count_hospital()
    return drawers.lines()


class _Drawers:
    """Money by terminal and channel, as kiosk, payment service and hospital count it.

    What a kiosk gives back of an earlier payment is in the drawer of the kiosk that gave it back, on the day of the
    settlement for which it did.
    """

    def __init__(self, index: Index) -> None:
        books = index.books
        self._books, self._index = books, index
        self._lines: dict[tuple[str, str], CashierLine] = {}
        self._sids = {row.sid for row in books.kiosks}
        self._back = {one.key for row in (*books.kiosks, *books.neighbours) for one in row.given_back}
        self._deposits = {one.order for one in books.deposits}

    def lines(self) -> tuple[CashierLine, ...]:
        return tuple(self._lines[key] for key in sorted(self._lines))

    def count_bills(self) -> None:
        """The kiosks' settlements that stand, each where its money came in; without any it has no channel."""
        for row in self._books.kiosks:
            if row.standing is Standing.SETTLED and not row.deposit and not self._index.undone_here(row):
                channel = next((share.channel for share in row.orders if share.collected > share.refunded), "")
                self._add(row.terminal, channel, payers=_payers(self._index, row))

    def count_kiosks(self) -> None:
        for row in self._books.kiosks:
            for share in row.orders:
                if share.collected or share.refunded:
                    self._add(row.terminal, share.channel, takings=1, taken=share.collected)
                if share.refunded:
                    self._add(row.terminal, share.channel, refunds=1, refunded=share.refunded)
            for one in row.given_back:
                self._add(row.terminal, one.channel, refunds=1, refunded=one.amount)

    def count_payments(self) -> None:
        """An order is its kiosk's, by the channel that the kiosk knows: another one is named as a difference."""
        known = {share.order: (row.terminal, share.channel) for row in self._books.kiosks for share in row.orders}
        beside = {share.order for row in self._books.neighbours for share in row.orders}
        for order in self._books.orders:
            strange = order.day == self._books.day and order.terminal in self._books.terminals
            if order.order in known or (strange and order.order not in beside):
                terminal, channel = known.get(order.order, (order.terminal, order.channel))
                self._add(terminal, channel or order.channel, at_payment=self._kept(order))
        for row in self._books.kiosks:
            for one in row.given_back:
                there = self._index.refunded(one.order, one.key)
                self._add(row.terminal, one.channel, at_payment=-(one.amount if there is None else there))

    def _kept(self, order: PaidOrder) -> Money:
        """What of a deposit goes back later is its stay's, and what of a bill goes back later its refund's."""
        if order.order in self._deposits:
            return order.amount
        return order.amount - total(amount for key, amount in order.refunds.items() if key not in self._back)

    def count_hospital(self) -> None:
        """A bill that a kiosk took back since was paid all the same, and what went back of it is counted for itself."""
        undone = {row.setl_id for row in self._books.kiosks if self._index.undone_here(row)}
        for booked in self._books.institution:
            if booked.terminal in self._books.terminals and (not booked.undone or booked.setl_id in undone):
                for part in booked.taken:
                    self._add(booked.terminal, part.channel, at_hospital=part.amount)
        for taken in self._books.deposits:
            if taken.terminal in self._books.terminals:
                self._add(taken.terminal, taken.channel, at_hospital=taken.amount)
        for terminal, channel, amount in self._returned():
            self._add(terminal, channel, at_hospital=-amount)

    def _returned(self) -> Iterator[tuple[str, str, Money]]:
        """As the hospital has it, or where it does not tell, as the kiosks do."""
        if self._books.returned is None:
            for row in self._books.kiosks:
                yield from ((row.terminal, one.channel, one.amount) for one in row.given_back)
            return
        for noted in self._books.returned:
            strange = noted.day == self._books.day and noted.sid not in self._index.sids
            if noted.sid in self._sids or (strange and noted.terminal in self._books.terminals):
                yield noted.terminal, noted.channel, noted.amount

    def _add(self, terminal: str, channel: str, **more: int | Money | Payers) -> None:
        acquired = channel in self._books.acquirers
        new = CashierLine(terminal, channel, at_payment=None if acquired else ZERO)
        line = self._lines.get((terminal, channel), new)
        if acquired:
            more.pop("at_payment", None)
        summed = {name: getattr(line, name) + value for name, value in more.items()}
        self._lines[terminal, channel] = replace(line, **summed)


def _payers(index: Index, row: AccountRow) -> Payers:
    """As its kiosk tells it. Accounts of before tell less: there it is the hospital's word."""
    booked = next(iter(index.booked(row)), None)
    told = (
        (row.used, booked.deposits if booked else None),
        (row.promised, booked.promised if booked else None),
        (row.deferred, booked.deferred if booked else None),
    )
    used, promised, deferred = (theirs or ZERO if ours is None else ours for ours, theirs in told)
    answered = row.claim is None or row.claim.outcome is Outcome.PAID
    return Payers(
        bills=1,
        psn_cash_pay=row.figures.psn_cash_pay if row.figures else ZERO,
        collected=row.kept,
        used=used,
        insurer=promised - deferred,
        deferred=deferred,
        unpaid=ZERO if answered else promised - deferred,
    )


_COLUMNS = (
    *("终端", "支付渠道", "收款笔数", "收款", "退款笔数", "退款", "净收", "支付平台", "医院入账", "差额"),
    *("结算笔数", "个人现金", "由收款", "由预交金", "由保险公司", "由缓缴", "保险公司未赔付"),
)
_NO_CHANNEL = "没有收款"


def as_csv(lines: Iterable[CashierLine]) -> str:
    """For finance: UTF-8 with its mark, so that a spreadsheet program reads the Chinese; amounts in yuan."""
    table = io.StringIO()
    table.write("\ufeff")
    rows = csv.writer(table)
    rows.writerow(_COLUMNS)
    for line in lines:
        rows.writerow(
            [
                _inert(line.terminal),
                _inert(line.channel) or _NO_CHANNEL,
                line.takings,
                line.taken.yuan(),
                line.refunds,
                line.refunded.yuan(),
                line.net.yuan(),
                "" if line.at_payment is None else line.at_payment.yuan(),
                line.at_hospital.yuan(),
                line.difference.yuan(),
                *_in_yuan(line.payers),
            ]
        )
    return table.getvalue()


def _inert(word: str) -> str:
    """A payment service's word that a spreadsheet would take for a formula, as text."""
    return f"'{word}" if word.startswith(("=", "+", "-", "@", "\t", "\r")) else word


def _in_yuan(payers: Payers) -> Iterator[object]:
    yield payers.bills
    paid = (payers.collected, payers.used, payers.insurer, payers.deferred)
    yield from (amount.yuan() for amount in (payers.psn_cash_pay, *paid, payers.unpaid))
