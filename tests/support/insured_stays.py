"""Discharges of which a commercial insurer has a part: while it is silent nothing goes back, and what it refuses the
deposits pay. Beside them one of which a part waits for its patient.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.insurer import Claim, Outcome, Pledge
from kiosk.domain.money import Money
from kiosk.domain.stay import Deferral
from kiosk.flow import states as at
from kiosk.flow.offer import Bill
from kiosk.flow.ticket import Ticket
from kiosk.ports.documents import PaidBill
from tests.support.paid_bills import POLICY, STAY_BILL, STAY_TOPPED, STAYED
from tests.support.people import EMPLOYEE, ZHANG

_T = Ticket(1, 1)
_PLEDGE = Pledge(POLICY, "Q2", Money(60000))
_INSURED = replace(STAYED, policy=POLICY)

SILENT = replace(STAY_BILL, batch=_INSURED, claim=Claim(_PLEDGE), returns=())
"""The insurer has not answered: what deposits leave over stays with the hospital."""
REFUSED = replace(SILENT, claim=Claim(_PLEDGE, Outcome.REFUSED, reason="还在等待期内"), returns=STAY_BILL.returns)
"""It refused, and deposits paid its part too; the rest goes back."""
DEFERRED = replace(
    STAY_BILL,
    batch=replace(STAYED, deferral=Deferral(Money(67304), "先诊疗后付费协议：出院后三个月内付清")),
    settlement=replace(STAY_BILL.settlement, amounts=STAY_TOPPED),
    returns=(),
)
"""Deposits do not reach, and what they leave open may wait."""


def _page(of: PaidBill) -> at.NextSteps:
    made = at.Paid(Bill(ZHANG, EMPLOYEE, of.batch), of.sid, of.number, of.settlement, None, of.booking, _T, _T)
    return at.NextSteps(_T, (replace(made, returns=of.returns, claim=of.claim),))


def samples() -> dict[str, at.Screen]:
    return {
        "next-steps--stay-silent": _page(SILENT),
        "next-steps--stay-refused": _page(REFUSED),
        "next-steps--stay-deferred": _page(DEFERRED),
    }
