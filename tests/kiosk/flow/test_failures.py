"""Whatever goes wrong has its own sentence and a way out, and no page waits for somebody who never answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.domain.codes import CertType
from kiosk.domain.insured import CardField, CardIdentity, Credential
from kiosk.domain.money import Money
from kiosk.faults import CATALOGUE, FaultCode, Severity
from kiosk.flow.effects import Abandon, DeclineQuote, OpenSettlement, PrintPendingSlip, ReadCard, ScanCode
from kiosk.flow.events import (
    BillChosen,
    BillsWereSought,
    CardWasRead,
    CodeWasScanned,
    Continued,
    DeviceChanged,
    Entered,
    FaultsChanged,
    Left,
    PersonWasSought,
    Retried,
    SlipWasPrinted,
)
from kiosk.flow.identify import credential_of
from kiosk.flow.rules import Door
from kiosk.flow.states import (
    AwaitingCard,
    AwaitingCode,
    Cancelling,
    ChoosingBill,
    Failed,
    Farewell,
    FindingBills,
    FindingPerson,
    Home,
    NextSteps,
    OutOfService,
    ReadingCard,
    ReadingIdCard,
    Settling,
    StillAsking,
    StillThere,
)
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.card_reader import CardInserted, CardNotRead, CardRemoved
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.hospital import Bills
from kiosk.ports.id_reader import IdCardPlaced
from kiosk.ports.receipt_printer import SlipPrinted
from kiosk.ports.scanner import CodeScanned
from kiosk.ports.settlement import PersonFound, PersonMissing
from kiosk.saga.report import AwaitingPayment, Seeking, SettlingNow, Stuck, Undone
from tests.kiosk.flow.walker import CODE, COMPLETED, NUMBER, SID, Walker
from tests.support.people import BATCH, EMPLOYEE, IDENTITY, ZHANG

GONE = Health(DeviceState.NO_DEVICE)
ONLINE = Health(DeviceState.ONLINE)


def reading() -> Walker:
    return Walker().send(Entered(Door.OUTPATIENT), CardInserted())


def asking() -> Walker:
    """At the page that still seeks an answer."""
    return Walker().to_settling().report(Seeking(SID, NUMBER, FaultCode.SETTLEMENT_UNKNOWN))


# --- the card ---


@pytest.mark.parametrize("fault", [FaultCode.CARD_UNREADABLE, FaultCode.CARD_FOREIGN, FaultCode.CARD_PULLED])
def test_a_card_that_cannot_be_read_is_asked_for_again(fault: FaultCode) -> None:
    walker = reading()
    walker.send(CardWasRead(walker.ticket("ticket"), CardNotRead(fault)))
    assert walker.at(AwaitingCard).again is fault
    walker.send(CardRemoved(), CardInserted()).at(ReadingCard)


def test_a_card_that_says_nothing_counts_as_unreadable() -> None:
    walker = reading()
    walker.send(CardWasRead(walker.ticket("ticket"), None))
    assert walker.at(AwaitingCard).again is FaultCode.CARD_UNREADABLE


def test_a_card_pulled_while_it_is_read() -> None:
    walker = reading()
    late = walker.ticket("ticket")
    assert walker.send(CardRemoved()).at(AwaitingCard).again is FaultCode.CARD_PULLED
    before = walker.state
    assert walker.send(CardWasRead(late, CardNotRead(FaultCode.CARD_PULLED))).state == before


@pytest.mark.parametrize(
    "identity",
    [replace(IDENTITY, card_number=None), replace(IDENTITY, missing=frozenset({CardField.CARD_NUMBER}))],
    ids=["empty", "refused"],
)
def test_a_card_that_keeps_its_number_to_itself(identity: CardIdentity) -> None:
    walker = Walker().to_card_read(identity)
    assert walker.at(Failed).fault is FaultCode.CARD_INCOMPLETE


def test_whoever_has_a_card_that_keeps_its_number_lays_down_another_on_the_same_page() -> None:
    walker = Walker().send(DeviceChanged("id_reader", ONLINE))
    walker.to_card_read(replace(IDENTITY, card_number=None, missing=frozenset({CardField.CARD_NUMBER})))
    assert walker.at(AwaitingCard).again is FaultCode.CARD_INCOMPLETE
    walker.send(IdCardPlaced()).at(ReadingIdCard)


def test_a_card_that_keeps_only_its_name_is_asked_about_by_its_number() -> None:
    partial = replace(IDENTITY, name=None, resident_id=None, missing=frozenset({CardField.NAME, CardField.RESIDENT_ID}))
    walker = Walker().to_card_read(partial)
    assert walker.at(FindingPerson).identity == partial
    assert credential_of(partial) == Credential(CertType.SOCIAL_CARD, partial.card_number, partial.card_serial)


@pytest.mark.parametrize("step", [lambda: Walker().send(Entered(Door.OUTPATIENT)), reading])
def test_a_reader_that_goes_away_ends_the_visit(step: Callable[[], Walker]) -> None:
    assert step().send(DeviceChanged("card_reader", GONE)).at(Failed).fault is FaultCode.CARD_READER_GONE


def test_the_driver_may_say_itself_that_the_reader_is_gone() -> None:
    walker = reading()
    walker.send(CardWasRead(walker.ticket("ticket"), CardNotRead(FaultCode.CARD_READER_GONE)))
    assert walker.at(Failed).fault is FaultCode.CARD_READER_GONE


def test_a_reader_that_went_with_the_card_does_not_keep_the_farewell() -> None:
    walker = Walker().to_next_steps().send(Left())
    assert walker.at(Farewell).card_in
    walker.send(DeviceChanged("card_reader", GONE))
    assert not walker.at(Farewell).card_in
    assert walker.wake().at(OutOfService).fault is FaultCode.CARD_READER_GONE
    walker.send(DeviceChanged("card_reader", ONLINE)).at(Home)


# --- the person and the bills ---

PERSON = [
    (PersonMissing(FaultCode.PERSON_UNKNOWN, "未查询到"), FaultCode.PERSON_UNKNOWN, "未查询到", False),
    (PersonMissing(FaultCode.INSURANCE_STOPPED), FaultCode.INSURANCE_STOPPED, "", False),
    (Refused(FaultCode.SIGN_IN_REFUSED, "未签到"), FaultCode.SIGN_IN_REFUSED, "未签到", False),
    (NotSent(FaultCode.PLATFORM_UNREACHABLE), FaultCode.PLATFORM_UNREACHABLE, "", True),
    (NotSent(FaultCode.CERTIFICATE_NOT_OURS), FaultCode.CERTIFICATE_NOT_OURS, "", True),
    (Unknown(FaultCode.REPLY_BROKEN), FaultCode.REPLY_BROKEN, "", True),
]


@pytest.mark.parametrize(("answer", "fault", "reason", "retry"), PERSON)
def test_the_platform_does_not_give_the_person(
    answer: PersonMissing | NotSent | Refused | Unknown, fault: FaultCode, reason: str, retry: bool
) -> None:
    walker = Walker().to_card_read()
    page = walker.send(PersonWasSought(walker.ticket("ticket"), answer)).at(Failed)
    assert (page.fault, page.reason, page.can_retry) == (fault, reason, retry)


BILLS = [
    (Refused(FaultCode.BILL_REFUSED), FaultCode.BILL_REFUSED, False),
    (NotSent(FaultCode.HOSPITAL_UNREACHABLE), FaultCode.HOSPITAL_UNREACHABLE, True),
    (Unknown(FaultCode.REPLY_BROKEN), FaultCode.REPLY_BROKEN, True),
]


@pytest.mark.parametrize(("answer", "fault", "retry"), BILLS)
def test_the_hospital_gives_no_bill(answer: Bills | NotSent | Refused | Unknown, fault: FaultCode, retry: bool) -> None:
    walker = Walker().to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    page = walker.send(BillsWereSought(walker.ticket("ticket"), answer)).at(Failed)
    assert (page.fault, page.can_retry) == (fault, retry)


def test_an_insurance_that_is_stopped_settles_nothing() -> None:
    walker = Walker().to_card_read()
    stopped = replace(ZHANG, insurances=(replace(EMPLOYEE, status="2"),))
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(stopped)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH,)))).send(BillChosen("B1"))
    assert walker.at(Failed).fault is FaultCode.INSURANCE_STOPPED


def test_trying_again_reads_the_card_that_is_still_in() -> None:
    walker = Walker().to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), NotSent(FaultCode.PLATFORM_UNREACHABLE)))
    walker.send(Retried()).at(ReadingCard)
    walker.asked(ReadCard)


def test_what_cannot_be_tried_again_is_not() -> None:
    walker = Walker().to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonMissing(FaultCode.PERSON_UNKNOWN)))
    walker.send(Retried()).at(Failed)
    walker.send(Continued()).at(Farewell)


# --- the money ---


@pytest.mark.parametrize(
    "fault", [FaultCode.BILL_TAKEN, FaultCode.UPLOAD_REFUSED, FaultCode.QUOTE_REFUSED, FaultCode.JOURNAL_FULL]
)
def test_a_quote_that_fails_says_why_and_may_be_tried_again(fault: FaultCode) -> None:
    walker = Walker().to_bills().send(BillChosen("B1"))
    page = walker.report(Undone(SID, NUMBER, fault, "不行"), "ticket").at(Failed)
    assert (page.fault, page.number, page.reason, page.can_retry) == (fault, NUMBER, "不行", True)
    walker.send(Retried()).at(FindingBills)  # who is there is known: nobody is asked twice


def test_a_lost_settlement_is_sought_and_then_given_back() -> None:
    walker = asking()
    assert walker.at(StillAsking).fault is FaultCode.SETTLEMENT_UNKNOWN
    page = walker.report(Undone(SID, NUMBER, FaultCode.SETTLEMENT_UNKNOWN, "", Money(1000))).at(Failed)
    assert (page.amount, page.number) == (Money(1000), NUMBER)


def test_a_lost_booking_that_is_found_goes_on_as_if_nothing_had_been() -> None:
    walker = Walker().to_settling().report(Seeking(SID, NUMBER, FaultCode.BOOKING_UNKNOWN))
    walker.report(COMPLETED).at(NextSteps)


def test_a_payment_that_was_closed_may_be_made_again() -> None:
    walker = Walker().to_collecting().report(Seeking(SID, NUMBER, FaultCode.PAYMENT_UNKNOWN))
    walker.report(AwaitingPayment(SID, FaultCode.PAYMENT_NOT_MADE)).at(AwaitingCode)
    walker.asked(ScanCode)


def test_a_settlement_that_goes_on_after_all() -> None:
    asking().report(SettlingNow(SID)).at(Settling)


@pytest.mark.parametrize("way", ["patience", "button"])
def test_whoever_cannot_wait_leaves_with_a_slip_and_nothing_is_begun_without_them(way: str) -> None:
    walker = asking()
    if way == "patience":
        walker.wake()
    else:
        walker.send(Continued())
    page = walker.at(Failed)
    assert walker.asked(Abandon).sids == (SID,)
    slip = walker.asked(PrintPendingSlip)
    assert (slip.number, slip.fault, page.slip) == (NUMBER, FaultCode.SETTLEMENT_UNKNOWN, slip.ticket)
    walker.send(SlipWasPrinted(slip.ticket, SlipPrinted()))
    assert walker.at(Failed).slip is None
    before = walker.state
    assert walker.send(Retried()).state == before, "a bill under way is not begun again"


def test_staff_are_sent_for_with_a_slip() -> None:
    walker = asking().report(Stuck(SID, NUMBER, FaultCode.STAFF_MUST_RESOLVE))
    assert walker.at(Failed).fault is FaultCode.STAFF_MUST_RESOLVE
    walker.asked(PrintPendingSlip)


def test_another_doubt_does_not_make_the_patient_wait_anew() -> None:
    walker = asking()
    ticket = walker.ticket("ticket")
    walker.report(Seeking(SID, NUMBER, FaultCode.BOOKING_UNKNOWN))
    assert (walker.at(StillAsking).fault, walker.ticket("ticket")) == (FaultCode.BOOKING_UNKNOWN, ticket)


def test_a_scanner_that_goes_away_gives_the_bill_back_and_says_so() -> None:
    walker = Walker().to_code().send(DeviceChanged("scanner", GONE))
    assert walker.at(Cancelling).fault is FaultCode.SCANNER_GONE
    assert walker.asked(DeclineQuote).sids == (SID,)
    assert walker.report(Undone(SID, NUMBER, None)).at(Failed).fault is FaultCode.SCANNER_GONE


def test_a_refusal_while_giving_back_is_said() -> None:
    walker = Walker().to_quote().send(Left())
    assert walker.report(Undone(SID, NUMBER, FaultCode.JOURNAL_FULL)).at(Failed).fault is FaultCode.JOURNAL_FULL


# --- nobody answers ---

SILENCE: list[tuple[str, Callable[[], Walker], FaultCode]] = [
    ("card", reading, FaultCode.CARD_READER_GONE),
    ("person", lambda: Walker().to_card_read(), FaultCode.PLATFORM_UNREACHABLE),
    ("quote", lambda: Walker().to_bills().send(BillChosen("B1")), FaultCode.QUOTE_REFUSED),
]


@pytest.mark.parametrize(("_name", "page", "fault"), SILENCE)
def test_a_machine_that_never_answers_ends_in_words(_name: str, page: Callable[[], Walker], fault: FaultCode) -> None:
    assert page().wake("patience").at(Failed).fault is fault


def test_a_hospital_that_never_answers_ends_in_words() -> None:
    walker = Walker().to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    page = walker.wake("patience").at(Failed)
    assert (page.fault, page.can_retry) == (FaultCode.HOSPITAL_UNREACHABLE, True)


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (lambda: Walker().to_collecting(), FaultCode.PAYMENT_UNKNOWN),
        (lambda: Walker().to_settling(), FaultCode.SETTLEMENT_UNKNOWN),
    ],
)
def test_a_till_that_says_nothing_lets_the_patient_go_with_a_slip(page: Callable[[], Walker], fault: FaultCode) -> None:
    walker = page().wake("patience")
    assert walker.at(StillAsking).fault is fault
    walker.wake()
    walker.asked(PrintPendingSlip)
    walker.at(Failed)


# --- out of service ---

STOPPING = [code for code in FaultCode if CATALOGUE[code].severity in {Severity.SETTLEMENT, Severity.KIOSK}]


@pytest.mark.parametrize("fault", STOPPING)
def test_nobody_begins_what_cannot_be_finished(fault: FaultCode) -> None:
    walker = Walker().send(FaultsChanged(frozenset({fault})))
    assert walker.at(OutOfService).fault is fault
    walker.send(Entered(Door.OUTPATIENT), CardInserted()).at(OutOfService)
    walker.send(FaultsChanged(frozenset())).at(Home)
    walker.send(Entered(Door.OUTPATIENT)).at(ReadingCard)


@pytest.mark.parametrize("fault", [code for code in FaultCode if code not in STOPPING])
def test_what_concerns_one_visit_stops_nobody(fault: FaultCode) -> None:
    Walker().send(FaultsChanged(frozenset({fault}))).at(Home)


@pytest.mark.parametrize("name", ["card_reader", "scanner"])
def test_a_needed_device_that_is_gone_closes_the_home_page(name: str) -> None:
    walker = Walker().send(DeviceChanged(name, GONE))
    walker.at(OutOfService)
    walker.send(DeviceChanged(name, ONLINE)).at(Home)


@pytest.mark.parametrize("name", ["receipt_printer", "page_printer"])
def test_without_paper_one_can_still_pay(name: str) -> None:
    Walker().send(DeviceChanged(name, GONE)).at(Home)


def test_a_fault_in_the_middle_of_a_visit_does_not_tear_it_down() -> None:
    walker = Walker().to_quote().send(FaultsChanged(frozenset({FaultCode.SETTLING_PAUSED})))
    walker.send(Continued(), Continued()).at(AwaitingCode)


@pytest.mark.parametrize("fault", STOPPING)
def test_no_settlement_begins_with_a_fault_that_showed_after_the_card_went_in(fault: FaultCode) -> None:
    """The platform's answer to 1101 may be the first to show that our clock is wrong."""
    walker = Walker().to_bills(BATCH).send(FaultsChanged(frozenset({fault})))
    walker.at(ChoosingBill)
    walker.send(BillChosen(BATCH.batch_no))
    assert walker.at(Failed).fault is fault
    assert walker.asked_not(OpenSettlement)


