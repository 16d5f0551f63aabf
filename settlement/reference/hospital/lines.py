"""What was charged when: the lines of a bill as its patient reads them, as the platform prices them, and day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import accumulate, groupby
from typing import Any

from settlement.reference.benefit.rounding import rounded
from settlement.reference.clock import stamp
from settlement.reference.people import Department, Doctor, Item, Template, TemplateLine
from settlement.wire.fee_lines import StayDay
from settlement.wire.values import from_fen


@dataclass(frozen=True, slots=True)
class Charge:
    """So much of one item, given at that moment."""

    item: Item
    count: Decimal
    at: datetime


def charges(template: Template, items: Mapping[str, Item], now: datetime) -> list[Charge]:
    """Of a stay in the order of its days, each at the hour of the admission; of any other bill all of them now."""
    admitted = now - timedelta(days=template.stay.days) if template.stay else now
    made = [
        Charge(items[line.item], count, admitted + timedelta(days=day))
        for line in template.lines
        for day, count in _days_of(line)
    ]
    return sorted(made, key=lambda charge: charge.at)


def _days_of(line: TemplateLine) -> Iterator[tuple[int, Decimal]]:
    if line.daily:
        yield from ((line.day + day, Decimal(1)) for day in range(int(line.count)))
    else:
        yield line.day, line.count


def line(feedetl_sn: str, charge: Charge) -> dict[str, Any]:
    """As printed for the patient."""
    item = charge.item
    return {
        "feedetl_sn": feedetl_sn,
        "name": item.name,
        "spec": item.spec,
        "cnt": charge.count,
        "unit": item.unit,
        "pric": item.price,
        "amount": from_fen(rounded(charge.count * item.price * 100)),
        "category": item.category,
        "fee_ocur_time": stamp(charge.at),
    }


def fee(
    chrg_bchno: str, item: Item, line: Mapping[str, Any], department: Department, doctor: Doctor
) -> dict[str, object]:
    """The same line as 2204 uploads it."""
    return {
        "feedetl_sn": line["feedetl_sn"],
        "chrg_bchno": chrg_bchno,
        "rx_circ_flag": "0",
        "fee_ocur_time": line["fee_ocur_time"],
        "med_list_codg": item.code,
        "medins_list_codg": item.code,
        "det_item_fee_sumamt": line["amount"],
        "cnt": line["cnt"],
        "pric": line["pric"],
        "bilg_dept_codg": department.code,
        "bilg_dept_name": department.name,
        "bilg_dr_codg": doctor.code,
        "bilg_dr_name": doctor.name,
        "hosp_appr_flag": "1",
    }


def days(lines: Iterable[Mapping[str, Any]], slip: Decimal) -> tuple[StayDay, ...]:
    """The day list of a stay; `slip` is what its first day is wrong by."""
    by_day = groupby(lines, key=lambda line: str(line["fee_ocur_time"])[:10])
    sums = [(day, sum((line["amount"] for line in of_day), start=Decimal(0))) for day, of_day in by_day]
    so_far = accumulate(amount for _, amount in sums)
    return tuple(
        StayDay(day=day, amount=amount + (slip if not place else 0), so_far=running)
        for place, ((day, amount), running) in enumerate(zip(sums, so_far, strict=True))
    )
