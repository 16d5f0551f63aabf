"""A stay settled by a relative: their own card, who they are to the patient, and what the pack lets them see."""

from dataclasses import replace

import pytest

from kiosk.domain.agent import Agent, Relation, Sight
from kiosk.domain.family import FamilyShare
from kiosk.domain.insured import IdCardIdentity
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonName, ResidentId
from kiosk.faults import FaultCode
from kiosk.flow.effects import OpenSettlement, PrintReceipt, ReadIdCard
from kiosk.flow.events import (
    AllBillsChosen,
    AnotherWayChosen,
    BillChosen,
    BillsWereSought,
    CardWasRead,
    CodeWasScanned,
    Continued,
    DeviceChanged,
    Entered,
    IdCardWasRead,
    KeyOffered,
    Left,
    OptionPicked,
    PersonWasSought,
    Stayed,
    WhoseChosen,
    Woke,
)
from kiosk.flow.rules import Door, Rules, Whose
from kiosk.flow.states import ChoosingBill, Explaining, Failed, Farewell, Kiosk, Quoting, ScanningKey, StillThere
from kiosk.flow.stay_states import AgentCard, AgentRelation
from kiosk.ports.card_reader import CardInserted, CardRead
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.hospital import Bills
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdCardReading
from kiosk.ports.scanner import CodeScanned
from kiosk.ports.settlement import PersonFound
from kiosk.saga.report import Completed, QuotedBill, QuoteReady, SettledBill, SettlingNow
from tests.kiosk.flow.walker import CODE, SETTLEMENT, Walker
from tests.support.people import BATCH, BOOKING, ID_CARD, IDENTITY, STAYED, ZHANG, quote

RULES = Rules(relatives=(Door.OUTPATIENT,))
ILL = replace(STAYED, disease="不稳定性心绞痛")
SON = replace(ID_CARD, name=PersonName("张小"), number=ResidentId("11111120010101117X"))
PLATE = DeviceChanged("id_reader", Health(DeviceState.ONLINE))


def to_list(whose: Whose = Whose.RELATIVE, rules: Rules = RULES, *, plate: bool = True) -> Walker:
    """Whoever stands there has put the patient's card in; the hospital has the stay's bill."""
    walker = Walker(Kiosk(rules))
    if plate:
        walker.send(PLATE)
    walker.send(Entered(Door.OUTPATIENT), WhoseChosen(whose), CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY)))
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    return walker.send(BillsWereSought(walker.ticket("ticket"), Bills((ILL,))))


def laid(walker: Walker, reading: IdCardReading | None, age: int | None = 25) -> Walker:
    walker.send(IdCardPlaced())
    return walker.send(IdCardWasRead(walker.ticket("reading"), reading, age))


def named(rules: Rules = RULES) -> Walker:
    return laid(to_list(rules=rules), IdCardRead(SON)).send(OptionPicked("child"))


def test_nothing_of_a_stay_is_shown_before_the_agent_has_shown_a_card() -> None:
    walker = to_list()
    assert walker.at(AgentCard).person == ZHANG
    laid(walker, IdCardRead(SON)).at(AgentRelation)
    assert [effect for effect in walker.done if isinstance(effect, ReadIdCard)]
    walker.send(OptionPicked("child"))
    assert walker.at(ChoosingBill).person.agent == Agent(SON.name, SON.number, Relation.CHILD)


def test_who_came_for_the_patient_goes_into_the_journal_with_the_bill() -> None:
    walker = named().send(BillChosen(ILL.batch_no))
    walker.at(Quoting)
    [bill] = walker.asked(OpenSettlement).bills
    assert bill.person.agent is not None
    assert (bill.person.certno, bill.person.agent.number) == (ZHANG.certno, SON.number)


@pytest.mark.parametrize(
    ("sight", "lines", "disease"),
    [(frozenset(), 0, ""), (frozenset({Sight.LINES}), 1, ""), (frozenset(Sight), 1, "不稳定性心绞痛")],
)
def test_an_agent_sees_what_the_pack_says_and_no_more(sight: frozenset[Sight], lines: int, disease: str) -> None:
    [shown] = named(replace(RULES, agent_sees=sight)).at(ChoosingBill).batches
    assert (len(shown.lines), shown.disease, shown.total) == (lines, disease, ILL.total)


def test_the_patient_themselves_sees_everything_and_is_asked_nothing() -> None:
    assert to_list(Whose.SELF).at(ChoosingBill).batches == (ILL,)


def test_an_outpatients_bill_needs_no_agents_card() -> None:
    walker = Walker(Kiosk(RULES)).send(Entered(Door.OUTPATIENT), WhoseChosen(Whose.RELATIVE), CardInserted())
    walker.send(CardWasRead(walker.ticket("ticket"), CardRead(IDENTITY)))
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH,))))
    assert walker.at(ChoosingBill).batches == (BATCH,)


