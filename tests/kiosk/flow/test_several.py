"""Several bills in one visit: paid together where the figures allow it, else one after the other; and the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.benefits import ChronicRegistration, HospitalStay, OnFile
from kiosk.domain.insured import Insurance
from kiosk.domain.money import Money
from kiosk.domain.settlement import Quote
from kiosk.domain.visit import ByStaff, FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.account_events import AccountChosen, FamilyChosen
from kiosk.flow.bills import payable_with_others
from kiosk.flow.effects import (
    Abandon,
    AcceptQuote,
    DeclineQuote,
    FindBills,
    OpenSettlement,
    PayWithCode,
    PrintPendingSlip,
    PrintReceipt,
    PrintWindowSlip,
    StopScanning,
)
from kiosk.flow.events import (
    AllBillsChosen,
    BillChosen,
    BillsWereSought,
    CodeWasScanned,
    Continued,
    InsuranceChosen,
    Left,
    PersonWasSought,
    SlipWasPrinted,
    WindowChosen,
)
from kiosk.flow.rules import Rules
from kiosk.flow.states import (
    AtWindow,
    AwaitingCode,
    Cancelling,
    ChoosingBill,
    ChoosingInsurance,
    Collecting,
    Confirming,
    Explaining,
    Failed,
    Farewell,
    FindingBills,
    Kiosk,
    NextSteps,
    Quoting,
    StillAsking,
)
from kiosk.ports.hospital import Bills
from kiosk.ports.receipt_printer import SlipPrinted
from kiosk.ports.scanner import CodeScanned
from kiosk.ports.settlement import PersonFound
from kiosk.saga.report import (
    AwaitingPayment,
    Completed,
    QuotedBill,
    QuoteReady,
    Seeking,
    SettledBill,
    SettlingNow,
    Stuck,
    Undone,
)
from tests.kiosk.flow.walker import CODE, NUMBER, SETTLED, SID, Walker
from tests.support.fakes import second_batch
from tests.support.people import BATCH, EMPLOYEE, RESIDENT, ZHANG, quote

SECOND = second_batch()
SID2, NUMBER2 = "01KAMMV5RC6Z2J5N4Q8W7T3XYE", "W3HT-8QKD-C"
FIRST_QUOTE = QuotedBill(SID, NUMBER, "B1", quote(Money(1000)))
SECOND_QUOTE = QuotedBill(SID2, NUMBER2, "B2", quote(Money(300)))
BOTH = QuoteReady((FIRST_QUOTE, SECOND_QUOTE))
SETTLED2: SettledBill = replace(SETTLED, sid=SID2, number=NUMBER2, batch_no="B2")


def drawing_on_the_account(of: QuotedBill) -> QuotedBill:
    assert of.quote is not None
    return replace(of, quote=Quote(replace(of.quote.amounts, acct_pay=Money(100))))


def to_quoting(*, together: bool = True) -> Walker:
    return Walker(Kiosk(Rules(together=together))).to_bills(BATCH, SECOND).send(AllBillsChosen())


def to_confirming() -> Walker:
    return to_quoting().report(BOTH, "ticket").send(Continued())


def to_collecting() -> Walker:
    walker = to_confirming().send(Continued())
    return walker.send(CodeWasScanned(walker.ticket("scan"), CodeScanned(CODE)))


def test_all_bills_are_quoted_at_once_where_the_province_takes_one_payment() -> None:
    walker = to_quoting()
    assert [bill.batch.batch_no for bill in walker.asked(OpenSettlement).bills] == ["B1", "B2"]
    assert walker.at(Quoting).queue == ()


def test_one_yes_and_one_code_pay_for_all_of_them() -> None:
    walker = to_confirming()
    assert walker.at(Confirming).offer.own_part == Money(1300)
    walker.send(Continued()).at(AwaitingCode)
    assert walker.asked(AcceptQuote).sids == (SID, SID2)
    walker.send(CodeWasScanned(walker.ticket("scan"), CodeScanned(CODE))).at(Collecting)
    assert walker.asked(PayWithCode).sids == (SID, SID2)


def test_each_bill_has_a_receipt_of_its_own() -> None:
    walker = to_collecting().report(SettlingNow(SID)).report(Completed((SETTLED, SETTLED2)))
    page = walker.at(NextSteps)
    receipts = [effect for effect in walker.effects if isinstance(effect, PrintReceipt)]
    assert [receipt.paid.number for receipt in receipts] == [NUMBER, NUMBER2]
    assert [one.bill.batch.batch_no for one in page.paid] == ["B1", "B2"]
    walker.send(SlipWasPrinted(page.paid[1].receipt, SlipPrinted()))
    assert [one.paper.receipt for one in walker.at(NextSteps).paid] == [None, SlipPrinted()]


def test_a_bill_with_nothing_to_pay_is_settled_apart() -> None:
    """Beside one that wants a code it would be settled before its patient has paid, and could still say no."""
    nothing = replace(FIRST_QUOTE, quote=quote(Money(0)))
    walker = to_quoting().report(QuoteReady((nothing, SECOND_QUOTE)), "ticket")
    offer = walker.at(Explaining).offer
    assert (offer.sids, [bill.batch.batch_no for bill in offer.queue]) == ((SID2,), ["B1"])
    assert walker.asked(Abandon).sids == (SID,)


def test_bills_with_nothing_to_pay_are_settled_together() -> None:
    nothing = tuple(replace(one, quote=quote(Money(0))) for one in BOTH.quotes)
    assert to_quoting().report(QuoteReady(nothing), "ticket").at(Explaining).offer.sids == (SID, SID2)


def test_the_code_page_asks_for_what_a_code_would_pay() -> None:
    """The other bill came to nothing meanwhile: its part is not asked for, and the page says so at the end."""
    gone = Undone(SID, NUMBER, FaultCode.BILL_TAKEN)
    walker = to_collecting().report(AwaitingPayment(SID2, FaultCode.PAYMENT_REFUSED, (SID2,), (), (gone,)))
    assert walker.at(AwaitingCode).offer.own_part == Money(300)
    walker.send(CodeWasScanned(walker.ticket("scan"), CodeScanned(CODE)))
    assert walker.asked(PayWithCode).sids == (SID2,)
    walker.report(Completed((SETTLED2,), (gone,)))
    assert walker.at(NextSteps).undone == (gone,)


def test_quotes_that_change_one_another_are_paid_one_by_one() -> None:
    """Both draw on the account: the second would settle differently from its quote once the first is settled."""
    both = QuoteReady((drawing_on_the_account(FIRST_QUOTE), drawing_on_the_account(SECOND_QUOTE)))
    walker = to_quoting().report(both, "ticket")
    offer = walker.at(Explaining).offer
    assert (offer.sids, [bill.batch.batch_no for bill in offer.queue]) == ((SID,), ["B2"])
    assert walker.asked(Abandon).sids == (SID2,)


def test_a_province_that_wants_a_payment_each_gets_one() -> None:
    walker = to_quoting(together=False)
    assert [bill.batch.batch_no for bill in walker.asked(OpenSettlement).bills] == ["B1"]
    walker.report(QuoteReady((FIRST_QUOTE,)), "ticket").send(Continued(), Continued())
    walker.report(SettlingNow(SID)).report(Completed((SETTLED,)))
    assert len(walker.at(NextSteps).queue) == 1
    walker.send(Continued()).at(Quoting)
    assert [bill.batch.batch_no for bill in walker.asked(OpenSettlement).bills] == ["B2"]


def test_who_stops_between_two_bills_has_paid_the_first_and_not_the_second() -> None:
    walker = to_quoting(together=False).report(QuoteReady((FIRST_QUOTE,)), "ticket").send(Continued(), Continued())
    walker.report(SettlingNow(SID)).report(Completed((SETTLED,))).send(Left()).at(Farewell)


def test_a_bill_that_cannot_be_quoted_does_not_keep_the_other_from_being_paid() -> None:
    undone = Undone(SID2, NUMBER2, FaultCode.UPLOAD_REFUSED)
    walker = to_quoting().report(QuoteReady((FIRST_QUOTE,), (undone,)), "ticket")
    offer = walker.at(Explaining).offer
    assert (offer.sids, offer.unquoted) == ((SID,), (undone,))
    walker.send(Continued(), Continued()).report(SettlingNow(SID)).report(Completed((SETTLED,)))
    assert walker.at(NextSteps).undone == (undone,), "and the patient is told at the end"


def test_a_bill_that_fails_undoes_only_itself_and_says_where_its_money_is() -> None:
    undone = Undone(SID2, NUMBER2, FaultCode.BOOKING_REFUSED, "", Money(300))
    walker = to_collecting().report(SettlingNow(SID)).report(Completed((SETTLED,), (undone,)))
    page = walker.at(NextSteps)
    assert [one.number for one in page.paid] == [NUMBER]
    assert page.undone == (undone,)


def test_who_leaves_while_one_of_two_is_in_doubt_takes_a_receipt_and_a_slip() -> None:
    seeking = Seeking(SID2, NUMBER2, FaultCode.SETTLEMENT_UNKNOWN, "B2", (SETTLED,))
    walker = to_collecting().report(SettlingNow(SID)).report(seeking)
    assert walker.at(StillAsking).sid == SID2
    walker.send(Left())
    page = walker.at(NextSteps)
    assert [one.number for one in page.paid] == [NUMBER]
    assert [one.number for one in page.doubtful] == [NUMBER2]
    assert walker.asked(PrintReceipt).paid.number == NUMBER
    slip = walker.asked(PrintPendingSlip)
    assert (slip.number, slip.own_part) == (NUMBER2, Money(300))
    assert walker.asked(Abandon).sids == (SID2,), "what is settled is not given up"


def test_who_leaves_while_both_are_in_doubt_takes_a_slip_for_each() -> None:
    walker = to_collecting().report(Seeking(SID, NUMBER, FaultCode.PAYMENT_UNKNOWN)).send(Left())
    walker.at(Failed)
    slips = [effect for effect in walker.effects if isinstance(effect, PrintPendingSlip)]
    assert [slip.number for slip in slips] == [NUMBER, NUMBER2]
    assert walker.asked(Abandon).sids == (SID, SID2)


def test_what_staff_must_finish_is_told_beside_what_is_paid() -> None:
    stuck = Stuck(SID2, NUMBER2, FaultCode.STAFF_MUST_RESOLVE)
    walker = to_collecting().report(SettlingNow(SID)).report(Completed((SETTLED,), (), (stuck,)))
    assert walker.at(NextSteps).doubtful == (stuck,)
    assert walker.asked(PrintPendingSlip).number == NUMBER2


def test_a_report_about_the_page_before_does_not_throw_back_one_that_pays() -> None:
    """The code page's last report is on its way while the code is scanned."""
    walker = to_confirming().send(Continued())
    before = walker.ticket("money")
    walker.send(CodeWasScanned(walker.ticket("scan"), CodeScanned(CODE))).at(Collecting)
    assert walker.ticket("money") != before
    walker.report(AwaitingPayment(SID, FaultCode.PAYMENT_REFUSED)).at(AwaitingCode)


