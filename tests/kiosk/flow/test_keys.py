"""A code of the hospital's own card, slip or wristband leads to more bills of the person who was identified, and proves
nothing; what the doctor must look at first is paid nowhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk.faults import FaultCode
from kiosk.flow.effects import FindBills, OpenSettlement, PrintWindowSlip, ScanCode
from kiosk.flow.events import (
    AllBillsChosen,
    BillChosen,
    BillsWereSought,
    CodeWasScanned,
    Continued,
    DeviceChanged,
    KeyOffered,
    Left,
    PersonWasSought,
    SlipWasPrinted,
    WentBack,
)
from kiosk.flow.rules import Rules
from kiosk.flow.states import (
    AtWindow,
    ChoosingBill,
    Failed,
    Farewell,
    FindingBills,
    Kiosk,
    Quoting,
    ScanningKey,
)
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.hospital import Bills
from kiosk.ports.receipt_printer import SlipPrinted
from kiosk.ports.scanner import CodeRejected, CodeScanned
from kiosk.ports.settlement import PersonFound
from kiosk.saga.report import Undone
from tests.kiosk.flow.walker import CODE, NUMBER, SID, Walker
from tests.support.fakes import second_batch
from tests.support.people import BATCH, ZHANG

FLAGGED = replace(BATCH, batch_no="B9", back_to_doctor=True)


def asked(rules: Rules | None = None) -> Walker:
    walker = Walker(Kiosk(rules or Rules())).to_card_read()
    return walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))


def found(walker: Walker, answer: Any) -> Walker:
    return walker.send(BillsWereSought(walker.ticket("ticket"), answer))


def scanned(walker: Walker) -> Walker:
    return walker.send(CodeWasScanned(walker.ticket("scan"), CodeScanned(CODE)))


def test_who_has_no_bill_may_scan_a_slip_and_is_still_the_person_of_the_card() -> None:
    walker = found(asked(), Bills(()))
    assert walker.at(ScanningKey).again is FaultCode.NO_BILL
    walker.asked(ScanCode)
    scanned(walker).at(FindingBills)
    sought = walker.asked(FindBills)
    assert (sought.person, sought.code) == (ZHANG, CODE)
    assert found(walker, Bills((BATCH,))).at(ChoosingBill).person == ZHANG


def test_a_missing_bill_is_looked_for_beside_the_others() -> None:
    walker = found(asked(), Bills((BATCH,))).send(KeyOffered())
    walker.at(ScanningKey)
    found(scanned(walker), Bills((BATCH, second_batch()))).at(ChoosingBill)


@pytest.mark.parametrize("fault", [FaultCode.KEY_UNKNOWN, FaultCode.KEY_OF_ANOTHER])
def test_a_code_that_leads_nowhere_or_to_somebody_else_changes_nothing(fault: FaultCode) -> None:
    walker = found(asked(), Bills((BATCH,))).send(KeyOffered())
    found(scanned(walker), Refused(fault))
    assert (walker.at(ScanningKey).again, walker.at(ScanningKey).batches) == (fault, (BATCH,))
    assert walker.send(WentBack()).at(ChoosingBill).batches == (BATCH,)


def test_an_unreadable_code_is_asked_for_again() -> None:
    walker = found(asked(), Bills(()))
    walker.send(CodeWasScanned(walker.ticket("scan"), CodeRejected()))
    assert walker.at(ScanningKey).again is FaultCode.CODE_UNREADABLE


def test_who_has_nothing_to_scan_leaves() -> None:
    found(asked(), Bills(())).send(Left()).at(Farewell)


def test_a_hospital_that_does_not_answer_is_said() -> None:
    walker = found(scanned(found(asked(), Bills(()))), Unknown(FaultCode.HOSPITAL_UNREACHABLE))
    assert walker.at(Failed).fault is FaultCode.HOSPITAL_UNREACHABLE


def test_a_site_without_look_up_offers_none() -> None:
    assert found(asked(Rules(look_up=False)), Bills(())).at(Failed).fault is FaultCode.NO_BILL


def test_a_scanner_that_breaks_leads_back_to_the_bills() -> None:
    walker = found(asked(), Bills((BATCH,))).send(KeyOffered())
    walker.send(DeviceChanged("scanner", Health(DeviceState.NO_DEVICE))).at(ChoosingBill)
    walker.send(KeyOffered()).at(ChoosingBill)


# --- back to the doctor ---


def test_what_the_doctor_must_look_at_gets_a_slip_and_no_price() -> None:
    walker = found(asked(), Bills((FLAGGED,))).send(BillChosen("B9"))
    assert walker.at(AtWindow).doctor
    slip = walker.asked(PrintWindowSlip)
    assert (slip.doctor, [bill.batch for bill in slip.bills]) == (True, [FLAGGED])
    walker.send(SlipWasPrinted(walker.ticket("slip"), SlipPrinted())).send(Continued()).at(Farewell)


def test_all_means_all_that_can_be_paid() -> None:
    walker = found(asked(Rules(together=True)), Bills((FLAGGED, BATCH))).send(AllBillsChosen())
    assert [bill.batch for bill in walker.asked(OpenSettlement).bills] == [BATCH]
    assert walker.at(Quoting).others == 1
    all_flagged = found(asked(), Bills((FLAGGED, replace(FLAGGED, batch_no="B8")))).send(AllBillsChosen())
    assert len(all_flagged.at(AtWindow).bills) == 2


def test_the_other_bills_are_there_afterwards() -> None:
    walker = found(asked(), Bills((FLAGGED, BATCH))).send(BillChosen("B9"), Continued())
    walker.at(FindingBills)


def test_a_front_that_finds_it_at_the_quote_says_the_same() -> None:
    walker = found(asked(), Bills((BATCH,))).send(BillChosen("B1"))
    walker.report(Undone(SID, NUMBER, FaultCode.BACK_TO_DOCTOR, "超量：规则 3021"), "ticket")
    assert walker.at(AtWindow).doctor
    assert "3021" not in repr(walker.state), "the rule stays in the hospital"
