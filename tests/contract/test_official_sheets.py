"""The official 医保结算单 through both adapters: the platform's own page to the byte, or a fault that says why not."""

from __future__ import annotations

import pytest

from kiosk.domain.policy import OfficialSheet
from kiosk.domain.settlement import Settlement
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.official import NoSheet, Sheet, SheetAsked, SheetMaking
from settlement.conformance.bill import Bill, got, open_bill
from settlement.direct.official import official
from settlement.direct.platform import Platform
from tests.contract.reference_bench import ReferenceBench
from tests.contract.test_settlement_adapters import DIRECT, HIS
from tests.support.backend import Backend
from tests.support.tls import Authority

TARGETS = {"direct": "5260", "his": "his.sheet"}


@pytest.fixture(params=TARGETS)
def far(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bill(far: str, backend: Backend, strange: Authority, remembered: list[str]) -> Bill:
    bench = ReferenceBench(backend, DIRECT if far == "direct" else HIS, strange, remembered)
    return open_bill(bench, bench.adapter())


def asked_for(bill: Bill, settlement: Settlement) -> Sheet | NoSheet:
    asked = SheetAsked(bill.person.psn_no, settlement.setl_id, bill.insurance.insuplc_admdvs)
    return got(SheetMaking, bill.port).official(asked)  # type: ignore[type-abstract]


def test_a_settlement_has_its_sheet_and_a_cancelled_one_none(bill: Bill, far: str, backend: Backend) -> None:
    settlement = bill.settle()
    for spoilt, fault in (
        ("refuse=结算单尚未生成", FaultCode.OFFICIAL_NOT_MADE),
        ("torn-sheet", FaultCode.OFFICIAL_BROKEN),
        ("huge-sheet", FaultCode.OFFICIAL_BROKEN),
        ("lose-reply", FaultCode.OFFICIAL_SILENT),
        ("http=503", FaultCode.OFFICIAL_SILENT),
    ):
        backend.misbehave(f"{TARGETS[far]}@1:{spoilt}")
        answer = asked_for(bill, settlement)
        assert isinstance(answer, NotSent | Refused | Unknown), spoilt
        assert answer.fault is fault, spoilt
    backend.misbehave("")
    sheet = got(Sheet, asked_for(bill, settlement))
    assert sheet == asked_for(bill, settlement), "the same settlement, the same page"
    assert sheet.pdf.startswith(b"%PDF-")
    bill.cancel(settlement)
    assert got(Refused, asked_for(bill, settlement)).fault is FaultCode.OFFICIAL_NOT_MADE


def test_another_pools_sheet_comes_as_a_file(bill: Bill, far: str) -> None:
    """5270 names a file, which 9102 fetches: the same page as in the answer of 5260."""
    if far == "his":
        pytest.skip("what the platform answers, the HIS hands on")
    settlement, port = bill.settle(), got(Platform, bill.port)
    asked = SheetAsked(bill.person.psn_no, settlement.setl_id, bill.insurance.insuplc_admdvs)
    made = OfficialSheet("5260", "5270")
    told = [official(port._asking, port.files, made, asked, away=away) for away in (False, True)]
    assert isinstance(told[0], Sheet)
    assert told[0] == told[1]