def test_the_insurance_is_asked_for_once_and_kept_where_the_hospital_fixed_it() -> None:
    both = replace(ZHANG, insurances=(EMPLOYEE, RESIDENT))
    fixed = replace(SECOND, insutype="310")
    walker = Walker(Kiosk(Rules(together=True))).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(both)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH, fixed))), AllBillsChosen()).at(ChoosingInsurance)
    walker.send(InsuranceChosen("390")).at(Quoting)
    assert [bill.insurance for bill in walker.asked(OpenSettlement).bills] == [RESIDENT, EMPLOYEE]


def test_a_bill_no_insurance_settles_stays_unpaid_and_is_offered_again() -> None:
    walker = Walker(Kiosk(Rules(together=True))).to_bills(BATCH, replace(SECOND, insutype="999"))
    walker.send(AllBillsChosen())
    assert (len(walker.at(Quoting).bills), walker.at(Quoting).others) == (1, 1)
    walker.report(QuoteReady((FIRST_QUOTE,)), "ticket").send(Continued(), Continued())
    walker.report(SettlingNow(SID)).report(Completed((SETTLED,))).send(Continued()).at(FindingBills)
    walker.asked(FindBills)


def test_without_a_phone_the_bills_are_given_back_before_the_window_is_named() -> None:
    walker = to_confirming().send(Continued(), WindowChosen())
    walker.at(Cancelling)
    walker.asked(StopScanning)
    assert walker.asked(DeclineQuote).sids == (SID, SID2)
    assert walker.asked_not(PrintWindowSlip), "the window can charge only what nobody holds"
    walker.report(Undone(SID, NUMBER, None)).at(AtWindow)
    assert [bill.batch.batch_no for bill in walker.asked(PrintWindowSlip).bills] == ["B1", "B2"]
    walker.send(SlipWasPrinted(walker.ticket("slip"), SlipPrinted()))
    assert walker.at(AtWindow).printed == SlipPrinted()
    walker.send(Continued()).at(Farewell)


