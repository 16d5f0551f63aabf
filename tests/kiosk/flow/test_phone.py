"""A bill that its patient takes to their phone, or wants to pay here after all, as they meet it on the pages."""

from dataclasses import replace

import pytest

from kiosk.domain.money import Money
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.effects import FindBills, FindPaid, OpenSettlement, PrintAgain, StopPayment, Wake
from kiosk.flow.events import (
    AllBillsChosen,
    BillChosen,
    BillsWereSought,
    Continued,
    Left,
    OtherMethodWanted,
    PersonWasSought,
    SlipWasPrinted,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.paid_states import FindingPaid, Reprinting
from kiosk.flow.phone_effects import PrintPhoneSlip, TakeToPhone
from kiosk.flow.phone_events import PhoneWanted
from kiosk.flow.phone_states import AskingBack, AtPhone, HandingToPhone
from kiosk.flow.rules import Door, PayMethod, Rules
from kiosk.flow.states import (
    AwaitingCode,
    ChoosingBill,
    ChoosingMethod,
    Failed,
    Farewell,
    FindingBills,
    Kiosk,
    NextSteps,
    Quoting,
    Settling,
    StillAsking,
    StillThere,
)
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.hospital import Bills, PaidBills
from kiosk.ports.payment import Way
from kiosk.ports.receipt_printer import SlipPrinted
from kiosk.ports.settlement import PersonFound
from kiosk.saga.report import (
    AwaitingPayment,
    Completed,
    OnPhone,
    Paying,
    QuotedBill,
    QuoteReady,
    Seeking,
    SettlingNow,
    Undone,
)
from tests.kiosk.flow.walker import NUMBER, SETTLED, SID, Walker
from tests.support.fakes import second_batch
from tests.support.paid_bills import PAID_BEFORE
from tests.support.people import BATCH, HANDED, PHONABLE, ZHANG, quote

DONE = replace(PAID_BEFORE[0], batch=PHONABLE)
WAITS = replace(PHONABLE, handed=HANDED)
THERE = OnPhone(SID, NUMBER, HANDED, "B1")
SHOWN = PayMethod("show", Way.SHOWN, 120.0)
BOTH = (Door.OUTPATIENT, Door.RECEIPTS)


def to_bills(*batches: FeeBatch, rules: Rules | None = None) -> Walker:
    walker = Walker(Kiosk(rules or Rules(doors=BOTH))).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    return walker.send(BillsWereSought(walker.ticket("ticket"), Bills(batches)))


def to_methods(batch: FeeBatch = PHONABLE, rules: Rules | None = None) -> Walker:
    walker = to_bills(batch, rules=rules).send(BillChosen("B1"))
    walker.report(QuoteReady((QuotedBill(SID, NUMBER, "B1", quote(Money(1000))),)), "ticket")
    return walker.send(Continued(), Continued(), OtherMethodWanted())


def test_the_phone_is_one_of_the_ways_where_the_hospital_lets_the_bill_go() -> None:
    assert to_methods().at(ChoosingMethod).phone
    other = to_methods(BATCH)
    assert not other.at(AwaitingCode).others, "one way, and no other"
    other.send(PhoneWanted()).at(AwaitingCode)


def test_the_bill_goes_to_the_phone_and_its_slip_says_where() -> None:
    walker = to_methods().send(PhoneWanted())
    walker.at(HandingToPhone)
    assert walker.asked(TakeToPhone).sids == (SID,)
    walker.report(Paying(SID)).at(HandingToPhone)
    page = walker.report(THERE).at(AtPhone)
    slip = walker.asked(PrintPhoneSlip)
    assert (slip.number, slip.handed, slip.bill.batch) == (NUMBER, HANDED, PHONABLE)
    walker.send(SlipWasPrinted(page.slip, SlipPrinted()))
    assert walker.at(AtPhone).printed == SlipPrinted()
    walker.send(Continued()).at(Farewell)


def test_a_code_that_is_shown_is_closed_and_asked_about_before_the_bill_goes() -> None:
    walker = to_methods(rules=Rules(methods=(SHOWN, PayMethod("scan"))))
    assert walker.asked(StopPayment).sids == (SID,)
    walker.report(AwaitingPayment(SID, FaultCode.PAYMENT_NOT_MADE)).at(ChoosingMethod)
    walker.send(PhoneWanted()).at(HandingToPhone)


def test_what_was_paid_here_before_its_order_was_closed_is_settled_here() -> None:
    walker = to_methods().send(PhoneWanted()).report(SettlingNow(SID))
    walker.at(Settling)
    walker.report(Completed((SETTLED,))).at(NextSteps)


def test_a_hospital_that_does_not_take_it_over_leaves_the_money_untouched() -> None:
    walker = to_methods().send(PhoneWanted()).report(Undone(SID, NUMBER, FaultCode.PHONE_REFUSED))
    assert walker.at(Failed).fault is FaultCode.PHONE_REFUSED


def test_an_answer_that_does_not_come_is_said_and_the_slip_bears_the_number() -> None:
    walker = to_methods().send(PhoneWanted()).report(Seeking(SID, NUMBER, FaultCode.PHONE_UNKNOWN))
    assert walker.at(StillAsking).fault is FaultCode.PHONE_UNKNOWN
    assert walker.report(THERE).at(AtPhone).number == NUMBER
    silent = to_methods().send(PhoneWanted())
    silent.send(Woke(silent.at(HandingToPhone).patience)).at(StillAsking)
    assert silent.send(Left()).at(Failed).fault is FaultCode.PHONE_UNKNOWN


def test_the_last_page_waits_for_its_slip_once_and_leads_to_other_bills() -> None:
    walker = to_methods().send(PhoneWanted()).report(THERE)
    walker.send(Stayed(), Woke(walker.at(AtPhone).ticket))
    walker.send(Woke(walker.at(AtPhone).ticket))
    page = walker.at(AtPhone)
    walker.send(Woke(page.ticket)).at(Farewell)
    more = to_bills(PHONABLE, second_batch()).send(BillChosen("B1"))
    more.report(QuoteReady((QuotedBill(SID, NUMBER, "B1", quote(Money(1000))),)), "ticket")
    more.send(Continued(), Continued(), OtherMethodWanted(), PhoneWanted()).report(THERE)
    more.send(Continued()).at(FindingBills)


def watching(rules: Rules | None = None, *others: FeeBatch) -> Walker:
    """In front of the page that says where to pay, the first pause over."""
    walker = to_methods(rules=rules) if not others else to_bills(PHONABLE, *others).send(BillChosen("B1"))
    if others:
        walker.report(QuoteReady((QuotedBill(SID, NUMBER, "B1", quote(Money(1000))),)), "ticket")
        walker.send(Continued(), Continued(), OtherMethodWanted())
    walker.send(PhoneWanted()).report(THERE)
    return walker.send(Woke(walker.ticket("watch")))


def test_what_the_phone_pays_while_its_patient_stands_here_is_printed_here_and_no_copy() -> None:
    walker = watching()
    assert walker.asked(FindPaid).person == ZHANG
    walker.send(PaidWereSought(walker.ticket("watch"), PaidBills((PAID_BEFORE[1], DONE))))
    page = walker.at(Reprinting)
    assert (page.chosen, page.first, walker.asked(PrintAgain).first) == (DONE, True, True)
    walker.send(Continued()).at(Farewell)


def test_whoever_still_has_other_bills_goes_on_to_them_from_there() -> None:
    walker = watching(None, second_batch())
    walker.send(PaidWereSought(walker.ticket("watch"), PaidBills((DONE,))), Continued()).at(FindingBills)


@pytest.mark.parametrize(
    ("answer", "pause"),
    [
        (PaidBills(()), 5.0),
        (PaidBills(PAID_BEFORE), 5.0),
        (NotSent(FaultCode.HOSPITAL_UNREACHABLE), 20.0),
        (Unknown(FaultCode.REPLY_BROKEN), 20.0),
        (Refused(FaultCode.BILL_REFUSED), 20.0),
    ],
    ids=["nothing", "other bills", "not sent", "unknown", "refused"],
)
def test_until_it_has_paid_the_page_stays_and_asks_again_later(
    answer: PaidBills | NotSent | Unknown | Refused, pause: float
) -> None:
    walker = watching()
    before = walker.at(AtPhone)
    walker.send(PaidWereSought(walker.ticket("watch"), answer))
    page = walker.at(AtPhone)
    assert replace(page, watch=before.watch) == before
    assert walker.asked(Wake) == Wake(walker.ticket("watch"), pause)


def test_a_silent_hospital_is_asked_once_and_keeps_nobody() -> None:
    walker = watching()
    walker.send(SlipWasPrinted(walker.ticket("slip"), SlipPrinted()))
    assert walker.state.screen == replace(walker.at(AtPhone), printed=SlipPrinted())
    asked = walker.ticket("watch")
    walker.send(Woke(walker.at(AtPhone).ticket)).at(Farewell)
    walker.send(PaidWereSought(asked, PaidBills((DONE,)))).at(Farewell)


@pytest.mark.parametrize(
    "rules", [Rules(doors=(Door.OUTPATIENT,)), Rules(doors=BOTH, phone_watch=0.0)], ids=["no papers here", "not wanted"]
)
def test_nobody_is_asked_where_papers_are_not_to_be_had_or_the_site_does_not_want_it(rules: Rules) -> None:
    page = to_methods(rules=rules).send(PhoneWanted()).report(THERE).at(AtPhone)
    assert page.watch is None


def test_what_waits_on_the_phone_is_paid_here_only_when_its_patient_says_so() -> None:
    walker = to_bills(WAITS).send(BillChosen("B1"))
    assert walker.at(AskingBack).batch == WAITS
    walker.send(Continued()).at(Quoting)
    assert walker.asked(OpenSettlement).bills[0].batch.handed == HANDED


def test_whoever_leaves_it_on_the_phone_is_back_at_their_bills() -> None:
    walker = to_bills(WAITS).send(BillChosen("B1"), WentBack())
    walker.at(FindingBills)
    assert walker.asked(FindBills).person == ZHANG


def test_to_pay_everything_leaves_out_what_is_on_the_phone() -> None:
    walker = to_bills(WAITS, second_batch()).send(AllBillsChosen())
    assert [bill.batch.batch_no for bill in walker.asked(OpenSettlement).bills] == [second_batch().batch_no]


def test_nobody_there_ends_the_question_and_a_touch_brings_it_back() -> None:
    walker = to_bills(WAITS).send(BillChosen("B1"))
    walker.send(Woke(walker.at(AskingBack).ticket)).at(StillThere)
    walker.send(Stayed()).at(AskingBack)
    walker.send(Left()).at(Farewell)


@pytest.mark.parametrize("doors", [BOTH, (Door.OUTPATIENT,)])
def test_what_the_phone_has_paid_meanwhile_is_printed_here_where_papers_are(doors: tuple[Door, ...]) -> None:
    walker = to_bills(WAITS, rules=Rules(doors=doors)).send(BillChosen("B1"), Continued())
    walker.report(Undone(SID, NUMBER, FaultCode.PHONE_PAID), "ticket")
    if Door.RECEIPTS not in doors:
        assert walker.at(Failed).fault is FaultCode.PHONE_PAID
        return
    assert walker.at(AskingBack).paid
    walker.send(Continued()).at(FindingPaid)
    assert walker.asked(FindPaid).person == ZHANG


def test_a_phone_that_is_paying_now_keeps_the_bill() -> None:
    walker = to_bills(WAITS).send(BillChosen("B1"), Continued())
    walker.report(Undone(SID, NUMBER, FaultCode.PHONE_PAYING), "ticket")
    assert walker.at(Failed).fault is FaultCode.PHONE_PAYING
    assert isinstance(to_bills(WAITS).state.screen, ChoosingBill)
