"""Reads the hospital's bills into the trade's values, and refuses a bill whose sums do not agree."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from kiosk.domain.money import Money, Quantity, UnitPrice
from kiosk.domain.visit import FeeBatch, FeeLine
from settlement.ids import short_id
from settlement.moments import read_moment
from settlement.parts import pack
from settlement.wire import hospital as wire
from settlement.wire.codec import Breakage, BrokenMessage


def read_bills(told: wire.Bills) -> tuple[FeeBatch, ...]:
    """All bills, or none: one that cannot be believed is a fault of the hospital's, not a bill less.

    Raises:
        BrokenMessage: names bill and field.
    """
    return tuple(_batch(batch, f"bills.{place}") for place, batch in enumerate(told.bills))


def _batch(told: wire.FeeBatch, place: str) -> FeeBatch:
    _check_sums(told, place)
    return FeeBatch(
        batch_no=told.batch_no,
        chrg_bchno=short_id(told.chrg_bchno, f"{place}.chrg_bchno"),
        visit_no=short_id(told.visit_no, f"{place}.visit_no"),
        med_type=told.med_type,
        department=told.dept_name,
        doctor=told.doctor_name,
        begun=_moment(told.begntime, f"{place}.begntime"),
        total=Money.from_yuan(told.total),
        lines=tuple(_line(line) for line in told.lines),
        mdtrt_id=short_id(told.mdtrt_id, f"{place}.mdtrt_id") if told.mdtrt_id else None,
        uploaded=told.fees_uploaded,
        insutype=told.insutype or None,
        disease_code=told.dise_codg,
        disease=told.dise_name,
        parts=pack(told),
        back_to_doctor=told.back_to_doctor,
    )


def _check_sums(told: wire.FeeBatch, place: str) -> None:
    """The patient reads the lines, the platform prices the uploaded ones, both settle the total."""
    read_by_patient = sum((line.amount for line in told.lines), start=Decimal(0))
    priced = sum((row.det_item_fee_sumamt for row in told.feedetail), start=Decimal(0))
    if read_by_patient != told.total or (not told.fees_uploaded and priced != told.total):
        raise BrokenMessage(Breakage.WRONG_SHAPE, (f"{place}.total",))


def _moment(text: str, place: str) -> datetime:
    moment = read_moment(text)
    if moment is None:
        raise BrokenMessage(Breakage.WRONG_SHAPE, (place,))
    return moment


def _line(told: wire.BillLine) -> FeeLine:
    return FeeLine(
        sn=told.feedetl_sn,
        name=told.name,
        spec=told.spec,
        unit=told.unit,
        quantity=Quantity(told.cnt),
        price=UnitPrice(told.pric),
        amount=Money.from_yuan(told.amount),
        category=told.category,
    )