def test_one_fault_takes_the_place_of_another() -> None:
    walker = Walker().send(FaultsChanged(frozenset({FaultCode.CLOCK_WRONG})))
    walker.send(FaultsChanged(frozenset({FaultCode.JOURNAL_FULL})))
    assert walker.at(OutOfService).fault is FaultCode.JOURNAL_FULL


def test_a_failure_page_ends_by_itself() -> None:
    walker = Walker().to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonMissing(FaultCode.PERSON_UNKNOWN)))
    walker.wake().at(Farewell)


def test_late_results_reach_nobody() -> None:
    walker = Walker().to_code()
    scan = walker.ticket("scan")
    walker.wake().at(StillThere)
    before = walker.state
    assert walker.send(CodeWasScanned(scan, CodeScanned(CODE))).state == before
    assert walker.asked_not(OpenSettlement)


def test_the_person_found_for_one_who_left_is_not_shown_to_the_next() -> None:
    walker = Walker().to_card_read()
    ticket = walker.ticket("ticket")
    walker.wake("patience").send(Left(), CardRemoved(), CardInserted())
    walker.at(ReadingCard)
    before = walker.state
    assert walker.send(PersonWasSought(ticket, PersonFound(ZHANG))).state == before
    walker.at(ReadingCard)
    assert not isinstance(walker.screen, FindingPerson)