def test_the_window_is_named_though_the_hospital_is_slow_to_take_the_bill_back() -> None:
    walker = to_confirming().send(WindowChosen()).wake("patience")
    walker.at(AtWindow)
    walker.wake().at(AtWindow)  # the slip is still being printed
    walker.wake().at(Farewell)


def test_a_bill_that_costs_nothing_needs_no_window() -> None:
    nothing = QuoteReady((replace(FIRST_QUOTE, quote=quote(Money(0))),))
    to_quoting().report(nothing, "ticket").send(Continued(), WindowChosen()).at(Confirming)


def test_the_account_may_be_left_alone_and_the_platform_is_asked_again() -> None:
    walker = Walker(Kiosk(Rules(together=True, account_choice=True))).to_bills(BATCH, SECOND).send(AllBillsChosen())
    walker.report(BOTH, "ticket").send(AccountChosen(use=False)).at(Quoting)
    assert walker.asked(Abandon).sids == (SID, SID2)
    assert [bill.use_account for bill in walker.asked(OpenSettlement).bills] == [False, False]
    walker.report(BOTH, "ticket").send(AccountChosen(use=False)).at(Explaining)
    assert walker.asked_not(OpenSettlement), "it is left alone already"
    walker.send(AccountChosen(use=True)).at(Quoting)
    assert [bill.use_account for bill in walker.asked(OpenSettlement).bills] == [True, True]


