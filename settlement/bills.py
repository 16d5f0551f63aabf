"""Reads the hospital's bills into the trade's values, and refuses a bill whose sums do not agree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from kiosk.domain.admission import Admission, AdmissionOrder
from kiosk.domain.handed import Handed
from kiosk.domain.insurer import Policy
from kiosk.domain.money import ZERO, Money, Quantity, UnitPrice, total
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Settlement
from kiosk.domain.stay import Deferral, Deposit, DepositAsked, Scopes, Stay
from kiosk.domain.visit import ByStaff, FeeBatch, FeeLine, Maternity, NextStep
from kiosk.ports.clock import BEIJING
from settlement.days import read_days
from settlement.ids import short_id
from settlement.moments import read_day, read_moment
from settlement.parts import pack
from settlement.reading import read_settlement
from settlement.terms import terms_of
from settlement.wire import hospital as wire
from settlement.wire import promises
from settlement.wire.codec import Breakage, BrokenMessage
from settlement.wire.fee_lines import BillLine
from settlement.wire.handing import OnPhone
from settlement.wire.ordered import OrderedOnPhone
from settlement.wire.payment import ORDER_PATTERN

LONGEST_LINK = 300
_LINK = re.compile(f"[!-~]{{1,{LONGEST_LINK}}}")
MOST_SENTENCES = 12
"""Reasons, or places to go to: more of them nobody reads, and a page would have no room for its buttons."""
_ORDER = re.compile(ORDER_PATTERN)


def read_bills(told: wire.Bills, profile: SettlementProfile, now: datetime) -> tuple[FeeBatch, ...]:
    """All bills, or none: one that cannot be believed is a fault of the hospital's, not a bill less.

    What a phone has settled of one must be as sound as what we settle ourselves.

    Raises:
        BrokenMessage: names bill and field.
    """
    bills: list[FeeBatch] = []
    if len({each.batch_no for each in told.bills}) < len(told.bills):  # it would be paid twice, or asked for twice
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("bills.batch_no",))
    for place, each in enumerate(told.bills):
        batch = read_batch(each, f"bills.{place}")
        if each.ordered is not None:
            batch = replace(batch, ordered=_ordered(each.ordered, batch, profile, now, f"bills.{place}.ordered"))
        bills.append(batch)
    return tuple(bills)


def _ordered(
    told: OrderedOnPhone, batch: FeeBatch, profile: SettlementProfile, now: datetime, place: str
) -> Settlement:
    settled = read_settlement(told.settled, told.msgid, batch.total.yuan(), profile, now)
    if not isinstance(settled, Settlement) or batch.mdtrt_id is None or not batch.uploaded or batch.stay is not None:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (place,))
    return settled


def read_handed(told: OnPhone, place: str) -> Handed:
    """
    Raises:
        BrokenMessage: names the field, beginning with `place`.
    """
    try:
        until = datetime.fromisoformat(told.until)
    except ValueError as wrong:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (f"{place}.until",)) from wrong
    if until.tzinfo is None or not told.where:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (f"{place}.until" if told.where else f"{place}.where",))
    link = told.link if _LINK.fullmatch(told.link) else ""  # a phone could not read the code
    return Handed(until.astimezone(BEIJING), told.where, told.number, link)


def read_orders(told: wire.Admissions) -> tuple[AdmissionOrder, ...]:
    """
    Raises:
        BrokenMessage: names order and field.
    """
    return tuple(
        AdmissionOrder(
            one.admission_no,
            one.ward,
            one.doctor_name,
            _moment(one.ordered_at, f"orders.{place}.ordered_at"),
            one.obstacles[:MOST_SENTENCES],
        )
        for place, one in enumerate(told.orders)
    )


def read_admission(told: wire.AdmitReply) -> Admission:
    """
    Raises:
        BrokenMessage: what is asked for as a deposit is none.
    """
    deposit = read_batch(told.deposit, "deposit") if told.deposit else None
    if deposit is not None and deposit.deposit is None:
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("deposit",))
    steps = tuple(
        NextStep(one.what, one.where, one.floor, one.room, one.note) for one in told.next_steps[:MOST_SENTENCES]
    )
    return Admission(told.admitted or "", told.ward, told.bed, steps, deposit)


def read_batch(told: wire.FeeBatch, place: str) -> FeeBatch:
    """
    Raises:
        BrokenMessage: names the field, beginning with `place`.
    """
    _check_sums(told, place)
    lines = tuple(_line(line) for line in told.lines)
    return FeeBatch(
        batch_no=told.batch_no,
        chrg_bchno=short_id(told.chrg_bchno, f"{place}.chrg_bchno"),
        visit_no=short_id(told.visit_no, f"{place}.visit_no"),
        med_type=told.med_type,
        department=told.dept_name,
        doctor=told.doctor_name,
        begun=_moment(told.begntime, f"{place}.begntime"),
        total=Money.from_yuan(told.total),
        lines=lines,
        mdtrt_id=short_id(told.mdtrt_id, f"{place}.mdtrt_id") if told.mdtrt_id else None,
        uploaded=told.fees_uploaded,
        insutype=told.insutype or None,
        disease_code=told.dise_codg,
        disease=told.dise_name,
        parts=pack(told),
        back_to_doctor=told.back_to_doctor,
        stay=_stay(told.stay, lines, told.total, f"{place}.stay") if told.stay else None,
        maternity=_maternity(told.maternity) if told.maternity else None,
        newborn=told.newborn,
        by_staff=_by_staff(told.by_staff),
        deposit=_asked(told.deposit, told.total, f"{place}.total") if told.deposit else None,
        policy=Policy(told.policy.insurer, told.policy.product, told.policy.number) if told.policy else None,
        deferral=_deferral(told.deferral, f"{place}.deferral") if told.deferral else None,
        phone=told.phone and told.stay is None and told.deposit is None and told.ordered is None,
        handed=read_handed(told.handed, f"{place}.handed") if told.handed else None,
    )


def _by_staff(reason: str) -> ByStaff | None:
    """A reason that this kiosk has no words for is one all the same."""
    known = {one.value for one in ByStaff}
    return (ByStaff(reason) if reason in known else ByStaff.OTHER) if reason else None


def read_owed(told: wire.FeeBatch) -> FeeBatch:
    """What is asked for in an insurer's place. Raises BrokenMessage when it is a bill of another kind."""
    batch = read_batch(told, "owed")
    if batch.deposit is None or not batch.deposit.owed:
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("owed",))
    return batch


