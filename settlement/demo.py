"""A fresh unpaid bill from the reference hospital, so that a scripted visit always finds something to pay."""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.faults import FaultCode
from settlement.access import Access
from settlement.transport import Line, Sent, Waits
from settlement.wire import codec
from settlement.wire.hospital import DEMO_BILL, DemoBill, DemoBillReply

_WAITS = Waits(connect=5.0, reply=10.0)


class NoFreshBillError(Exception):
    """The reference hospital does not answer, or knows neither person nor scenario."""


def fresh_bill(url: str, backend_folder: Path, certno: str, scenario: str | None, record: str = "") -> str:
    """The batch_no of the new bill; without `scenario` the person's own first one, without `record` under their first
    number.
    """
    access = Access(
        url=url, ca=backend_folder / "ca.pem", cert=backend_folder / "kiosk.pem", key=backend_folder / "kiosk.key"
    )
    line = Line(access, FaultCode.HOSPITAL_UNREACHABLE, logging.getLogger("kiosk.demo"))
    try:
        wish = DemoBill(certno=certno, scenario=scenario or "", patient_no=record)
        answer = line.post(DEMO_BILL, codec.encode(wish.model_dump(mode="json")), _WAITS, "demo bill")
    finally:
        line.close()
    if not isinstance(answer, Sent):
        raise NoFreshBillError(answer.fault)
    reply = DemoBillReply.model_validate(codec.decode(answer.body))
    if reply.batch_no is None:
        raise NoFreshBillError(reply.refused or "")
    return reply.batch_no