def test_where_the_province_gives_no_choice_the_account_is_used() -> None:
    to_quoting().report(BOTH, "ticket").send(AccountChosen(use=False)).at(Explaining)


def test_a_relatives_account_may_be_left_alone_only_where_the_province_has_a_field_for_it() -> None:
    def chosen(rules: Rules) -> Walker:
        walker = Walker(Kiosk(rules)).to_bills(BATCH, SECOND).send(AllBillsChosen())
        return walker.report(BOTH, "ticket").send(FamilyChosen(use=False))

    walker = chosen(Rules(together=True, family_choice=True))
    walker.at(Quoting)
    assert walker.asked(Abandon).sids == (SID, SID2)
    assert [bill.use_family for bill in walker.asked(OpenSettlement).bills] == [False, False]
    chosen(Rules(together=True, account_choice=True)).at(Explaining)


@pytest.mark.parametrize(
    ("insurance", "batch"),
    [(replace(EMPLOYEE, insutype="340"), BATCH), (EMPLOYEE, replace(BATCH, med_type="22"))],
    ids=["retired cadre", "injury"],
)
def test_what_is_settled_at_a_window_is_sent_there_with_the_reason(insurance: Insurance, batch: FeeBatch) -> None:
    rules = Rules(window_insutypes=("340",), window_med_types=("22",))
    walker = Walker(Kiosk(rules)).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(replace(ZHANG, insurances=(insurance,)))))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((batch,))), BillChosen(batch.batch_no))
    named = {"340": FaultCode.RETIRED_CADRE, "22": FaultCode.INJURY}
    assert walker.at(Failed).fault is named[insurance.insutype if insurance.insutype in named else batch.med_type]