def _check_sums(told: wire.FeeBatch, place: str) -> None:
    """The patient reads the lines, the platform prices the uploaded ones, both settle the total. A deposit has none.

    Lines may take others back; a bill that comes to less than nothing is no bill.
    """
    if told.total < 0 or not told.batch_no:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (f"{place}.total" if told.batch_no else f"{place}.batch_no",))
    if told.deposit is not None:
        return
    read_by_patient = sum((line.amount for line in told.lines), start=Decimal(0))
    priced = sum((row.det_item_fee_sumamt for row in told.feedetail), start=Decimal(0))
    if read_by_patient != told.total or (not told.fees_uploaded and priced != told.total):
        raise BrokenMessage(Breakage.WRONG_SHAPE, (f"{place}.total",))


def _stay(told: wire.Stay, lines: tuple[FeeLine, ...], bill: Decimal, place: str) -> Stay:
    """A stay whose split is not its total would be refused after the family has paid; two deposits of one number, or of
    one order, could not be told apart when they go back. A day list that contradicts itself costs the family nothing
    but the list.
    """
    split = (told.fulamt_ownpay_amt, told.overlmt_selfpay, told.preselfpay_amt, told.inscp_scp_amt)
    deposits = tuple(read_deposit(one, f"{place}.deposits.{n}") for n, one in enumerate(told.deposits))
    orders = [one.order for one in deposits if one.order]
    numbers = {one.number for one in deposits}
    twice = len(numbers) < len(deposits) or len(set(orders)) < len(orders)
    summed((one.amount for one in deposits), f"{place}.deposits")
    if sum(split) != bill or min(split) < 0 or twice:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (place,))
    days = read_days(told.days, lines, Money.from_yuan(bill))
    return Stay(
        ward=told.ward,
        bed=told.bed,
        admitted=_moment(told.admitted_at, f"{place}.admitted_at"),
        discharged=_moment(told.discharged_at, f"{place}.discharged_at") if told.discharged_at else None,
        scopes=Scopes(*(Money.from_yuan(amount) for amount in split)),
        setlway=told.psn_setlway,
        deposits=deposits,
        obstacles=told.obstacles[:MOST_SENTENCES],
        window=told.window_only,
        days=days or (),
        days_wrong=days is None,
    )


def _maternity(told: wire.Maternity) -> Maternity:
    try:
        day = date.fromisoformat(told.birctrl_matn_date)
    except ValueError:
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("maternity.birctrl_matn_date",)) from None
    return Maternity(told.matn_type, told.geso_val, told.fetus_cnt, day)


def _asked(told: wire.DepositAsked, amount: Decimal, place: str) -> DepositAsked:
    if amount <= 0:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (place,))
    return DepositAsked(told.ward, told.bed, told.basis, told.owed)


def _deferral(told: promises.Deferral, place: str) -> Deferral:
    if told.most <= 0:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (f"{place}.most",))
    return Deferral(Money.from_yuan(told.most), told.basis)


def read_deposit(told: wire.DepositPaid, place: str) -> Deposit:
    """A deposit whose order no payment service can have goes back at the window: asked for it, none would answer.

    Raises:
        BrokenMessage: names the field, beginning with `place`.
    """
    amount = Money.from_yuan(told.amount)
    if not amount or amount < ZERO:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (f"{place}.amount",))
    moment = _moment(told.paid_at, f"{place}.paid_at")
    order = told.order if told.order and _ORDER.fullmatch(told.order) else ""
    return Deposit(told.deposit_no, amount, moment, told.channel, told.payer, order)


def summed(amounts: Iterable[Money], place: str) -> Money:
    """
    Raises:
        BrokenMessage: more than any message of ours could carry.
    """
    try:
        return total(amounts)
    except ValueError:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (place,)) from None


def _moment(text: str, place: str) -> datetime:
    moment = read_moment(text)
    if moment is None:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (place,))
    return moment


def _line(told: BillLine) -> FeeLine:
    line = FeeLine(
        sn=told.feedetl_sn,
        name=told.name,
        spec=told.spec,
        unit=told.unit,
        quantity=Quantity(told.cnt),
        price=UnitPrice(told.pric),
        amount=Money.from_yuan(told.amount),
        category=told.category,
        day=read_day(told.fee_ocur_time[:10]) if told.fee_ocur_time else None,
    )
    return line.under(terms_of(told.split)) if told.split else line
