"""What scripted visits ask of the reference hospital: a fresh unpaid bill, so that there is always something to pay,
and that its own system reports what a doctor confirmed there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.faults import FaultCode
from kiosk.ports.obstacle import Obstacle
from settlement.access import Access
from settlement.transport import Line, Sent, Waits
from settlement.wire import codec
from settlement.wire.codec import Message
from settlement.wire.confirming import DEMO_REPORT, AttestReply, DemoReport
from settlement.wire.demo import DEMO_BILL, DemoBill, DemoBillReply
from settlement.wire.till import TILL, Stage, TakeBill, TakenBill, Which

_HOW_FAR = {
    "": (Stage.BOOKED, 900),
    "begun": (Stage.ORDERED, 900),
    "handed": (Stage.HANDED, 86_400),
    "lapsed": (Stage.HANDED, 0),
}
_WAITS = Waits(connect=5.0, reply=10.0)


class NoFreshBillError(Obstacle):
    """The reference hospital does not answer, or knows neither person nor scenario."""


class NotReportedError(Obstacle):
    """The reference hospital knows no such doctor, or waits for no such confirmation."""


def fresh_bill(
    url: str,
    backend_folder: Path,
    certno: str,
    scenario: str | None,
    record: str = "",
    paid_at: str = "",
    days_ago: int = 0,
) -> str:
    """The batch_no of the new bill; without `scenario` the person's own first one, without `record` under their first
    number. `paid_at` names the till of the hospital's at which it is paid then; `app begun`: the
    phone only orders the insurance's part; `app handed` and `app lapsed`: a kiosk has handed it to the phone, where it
    waits, or has waited for too long. Made and paid `days_ago`.
    """
    with _hospital(url, backend_folder) as line:
        wish = DemoBill(certno=certno, scenario=scenario or "", patient_no=record, days_ago=days_ago)
        reply = DemoBillReply.model_validate(_asked(line, DEMO_BILL, wish))
        if reply.batch_no is None:
            raise NoFreshBillError(reply.refused or "")
        if paid_at:
            till, _, far = paid_at.partition(" ")
            until, seconds = _HOW_FAR[far]
            at = Which(till)
            _take(line, TakeBill(till=at, batch_no=reply.batch_no, until=until, seconds=seconds, days_ago=days_ago))
    return reply.batch_no


def pay_on_phone(url: str, backend_folder: Path, batch_no: str) -> None:
    """The patient's phone pays a bill that waits there, insurance and own part."""
    with _hospital(url, backend_folder) as line:
        _take(line, TakeBill(till=Which.APP, batch_no=batch_no, until=Stage.BOOKED))


def _take(line: Line, wish: TakeBill) -> None:
    taken = TakenBill.model_validate(_asked(line, TILL, wish))
    if taken.refused:
        raise NoFreshBillError(taken.refused)


def report_confirmation(url: str, backend_folder: Path, case_no: str, doctor: str) -> None:
    """The hospital's own system reports, signed, that the doctor of this staff number confirmed the case."""
    with _hospital(url, backend_folder) as line:
        told = _asked(line, DEMO_REPORT, DemoReport(case_no=case_no, doctor=doctor))
    reply = AttestReply.model_validate(told)
    if reply.attested is None:
        raise NotReportedError(reply.refused or "")


@contextmanager
def _hospital(url: str, backend_folder: Path) -> Iterator[Line]:
    access = Access(
        url=url, ca=backend_folder / "ca.pem", cert=backend_folder / "kiosk.pem", key=backend_folder / "kiosk.key"
    )
    line = Line(access, FaultCode.HOSPITAL_UNREACHABLE, logging.getLogger("kiosk.demo"))
    try:
        yield line
    finally:
        line.close()


def _asked(line: Line, path: str, wish: Message) -> object:
    answer = line.post(path, codec.encode(wish.model_dump(mode="json", exclude_none=True)), _WAITS, "demo")
    if not isinstance(answer, Sent):
        raise NoFreshBillError(f"模拟医院没有应答，先启动 kiosk backend · no backend answers ({answer.fault})")
    return codec.decode(answer.body)
