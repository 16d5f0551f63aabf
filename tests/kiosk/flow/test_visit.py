"""One outpatient visit, as it is walked: card, bill, quote, payment code, next steps, farewell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.money import Money
from kiosk.domain.personal import ResidentId
from kiosk.faults import FaultCode
from kiosk.flow.asking import AskingWhose
from kiosk.flow.effects import (
    AcceptQuote,
    DeclineQuote,
    FindBills,
    FindPerson,
    Forget,
    OpenSettlement,
    PayWithCode,
    PrintReceipt,
    PrintStatement,
    ReadCard,
    ReadIdCard,
    Say,
    ScanCode,
    StopScanning,
)
from kiosk.flow.events import (
    BillChosen,
    BillsWereSought,
    CodeWasScanned,
    Continued,
    CoverChosen,
    Entered,
    InsuranceChosen,
    LanguageChosen,
    Left,
    LookChosen,
    MoneyReported,
    PersonWasSought,
    SlipWasPrinted,
    StatementWasPrinted,
    Stayed,
    WentBack,
    WhoseChosen,
)
from kiosk.flow.rules import Door, Look, Rules, Whose
from kiosk.flow.sheets import PaperState
from kiosk.flow.states import (
    AwaitingCard,
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
    FindingPerson,
    Home,
    Kiosk,
    NextSteps,
    Quoting,
    ReadingCard,
    ReadingIdCard,
    Settling,
    StillThere,
)
from kiosk.ports.card_reader import CardInserted, CardRemoved
from kiosk.ports.hospital import Bills
from kiosk.ports.id_reader import IdCardPlaced
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted
from kiosk.ports.receipt_printer import SlipPrinted
from kiosk.ports.scanner import CodeRejected, CodeScanned
from kiosk.ports.settlement import PersonFound
from kiosk.saga.report import AwaitingPayment, Completed, Paying, QuotedBill, QuoteReady, SettlingNow, Undone
from tests.kiosk.flow.walker import CODE, COMPLETED, NUMBER, QUOTED, SETTLED, SID, Walker
from tests.support.fakes import second_batch
from tests.support.people import BATCH, EMPLOYEE, IDENTITY, RESIDENT, ZHANG, quote


def test_the_whole_visit_from_card_to_farewell() -> None:
    walker = Walker()
    walker.send(Entered(Door.OUTPATIENT)).at(AwaitingCard)
    walker.send(CardInserted()).at(ReadingCard)
    walker.asked(ReadCard)
    walker = Walker().to_card_read()
    walker.at(FindingPerson)
    assert walker.asked(FindPerson).credential.number == IDENTITY.card_number
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG))).at(FindingBills)
    assert walker.asked(FindBills).person == ZHANG
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH,)))).at(ChoosingBill)
    walker.send(BillChosen("B1")).at(Quoting)
    assert walker.asked(OpenSettlement).bills[0].insurance == EMPLOYEE
    walker.report(QUOTED, "ticket").at(Explaining)
    walker.send(Continued()).at(Confirming)
    walker.send(Continued()).at(AwaitingCode)
    assert walker.asked(AcceptQuote).sids == (SID,)
    assert walker.asked(ScanCode).seconds == walker.state.rules.show_code
    walker.report(AwaitingPayment(SID)).at(AwaitingCode)
    walker.send(CodeWasScanned(walker.ticket("scan"), CodeScanned(CODE))).at(Collecting)
    assert walker.asked(PayWithCode).code == CODE
    walker.report(Paying(SID)).at(Collecting)
    walker.report(SettlingNow(SID)).at(Settling)
    walker.report(COMPLETED).at(NextSteps)
    assert walker.asked(PrintReceipt).paid.number == NUMBER
    walker.asked(PrintStatement)
    walker.send(SlipWasPrinted(walker.ticket("receipt"), SlipPrinted()))
    walker.send(StatementWasPrinted(walker.ticket("statement"), PagePrinted("1")))
    assert walker.at(NextSteps).paid[0].paper == PaperState(SlipPrinted(), statement=True)
    walker.send(Continued())
    assert walker.at(Farewell).card_in
    assert walker.asked(Forget).visit == 1
    walker.take_card()
    assert not walker.at(Farewell).card_in
    walker.wake().at(Home)


def test_a_card_that_is_in_already_is_read_at_once() -> None:
    walker = Walker().send(CardInserted())
    walker.at(ReadingCard)
    Walker(replace(walker.state, screen=Home())).send(Entered(Door.OUTPATIENT)).at(ReadingCard)


def test_a_door_that_is_closed_opens_nothing() -> None:
    walker = Walker(Kiosk(Rules(doors=())))
    walker.send(Entered(Door.OUTPATIENT)).at(Home)


def test_a_bill_that_costs_nothing_is_settled_without_a_code() -> None:
    walker = Walker().to_bills().send(BillChosen("B1"))
    walker.report(QuoteReady((QuotedBill(SID, NUMBER, "B1", quote(Money(0))),)), "ticket").send(
        Continued(), Continued()
    )
    walker.at(Settling)
    assert walker.asked(AcceptQuote).sids == (SID,)
    assert walker.asked_not(ScanCode)
    assert walker.report(Completed((replace(SETTLED, payment=None),))).at(NextSteps).paid[0].payment is None


def test_two_insurances_are_asked_for_and_nothing_else_is_guessed() -> None:
    both = replace(ZHANG, insurances=(EMPLOYEE, RESIDENT))
    walker = Walker().to_card_read().send()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(both)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH, second_batch()))))
    page = walker.send(BillChosen("B1")).at(ChoosingInsurance)
    assert page.rows == (EMPLOYEE, RESIDENT)
    walker.send(InsuranceChosen("999")).at(ChoosingInsurance)
    walker.send(InsuranceChosen("390")).at(Quoting)
    assert walker.asked(OpenSettlement).bills[0].insurance == RESIDENT
    assert walker.at(Quoting).others == 1


def test_an_insurance_the_hospital_fixed_is_not_asked_for() -> None:
    both = replace(ZHANG, insurances=(EMPLOYEE, RESIDENT))
    walker = Walker().to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(both)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((replace(BATCH, insutype="390"),))))
    walker.send(BillChosen("B1")).at(Quoting)
    assert walker.asked(OpenSettlement).bills[0].insurance == RESIDENT


def test_a_bill_that_is_not_on_the_page_cannot_be_chosen() -> None:
    Walker().to_bills().send(BillChosen("B9")).at(ChoosingBill)


def test_after_one_bill_the_next_is_offered() -> None:
    walker = Walker().to_bills(BATCH, second_batch()).send(BillChosen("B1")).report(QUOTED, "ticket")
    walker.send(Continued(), Continued()).report(SettlingNow(SID)).report(COMPLETED)
    assert walker.at(NextSteps).others == 1
    walker.send(Continued()).at(FindingBills)
    assert walker.asked(FindBills).person == ZHANG


def test_without_an_a4_printer_nothing_is_promised() -> None:
    walker = Walker(Kiosk(Rules(statement=False))).to_next_steps()
    assert walker.at(NextSteps).paid[0].statement is None
    assert walker.asked_not(PrintStatement)


def test_paper_that_failed_is_said_and_changes_nothing_else() -> None:
    walker = Walker().to_next_steps()
    walker.send(StatementWasPrinted(walker.ticket("statement"), PageNotPrinted()))
    assert walker.at(NextSteps).paid[0].paper.statement is False
    assert walker.at(NextSteps).paid[0].settlement == SETTLED.settlement


@pytest.mark.parametrize("no", [Left(), WentBack()])
def test_no_after_the_quote_gives_the_bill_back(no: Left | WentBack) -> None:
    walker = Walker().to_quote().send(no)
    walker.at(Cancelling)
    assert walker.asked(DeclineQuote).sids == (SID,)
    walker.report(Undone(SID, NUMBER, None)).at(Farewell)
    walker.asked(Forget)


def test_no_at_the_code_page_puts_the_light_out() -> None:
    walker = Walker().to_code().send(Left())
    walker.asked(StopScanning)
    assert walker.asked(DeclineQuote).sids == (SID,)


def test_whoever_said_no_need_not_wait_for_the_hospital() -> None:
    Walker().to_quote().send(Left()).wake("patience").at(Farewell)


def test_one_page_back_and_forward_again() -> None:
    walker = Walker().to_quote().send(Continued(), WentBack())
    walker.at(Explaining)
    walker.send(Continued(), Continued()).at(AwaitingCode)


def test_a_code_the_scanner_could_not_read_is_asked_for_again() -> None:
    walker = Walker().to_code()
    before = walker.ticket("scan")
    walker.send(CodeWasScanned(before, CodeRejected()))
    assert walker.at(AwaitingCode).again is FaultCode.CODE_UNREADABLE
    assert walker.asked(ScanCode).ticket != before


def test_a_refused_payment_may_be_tried_with_another_code() -> None:
    walker = Walker().to_collecting().report(AwaitingPayment(SID, FaultCode.PAYMENT_REFUSED))
    assert walker.at(AwaitingCode).again is FaultCode.PAYMENT_REFUSED
    walker.send(CodeWasScanned(walker.ticket("scan"), CodeScanned(CODE))).at(Collecting)


def test_the_language_changes_on_any_page_and_only_to_a_known_one() -> None:
    walker = Walker().to_quote().send(LanguageChosen("en"))
    assert (walker.state.lang, walker.effects) == ("en", ())
    assert walker.send(LanguageChosen("xx")).state.lang == "en"
    walker.at(Explaining)


def test_the_look_changes_on_any_page_and_goes_with_the_person() -> None:
    chosen = Walker().to_quote().send(LookChosen(Look.ELDER))
    chosen.at(Explaining)
    assert chosen.state.look is Look.ELDER
    assert chosen.asked(Say).speech.parts, "关怀 speaks"
    parting = chosen.send(Left()).report(Undone(SID, NUMBER, None))
    assert (parting.at(Farewell).card_in, parting.state.look) == (True, Look.ELDER)
    next_person = parting.take_card().wake()
    assert (next_person.at(Home), next_person.state.look) == (Home(), Look.STANDARD)


def test_what_is_personal_is_covered_until_it_is_shown_again_and_never_for_the_next_person() -> None:
    walker = Walker().to_quote().send(CoverChosen(covered=True))
    walker.at(Explaining)
    assert walker.state.covered
    assert not walker.send(CoverChosen(covered=False)).state.covered
    walker.send(CoverChosen(covered=True), Left()).report(Undone(SID, NUMBER, None)).take_card().wake().at(Home)
    assert not walker.state.covered


WITH_RELATIVES = Kiosk(Rules(relatives=(Door.OUTPATIENT,)))


@pytest.mark.parametrize("whose", Whose)
def test_where_relatives_are_let_in_the_visit_begins_with_whose_it_is(whose: Whose) -> None:
    walker = Walker(WITH_RELATIVES).send(Entered(Door.OUTPATIENT))
    walker.at(AskingWhose)
    walker.send(WhoseChosen(whose)).at(AwaitingCard)
    assert walker.state.whose is whose
    walker.send(Left()).wake().at(Home)
    assert walker.state.whose is Whose.SELF, "the next person is asked anew"


def test_a_card_that_is_in_already_waits_for_the_answer() -> None:
    walker = Walker(WITH_RELATIVES).send(CardInserted())
    walker.at(AskingWhose)
    assert walker.asked_not(ReadCard)
    walker.send(WhoseChosen(Whose.RELATIVE)).at(ReadingCard)


def test_an_id_card_on_the_plate_is_read_after_the_answer() -> None:
    for placed in (
        Walker(WITH_RELATIVES).send(IdCardPlaced()),
        Walker(WITH_RELATIVES).send(CardInserted(), IdCardPlaced()),
    ):
        assert placed.at(AskingWhose).id_card
        placed.send(WhoseChosen(Whose.SELF)).at(ReadingIdCard)
        placed.asked(ReadIdCard)


def test_nobody_answers_whose_visit_it_is() -> None:
    walker = Walker(WITH_RELATIVES).send(Entered(Door.OUTPATIENT)).wake()
    walker.at(StillThere)
    walker.send(Stayed()).at(AskingWhose)
    walker.wake().send(IdCardPlaced())
    assert walker.at(AskingWhose).id_card
    walker.wake().wake().at(Farewell)


PAGES_WITH_A_QUESTION = {
    "card": lambda: Walker().send(Entered(Door.OUTPATIENT)),
    "bills": lambda: Walker().to_bills(),
    "quote": lambda: Walker().to_quote(),
    "confirm": lambda: Walker().to_quote().send(Continued()),
    "code": lambda: Walker().to_code(),
}


@pytest.mark.parametrize("page", PAGES_WITH_A_QUESTION)
def test_who_stops_touching_is_asked_and_then_let_go(page: str) -> None:
    walker = PAGES_WITH_A_QUESTION[page]()
    kind = type(walker.screen)
    assert walker.wake().at(StillThere).resume == walker.at(StillThere).resume
    walker.send(Stayed()).at(kind)
    walker.wake().at(StillThere)
    walker.send(Continued()).at(kind)
    walker.wake().wake()
    if page in {"quote", "confirm", "code"}:
        walker.at(Cancelling)
        walker.asked(DeclineQuote)
        walker.report(Undone(SID, NUMBER, None))
    walker.at(Farewell)


@pytest.mark.parametrize("page", PAGES_WITH_A_QUESTION)
def test_a_touch_gives_patience_anew(page: str) -> None:
    walker = PAGES_WITH_A_QUESTION[page]()
    kind, before = type(walker.screen), walker.ticket("ticket")
    walker.send(Stayed()).at(kind)
    assert walker.ticket("ticket") != before


def test_the_card_is_the_answer_to_are_you_still_there() -> None:
    walker = Walker().send(Entered(Door.OUTPATIENT)).wake()
    walker.at(StillThere)
    walker.send(CardInserted()).at(ReadingCard)
    walker.asked(ReadCard)


def test_a_report_behind_the_question_is_followed() -> None:
    walker = Walker().to_quote().wake()
    resume = walker.at(StillThere).resume
    assert isinstance(resume, Explaining)
    walker.send(MoneyReported(resume.money, Undone(SID, NUMBER, FaultCode.BILL_TAKEN)))
    assert walker.at(Failed).fault is FaultCode.BILL_TAKEN


def test_a_forgotten_card_is_asked_for_until_it_is_taken() -> None:
    walker = Walker().to_next_steps().send(Left())
    assert not walker.at(Farewell).reminded
    for _ in range(3):
        assert walker.wake().at(Farewell).reminded
    walker.send(Continued()).at(Farewell)
    walker.take_card().wake().at(Home)


def test_the_next_person_need_not_wait_for_the_farewell_to_end() -> None:
    walker = Walker().to_next_steps().send(Left(), CardRemoved())
    walker.send(CardInserted()).at(ReadingCard)
    assert walker.state.ticket.visit == 2


def test_another_persons_card_is_not_taken_for_the_one_that_was_asked_for() -> None:
    other = replace(IDENTITY, resident_id=ResidentId("111111196103021118"))
    walker = Walker().to_card_read(other)
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    assert walker.at(Failed).fault is FaultCode.PERSON_MISMATCH