def test_a_rule_of_the_province_that_has_no_name_is_told_as_its_rule() -> None:
    walker = Walker(Kiosk(Rules(window_insutypes=("390",)))).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(replace(ZHANG, insurances=(RESIDENT,)))))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH,))), BillChosen("B1"))
    assert walker.at(Failed).fault is FaultCode.WINDOW_ONLY


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        (ByStaff.WORK_INJURY, FaultCode.WORK_INJURY),
        (ByStaff.THIRD_PARTY, FaultCode.INJURY),
        (ByStaff.OTHER, FaultCode.WINDOW_ONLY),
    ],
)
def test_what_the_hospital_leaves_to_staff_is_told_with_its_reason_and_not_held(
    reason: ByStaff, fault: FaultCode
) -> None:
    walker = Walker().to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    theirs = replace(BATCH, batch_no="B2", by_staff=reason)
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH, theirs))))
    assert [payable_with_others(batch) for batch in walker.at(ChoosingBill).batches] == [True, False]
    walker.send(BillChosen("B2"))
    assert walker.at(Failed).fault is fault
    assert walker.asked_not(OpenSettlement)


@pytest.mark.parametrize(
    ("cert_types", "areas", "here"),
    [(("03",), {"000000"}, False), (("02",), {"000000"}, True), (("03",), {"000100"}, True), ((), {"000000"}, True)],
    ids=["the card's password", "another certificate's", "insured elsewhere", "no passwords"],
)
def test_whose_settlement_wants_a_password_goes_to_a_window(
    cert_types: tuple[str, ...], areas: set[str], *, here: bool
) -> None:
    walker = Walker(Kiosk(Rules(password_cert_types=cert_types, password_areas=frozenset(areas)))).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH,))), BillChosen("B1"))
    if here:
        walker.at(Quoting)
    else:
        assert walker.at(Failed).fault is FaultCode.WINDOW_ONLY


def test_a_person_with_a_window_insurance_and_another_settles_under_the_other_unasked() -> None:
    both = replace(ZHANG, insurances=(replace(EMPLOYEE, insutype="340"), RESIDENT))
    walker = Walker(Kiosk(Rules(window_insutypes=("340",)))).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(both)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH,))), BillChosen("B1")).at(Quoting)
    assert walker.asked(OpenSettlement).bills[0].insurance == RESIDENT


def to_bills_with(on_file: OnFile, batch: FeeBatch = BATCH) -> Walker:
    walker = Walker().to_card_read().send()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    return walker.send(BillsWereSought(walker.ticket("ticket"), Bills((batch,)), on_file))


DIABETES = ChronicRegistration("M01600", "糖尿病")


def test_who_lies_in_hospital_is_told_so_before_anything_is_held() -> None:
    walker = to_bills_with(OnFile(stays=(HospitalStay("S1", "310", "21"),)))
    assert walker.at(Failed).fault is FaultCode.IN_HOSPITAL
    assert not any(isinstance(effect, OpenSettlement) for effect in walker.done)


@pytest.mark.parametrize(
    ("batch", "row", "hinted"),
    [
        (BATCH, DIABETES, True),
        (replace(BATCH, med_type="14"), DIABETES, False),
        (BATCH, replace(DIABETES, until=date(2026, 11, 1)), False),
    ],
    ids=["an ordinary bill", "a chronic bill", "a disease no longer on file"],
)
def test_an_ordinary_bill_of_somebody_with_a_disease_on_file_says_what_to_ask_the_doctor(
    batch: FeeBatch, row: ChronicRegistration, *, hinted: bool
) -> None:
    walker = to_bills_with(OnFile(chronic=(row,)), batch).send(BillChosen("B1"))
    (bill,) = walker.asked(OpenSettlement).bills
    assert bill.chronic == ((row,) if hinted else ())
    assert bill.batch.med_type == batch.med_type, "the kiosk never makes an ordinary prescription a chronic one"


def test_somebody_insured_where_the_table_knows_nothing_is_sent_to_the_desk_and_not_guessed_about() -> None:
    walker = Walker(Kiosk(Rules(known_areas=frozenset({"000100"})))).to_bills().send(BillChosen("B1"))
    assert walker.at(Failed).fault is FaultCode.AREA_UNKNOWN
    assert not any(isinstance(effect, OpenSettlement) for effect in walker.done)
