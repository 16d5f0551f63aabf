"""Reads what the hospital keeps of paid bills; one whose amounts contradict one another is nobody's receipt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from kiosk.domain.insured import Insurance, Person
from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import ZERO, Money
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Settlement
from kiosk.domain.sid import is_sid
from kiosk.domain.visit import Booking, FeeBatch, FeeLine, FiscalReceipt, NextStep, Redress
from kiosk.ports.hospital import PaidBefore, Payment, Refundable, Till
from settlement.bills import MOST_SENTENCES, read_batch, read_deposit, summed
from settlement.reading import read_settlement
from settlement.wire import hospital, paid
from settlement.wire.codec import Breakage, BrokenMessage

_BOOK_KEY = "-book"
_LINK = re.compile(r"https?://[!-~]{1,490}")
"""What a phone can open, and a code on 58 mm of paper can hold."""


def read_paid(
    told: paid.PaidBills, person: Person, since: date, profile: SettlementProfile, now: datetime
) -> tuple[PaidBefore, ...]:
    """All of them, or none; but not those of long before `since`, whatever a hospital tells: no paper is made of them.

    The day before it may have settled what was booked after midnight.

    Raises:
        BrokenMessage: names bill and field.
    """
    read = [_one(each, person, profile, now, f"bills.{place}") for place, each in enumerate(told.bills)]
    first = since - timedelta(days=1)
    return tuple(one for one in read if one.settlement.settled_at.date() >= first)


def _one(told: paid.PaidBill, person: Person, profile: SettlementProfile, now: datetime, place: str) -> PaidBefore:
    batch = read_batch(told.bill, f"{place}.bill")
    settled = read_settlement(told.settled, told.msgid, batch.total.yuan(), profile, now)
    if not isinstance(settled, Settlement):
        raise BrokenMessage(Breakage.WRONG_SHAPE, tuple(f"{place}.settled.{name}" for name in settled.broken))
    return PaidBefore(
        batch=batch,
        insurance=_insurance(told, person),
        settlement=settled,
        parts=tuple(Payment(part.order, Money(part.amount_fen), part.channel) for part in told.payments),
        booking=Booking(told.booked, read_steps(told.next_steps), read_receipt(told.einvoice), told.einvoice_at),
        till=Till(told.till.value),
        sid=_sid(told.book_key),
        refund=_refund(told, told.refund, batch, f"{place}.refund") if told.refund else None,
        claim=_claim(told.insurer, batch, settled, f"{place}.insurer") if told.insurer else None,
    )


def _claim(told: paid.InsurersPart, batch: FeeBatch, settled: Settlement, place: str) -> Claim:
    """An insurer that the bill names, which pays no more than there was to pay."""
    amount = Money(told.amount_fen)
    if batch.policy is None or amount > settled.amounts.psn_cash_pay:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (place,))
    return Claim(Pledge(batch.policy, "", amount), Outcome(told.end.value))


def _refund(bill: paid.PaidBill, told: paid.RefundApproved, batch: FeeBatch, place: str) -> Refundable:
    """Lines of this very bill, and their sum, which is something: the slip tells the window what to give back. A line
    that takes another one back is taken back by nobody.
    """
    by_number = {line.sn: line for line in batch.lines}
    lines = tuple(by_number[sn] for sn in told.lines if sn in by_number)
    whole = summed((line.amount for line in lines), place)
    each_once = len(lines) == len(told.lines) == len(set(told.lines))
    if not each_once or whole.yuan() != told.total or whole <= ZERO:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (place,))
    again = _again(bill, told, batch, lines, f"{place}.at_kiosk")
    return Refundable(told.approval_no, lines, whole, told.window[:MOST_SENTENCES], again)


def _again(
    told: paid.PaidBill, approved: paid.RefundApproved, batch: FeeBatch, lines: tuple[FeeLine, ...], place: str
) -> FeeBatch | None:
    """The rest is a bill like the old one less what is taken back, and what was collected is what was paid in cash:
    else a kiosk would give back what nobody owes. What only a window can do is left to it without a word.
    """
    here, mdtrt_id = approved.at_kiosk, told.settled.get("setlinfo", {}).get("mdtrt_id")
    setl_id, cash = (told.settled.get("setlinfo", {}).get(name) for name in ("setl_id", "psn_cash_pay"))
    if here is None or approved.window or told.insurer is not None or batch.stay is not None:
        return None
    payments = tuple(read_deposit(one, f"{place}.payments.{n}") for n, one in enumerate(here.payments))
    orders = [one.order for one in payments if one.order]
    rest = read_batch(here.rest, f"{place}.rest") if here.rest else None
    left = rest.total if rest else ZERO
    alike = rest is None or (rest.deposit is None and rest.stay is None)
    sound = (
        alike and left + Money.from_yuan(approved.total) == batch.total and isinstance(mdtrt_id, str) and bool(setl_id)
    )
    collected = summed((one.amount for one in payments), place).yuan() == Decimal(str(cash or 0))
    if not sound or not collected or len(orders) != len(payments) or len(set(orders)) < len(orders):
        raise BrokenMessage(Breakage.WRONG_SHAPE, (place,))
    undone = (approved.approval_no, batch.batch_no, str(setl_id), str(mdtrt_id))
    redress = Redress(*undone, payments, lines, rest is None)
    return replace(rest or batch, redress=redress)


def _insurance(told: paid.PaidBill, person: Person) -> Insurance:
    """The row of the person's it was settled under, by kind and area; one that ended since is told by these alone."""
    insutype = told.bill.insutype or str(told.settled.get("setlinfo", {}).get("insutype", ""))
    under = (insutype, told.insuplc_admdvs)
    standing = next((row for row in person.insurances if (row.insutype, row.insuplc_admdvs) == under), None)
    return standing or Insurance(insutype, "", "", ZERO, told.insuplc_admdvs)


def _sid(book_key: str) -> str:
    """Only a kiosk's key is made of a visit's number."""
    sid, found, _ = book_key.partition(_BOOK_KEY)
    return sid if found and is_sid(sid) else ""


def read_steps(told: Sequence[hospital.NextStep]) -> tuple[NextStep, ...]:
    """As many as a page has room for."""
    steps = (NextStep(what=one.what, where=one.where, floor=one.floor, room=one.room, note=one.note) for one in told)
    return tuple(steps)[:MOST_SENTENCES]


def read_receipt(told: hospital.EInvoice | None) -> FiscalReceipt | None:
    """Without an address that could be scanned its numbers are told all the same."""
    if told is None:
        return None
    return FiscalReceipt(told.code, told.number, told.check, told.url if _LINK.fullmatch(told.url) else "")


def refunded_of(key: str, hold_key: str, redress: Redress) -> paid.Refunded:
    """What the hospital is told when the settlement of a paid bill is cancelled."""
    return paid.Refunded(
        refund_key=key,
        hold_key=hold_key,
        batch_no=redress.batch_no,
        approval_no=redress.approval_no,
        setl_id=redress.setl_id,
    )
