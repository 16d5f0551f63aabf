"""The official sheet comes with the papers of a visit and again with a reprint; without it the visit is as good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.agent import Agent, Relation, Sight
from kiosk.domain.money import Money
from kiosk.domain.speech import Sentence
from kiosk.faults import FaultCode
from kiosk.flow.effects import PrintAgain, PrintStatement
from kiosk.flow.events import BillChosen, Continued, StatementWasPrinted
from kiosk.flow.paid_states import ChoosingPaid, Reprinting
from kiosk.flow.rules import Official, Rules
from kiosk.flow.sheets import OfficialWasPrinted, PrintOfficial
from kiosk.flow.speech import prompt
from kiosk.flow.states import Kiosk, NextSteps
from kiosk.ports.official import SheetAsked
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted
from kiosk.saga.report import Completed, QuotedBill, QuoteReady, SettledBill, SettlingNow
from tests.kiosk.flow.test_agent import ILL, named
from tests.kiosk.flow.test_agent import RULES as AGENTS
from tests.kiosk.flow.test_reprint import FIRST, RULES, SEVERAL, found, to_finding
from tests.kiosk.flow.walker import NUMBER, SETTLEMENT, SID, Walker
from tests.support.people import BOOKING, EMPLOYEE, LI, ZHANG, quote

MISSING = PageNotPrinted(FaultCode.OFFICIAL_NOT_MADE)


def to_papers(official: Official, *, statement: bool = True) -> Walker:
    return Walker(Kiosk(Rules(official=official, statement=statement))).to_next_steps()


def asked(walker: Walker, kind: type[object]) -> bool:
    return any(isinstance(effect, kind) for effect in walker.done)


def test_a_site_that_has_none_asks_for_none() -> None:
    walker = to_papers(Official.NONE)
    assert not asked(walker, PrintOfficial)
    assert walker.at(NextSteps).paid[0].official is None


def test_beside_our_own_statement_both_are_printed() -> None:
    walker = to_papers(Official.BESIDE)
    [sheet] = [effect for effect in walker.done if isinstance(effect, PrintOfficial)]
    assert sheet.asked == SheetAsked(ZHANG.psn_no, SETTLEMENT.setl_id, EMPLOYEE.insuplc_admdvs)
    assert sheet.name == NUMBER
    assert asked(walker, PrintStatement)
    walker.send(OfficialWasPrinted(sheet.ticket, PagePrinted("1")))
    assert walker.at(NextSteps).paid[0].paper.official == PagePrinted("1")
    assert walker.asked_not(PrintStatement)


def test_what_becomes_of_it_is_spoken_with_the_papers() -> None:
    walker = to_papers(Official.BESIDE)
    assert Sentence("say.sheet_coming") in prompt(walker.state)
    walker.send(OfficialWasPrinted(walker.ticket("official"), PagePrinted("1")))
    assert Sentence("say.sheet_done") in prompt(walker.state)
    without = to_papers(Official.BESIDE)
    without.send(OfficialWasPrinted(without.ticket("official"), MISSING))
    assert Sentence("say.sheet_missing") in prompt(without.state)


def test_in_place_of_ours_it_comes_alone() -> None:
    walker = to_papers(Official.INSTEAD)
    assert not asked(walker, PrintStatement)
    walker.send(OfficialWasPrinted(walker.ticket("official"), PagePrinted("1")))
    assert walker.asked_not(PrintStatement)


def test_ours_comes_after_all_where_it_cannot_be_had() -> None:
    walker = to_papers(Official.INSTEAD)
    walker.send(OfficialWasPrinted(walker.ticket("official"), MISSING))
    statement = walker.asked(PrintStatement)
    assert walker.at(NextSteps).printing
    walker.send(StatementWasPrinted(statement.ticket, PagePrinted("1")))
    paper = walker.at(NextSteps).paid[0].paper
    assert (paper.official, paper.statement) == (MISSING, True)


def test_a_site_without_statements_gets_none_in_its_place() -> None:
    walker = to_papers(Official.INSTEAD, statement=False)
    walker.send(OfficialWasPrinted(walker.ticket("official"), MISSING))
    assert not asked(walker, PrintStatement)


@pytest.mark.parametrize("official", [Official.BESIDE, Official.INSTEAD])
def test_a_reprint_brings_it_again_and_the_slip_says_that_it_is_a_copy(official: Official) -> None:
    walker = found(to_finding(replace(RULES, official=official)), SEVERAL).send(BillChosen(FIRST.batch.batch_no))
    assert walker.asked(PrintAgain).official
    assert Sentence("say.sheet_coming") in prompt(walker.state)
    sheet = walker.asked(PrintOfficial)
    assert sheet.asked.setl_id == FIRST.settlement.setl_id
    walker.send(OfficialWasPrinted(sheet.ticket, MISSING))
    assert walker.at(Reprinting).sheet == MISSING
    assert Sentence("say.sheet_missing") in prompt(walker.state)


@pytest.mark.parametrize("sight", [frozenset[Sight](), frozenset({Sight.LINES, Sight.DISEASE}), frozenset(Sight)])
def test_an_agent_gets_it_only_where_they_may_see_all_that_it_tells(sight: frozenset[Sight]) -> None:
    """It has the diagnosis and the number of the patient's card; our own statement comes in its place."""
    rules = replace(AGENTS, agent_sees=sight, official=Official.INSTEAD)
    walker = named(rules).send(BillChosen(ILL.batch_no))
    walker.report(QuoteReady((QuotedBill(SID, NUMBER, ILL.batch_no, quote(Money(1000))),)), "ticket")
    walker.send(Continued(), Continued()).report(SettlingNow(SID))
    walker.report(Completed((SettledBill(SID, NUMBER, ILL.batch_no, SETTLEMENT, None, BOOKING),)))
    assert asked(walker, PrintOfficial) is (sight == frozenset(Sight))
    assert asked(walker, PrintStatement) is not asked(walker, PrintOfficial)


def test_an_agents_reprint_has_no_sheet_of_what_they_may_not_see() -> None:
    agent = replace(ZHANG, agent=Agent(LI.name, LI.certno, Relation.CHILD))
    page = found(to_finding(replace(RULES, official=Official.BESIDE)), SEVERAL).at(ChoosingPaid)
    walker = Walker(Kiosk(replace(RULES, official=Official.BESIDE), replace(page, person=agent)))
    walker.send(BillChosen(FIRST.batch.batch_no))
    assert not walker.asked(PrintAgain).official
    assert walker.at(Reprinting).official is None
    assert not asked(walker, PrintOfficial)
