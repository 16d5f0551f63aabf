"""Far parties that answer whatever they are taught, and a bill for a stay to be spoiled."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kiosk.faults import FaultCode
from settlement.access import Access
from settlement.face import Face
from settlement.hospital import HospitalFront
from settlement.insurer import InsurerFront
from settlement.payment import AggregateSettings, PaymentService
from settlement.transport import Line, Sent, Waits
from settlement.wire.codec import decode, encode
from settlement.wire.hospital import Settler
from tests.settlement.direct.scripted import account_detail, setlinfo
from tests.settlement.sample_bill import wire_bill, wire_fee, wire_line
from tests.support.parties import PROFILE, Ear, HandClock, party_host

Lesson = Callable[[dict[str, Any]], dict[str, Any]]
_NOWHERE = Path("/nonexistent")
_ACCESS = Access(url="https://127.0.0.1:1", ca=_NOWHERE, cert=_NOWHERE, key=_NOWHERE)


class Parrot(Line):
    """Answers each message with what it was taught to make of it."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__(_ACCESS, FaultCode.PLATFORM_UNREACHABLE, logging.getLogger("kiosk.party"))
        self._lesson = lesson

    def post(self, path: str, body: bytes, waits: Waits, label: str, headers: Mapping[str, str] | None = None) -> Sent:
        return Sent(encode(self._lesson(decode(body))))


def hospital(lesson: Lesson) -> HospitalFront:
    return HospitalFront(
        Face(Parrot(lesson), PROFILE.limits), Settler.KIOSK, party_host(HandClock(), Ear()), repeats=False
    )


def insurer(lesson: Lesson) -> InsurerFront:
    return InsurerFront(Face(Parrot(lesson), PROFILE.limits))


def payments(lesson: Lesson) -> PaymentService:
    settings = AggregateSettings(**_ACCESS.model_dump())
    return PaymentService(Face(Parrot(lesson), PROFILE.limits), "007", settings)


def deposit(number: str, **changes: Any) -> dict[str, Any]:
    told = {"deposit_no": number, "amount": "4.00", "paid_at": "2026-11-18 09:00:00", "channel": "wechat"}
    return told | {"payer": "张*", "order": f"order000000000000000{number.lower()}"} | changes


def stay(**changes: Any) -> dict[str, Any]:
    """Of 4.52, with two deposits of 4.00."""
    none = dict.fromkeys(("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt"), "0.00")
    told = {"ward": "呼吸内科病区", "admitted_at": "2026-11-18 09:00:00", "discharged_at": "2026-11-22 08:00:00"}
    return told | none | {"inscp_scp_amt": "4.52", "deposits": [deposit("D1"), deposit("D2")]} | changes


def stayed(**changes: Any) -> dict[str, Any]:
    return wire_bill(mdtrt_id="M7", fees_uploaded=True, med_type="21") | {"stay": stay()} | changes


def paid(**changes: Any) -> dict[str, Any]:
    """A bill of 4.52 that was paid in the morning."""
    told = {"bill": wire_bill(), "insuplc_admdvs": "000000", "msgid": "H" + "0" * 29, "booked": "K1", "till": "window"}
    made = setlinfo(setl_id="S0001", mdtrt_id="M1", setl_time="2026-11-22 09:00:00")
    return told | {"settled": {"setlinfo": made, "setldetail": [account_detail()]}} | changes


def refunded(**changes: Any) -> dict[str, Any]:
    """The same, of two lines, all of it paid in cash; the second line is taken back."""
    three, rest = Decimal("3.00"), Decimal("1.52")
    bill = wire_bill(lines=[wire_line(1, three), wire_line(2, rest)], feedetail=[wire_fee(1, three), wire_fee(2, rest)])
    again = wire_bill(batch_no="B2", total="3.00", lines=[wire_line(1, three)], feedetail=[wire_fee(1, three)])
    made = setlinfo(setl_id="S0001", mdtrt_id="M1", acct_pay="0.00", psn_cash_pay="4.52")
    at_kiosk = {"rest": again, "payments": [deposit("P1", amount="4.52")]}
    refund = {"approval_no": "TF1", "lines": ["MZ1002"], "total": "1.52", "at_kiosk": at_kiosk} | changes
    return paid(bill=bill, settled={"setlinfo": made, "setldetail": []}, refund=refund)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(max_size=12)
    | st.sampled_from(["-0.01", "99999999999999.99", "1e9", "\x1b@\x00\u202e", "长" * 5000, "2099-01-01 00:00:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place of a message, deep ones too."""
    rows: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        rows = list(value.items())
    if isinstance(value, list):
        rows = list(enumerate(value))
    return [each for name, inner in rows for each in ((*path, name), *places(inner, (*path, name)))]


def spoiled(value: Any, path: tuple[str | int, ...], junk: object) -> Any:
    """The message with something else in that place."""
    if not path:
        return junk
    first, *rest = path
    if isinstance(value, dict):
        return value | {first: spoiled(value[first], tuple(rest), junk)}
    return [spoiled(each, tuple(rest), junk) if n == first else each for n, each in enumerate(value)]
