"""Whoever holds a paper of ours, whatever it is, reads on it both hotlines: 12393 and 12345."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest

from kiosk.domain.paper import Line, PaperShape, Slip
from kiosk.domain.personal import PersonName
from kiosk.ports.documents import AdmissionSlip, CaseSlip, DayList, Documents, GuideSlip, UnpaidBills
from tests.printing.test_case import ANSWER, GUIDE
from tests.printing.test_driver import made
from tests.printing.test_phone import SLIP as PHONE
from tests.printing.test_refund import SLIP as REFUND
from tests.support import long_stay
from tests.support.paid_bills import BATCH, BILL, DEPOSIT_PAID, MM58, MM80, MORNING, PENDING, REFUSED_BILL, SITE
from tests.support.people import ADMISSION
from tests.support.refunded_bills import REFUNDED_BILL

DAYS = DayList(PersonName("张三"), long_stay.BATCH, MORNING)
SLIPS: dict[str, Callable[[Documents, PaperShape], Slip]] = {
    "receipt": lambda paper, shape: paper.receipt(BILL, SITE, shape),
    "admission_slip": lambda paper, shape: paper.admission_slip(
        AdmissionSlip(PersonName("张三"), ADMISSION, MORNING), SITE, shape
    ),
    "deposit_slip": lambda paper, shape: paper.deposit_slip(DEPOSIT_PAID, SITE, shape),
    "claim_slip": lambda paper, shape: paper.claim_slip(REFUSED_BILL, SITE, shape),
    "pending_slip": lambda paper, shape: paper.pending_slip(PENDING, SITE, shape),
    "window_slip": lambda paper, shape: paper.window_slip(UnpaidBills((BATCH,), MORNING), SITE, shape),
    "phone_slip": lambda paper, shape: paper.phone_slip(PHONE, SITE, shape),
    "refund_slip": lambda paper, shape: paper.refund_slip(REFUND, SITE, shape),
    "refunded_slip": lambda paper, shape: paper.refunded_slip(REFUNDED_BILL, SITE, shape),
    "case_slip": lambda paper, shape: paper.case_slip(CaseSlip(ANSWER, ANSWER.number, "YB1.x.y", MORNING), SITE, shape),
    "day_slip": lambda paper, shape: paper.day_slip(DAYS, SITE, shape),
    "guide_slip": lambda paper, shape: paper.guide_slip(GuideSlip(GUIDE, MORNING), SITE, shape),
}
SHEETS: dict[str, Callable[[Documents], bytes]] = {
    "statement": lambda paper: paper.statement(BILL, SITE),
    "day_list": lambda paper: paper.day_list(DAYS, SITE),
}
NOT_FOR_PATIENTS = {"day_close"}


def test_every_paper_is_looked_at() -> None:
    papers = {name for name in vars(Documents) if not name.startswith("_")}
    assert papers - NOT_FOR_PATIENTS == SLIPS.keys() | SHEETS.keys()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_names_both_hotlines(name: str, lang: str) -> None:
    for shape in (MM58, MM80):
        said = " ".join(item.text for item in SLIPS[name](made(lang=lang), shape).items if isinstance(item, Line))
        assert "12393" in said
        assert "12345" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SHEETS)
def test_each_sheet_names_both_hotlines(name: str, lang: str) -> None:
    for sheet in pypdf.PdfReader(io.BytesIO(SHEETS[name](made(lang=lang)))).pages:
        assert "12393 / 12345" in sheet.extract_text()