def test_a_wristband_leads_to_more_bills_and_to_nobody() -> None:
    walker = named().send(KeyOffered())
    page = walker.at(ScanningKey)
    walker.send(CodeWasScanned(page.scan, CodeScanned(CODE)))
    second = replace(ILL, batch_no="Z9")
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((ILL, second))))
    shown = walker.at(ChoosingBill)
    assert shown.person.agent is not None, "asked once"
    assert [batch.batch_no for batch in shown.batches] == ["Z1", "Z9"]
    walker.send(AllBillsChosen()).at(Quoting)


def test_the_patients_own_card_is_no_agents() -> None:
    walker = laid(to_list(), IdCardRead(ID_CARD))
    assert walker.at(AgentCard).patients


@pytest.mark.parametrize("age", [17, None])
def test_nobody_under_age_acts_for_a_patient(age: int | None) -> None:
    assert laid(to_list(), IdCardRead(SON), age).at(Failed).fault is FaultCode.AGENT_UNDER_AGE


def expired(walker: Walker, card: IdCardIdentity = SON) -> Walker:
    walker.send(IdCardPlaced())
    return walker.send(IdCardWasRead(walker.ticket("reading"), IdCardRead(card), 25, expired=True))


def test_an_agents_expired_card_is_said_so_and_another_relative_may_lay_down_theirs() -> None:
    walker = expired(to_list())
    assert walker.at(AgentCard).again is FaultCode.CARD_EXPIRED
    laid(walker, IdCardRead(SON)).at(AgentRelation)
    expired(to_list(rules=replace(RULES, expired_id_cards=(Whose.SELF,)))).at(AgentCard)


def test_a_site_may_take_it_and_the_patients_own_stays_the_patients() -> None:
    expired(to_list(rules=replace(RULES, expired_id_cards=(Whose.RELATIVE,)))).at(AgentRelation)
    assert expired(to_list(), ID_CARD).at(AgentCard).patients


@pytest.mark.parametrize(
    ("reading", "fault"),
    [(IdCardNotRead(FaultCode.ID_CARD_LIFTED), FaultCode.ID_CARD_LIFTED), (None, FaultCode.ID_CARD_UNREADABLE)],
)
def test_a_card_that_was_not_read_is_asked_for_again(reading: IdCardReading | None, fault: FaultCode) -> None:
    assert laid(to_list(), reading).at(AgentCard).again is fault


def test_without_a_plate_the_stay_is_settled_at_a_window() -> None:
    assert to_list(plate=False).at(Failed).fault is FaultCode.ID_READER_GONE


def test_whoever_will_not_be_written_down_may_go_to_a_window() -> None:
    to_list().send(AnotherWayChosen()).at(Farewell)
    laid(to_list(), IdCardRead(SON)).send(Left()).at(Farewell)


def test_an_answer_that_was_not_offered_says_nothing() -> None:
    laid(to_list(), IdCardRead(SON)).send(OptionPicked("neighbour")).at(AgentRelation)


def test_whoever_walks_away_is_asked_and_comes_back_to_the_same_page() -> None:
    walker = to_list()
    walker.send(Woke(walker.at(AgentCard).ticket)).at(StillThere)
    walker.send(Stayed()).at(AgentCard)
    laid(walker, IdCardRead(SON))
    walker.send(Woke(walker.at(AgentRelation).ticket), Stayed()).at(AgentRelation)


def test_a_plate_that_never_answers_ends_in_words() -> None:
    walker = to_list().send(IdCardPlaced())
    walker.send(Woke(walker.at(AgentCard).ticket))
    assert walker.at(Failed).fault is FaultCode.ID_READER_GONE


MOTHER = FamilyShare(PersonName("钱多"), Relation.PARENT, Money(500))
TOLD = replace(quote(Money(1000)), family=(MOTHER,))


@pytest.mark.parametrize("sight", [frozenset[Sight](), frozenset({Sight.LINES, Sight.DISEASE}), frozenset(Sight)])
def test_whose_account_pays_is_the_patients_to_see_and_an_agents_only_where_the_pack_says_so(
    sight: frozenset[Sight],
) -> None:
    """A third person's data: neither the page nor any paper of this visit has it."""
    rules = replace(RULES, agent_sees=sight)
    walker = named(rules).send(BillChosen(ILL.batch_no))
    sid, number = "01KAMMV5RC6Z2J5N4Q8W7T3XYD", "K7PM-42XQ-9"
    walker.report(QuoteReady((QuotedBill(sid, number, ILL.batch_no, TOLD),)), "ticket")
    seen = walker.at(Explaining).offer.bills[0].quote
    assert seen is not None
    assert seen.family == ((MOTHER,) if Sight.FAMILY in sight else ())
    walker.send(Continued(), Continued()).report(SettlingNow(sid))
    told = replace(SETTLEMENT, family=(MOTHER,))
    walker.report(Completed((SettledBill(sid, number, ILL.batch_no, told, None, BOOKING),)))
    printed = walker.asked(PrintReceipt).paid.settlement
    assert printed is not None
    assert printed.family == seen.family
