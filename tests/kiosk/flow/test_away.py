"""Care away from the place of insurance: what is missing is offered, and only what is in force is quoted again."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from kiosk.domain.filing import CaseState
from kiosk.domain.insured import Person
from kiosk.domain.money import Money
from kiosk.domain.pages import Option, Words
from kiosk.domain.personal import Typed
from kiosk.domain.speech import Sentence
from kiosk.faults import FaultCode
from kiosk.filing.course import Stage
from kiosk.flow.effects import Abandon, AskAway, ConfirmFiling, FindBills, OpenFiling, OpenSettlement, PrintCaseSlip
from kiosk.flow.events import (
    AwayWasSought,
    BillChosen,
    BillsWereSought,
    CardWasRead,
    Continued,
    Entered,
    FilingOpened,
    FilingWanted,
    Left,
    OptionPicked,
    PersonWasSought,
    Retried,
    WentBack,
)
from kiosk.flow.rules import Door, Look
from kiosk.flow.served_states import Choosing, Concluding, Reviewing
from kiosk.flow.speech import prompt
from kiosk.flow.states import Confirming, Explaining, Failed, Farewell, FindingBills, Kiosk, Quoting
from kiosk.ports.answers import NotSent
from kiosk.ports.card_reader import CardInserted, CardRead
from kiosk.ports.filing import Away, Prepared
from kiosk.ports.hospital import Bills
from kiosk.ports.settlement import PersonFound
from kiosk.saga.report import QuotedBill, QuoteReady
from tests.kiosk.flow.clerk import CASE, PREPARED, TODAY, Clerk, rules
from tests.kiosk.flow.walker import NUMBER, QUOTED, SID
from tests.support.people import BATCH, EMPLOYEE, IDENTITY, ZHANG, quote

SHEN = replace(ZHANG, insurances=(replace(EMPLOYEE, insuplc_admdvs="000200"),))
RULES = replace(rules(), away_areas=frozenset({"000100", "000200"}))
SMALLER = QuoteReady((QuotedBill(SID, NUMBER, BATCH.batch_no, quote(Money(700))),))


def quoting(look: Look = Look.STANDARD, person: Person = SHEN) -> Clerk:
    one = Clerk(replace(Kiosk(RULES), look=look))
    one.send(Entered(Door.OUTPATIENT), CardInserted())
    one.send(CardWasRead(one.ticket("ticket"), CardRead(IDENTITY)))
    one.send(PersonWasSought(one.ticket("ticket"), PersonFound(person)))
    one.send(BillsWereSought(one.ticket("ticket"), Bills((BATCH,))))
    return one if look is Look.ELDER else cast("Clerk", one.send(BillChosen(BATCH.batch_no)))


def offered() -> Clerk:
    one = quoting()
    one.send(AwayWasSought(one.asked(AskAway).ticket, Away(missing=True)))
    one.report(QUOTED, "ticket")
    return one


def filing(told: Prepared = PREPARED) -> Clerk:
    one = offered().touch(FilingWanted())
    one.send(FilingOpened(one.asked(OpenFiling).ticket, SID, told, TODAY))
    return one


def concluded(state: CaseState) -> Clerk:
    one = filing().hand_in()
    return one.told(Stage.LODGED, replace(CASE, item="away-filing", state=state))


def test_nobody_is_asked_about_who_is_insured_here_or_when_nothing_is_missing() -> None:
    assert quoting(person=ZHANG).asked_not(AskAway)
    for answer in (Away(missing=False), NotSent(FaultCode.OFFICE_UNREACHABLE)):
        one = quoting()
        one.send(AwayWasSought(one.asked(AskAway).ticket, answer))
        one.report(QUOTED, "ticket")
        assert not one.at(Explaining).offer.away.missing
        assert isinstance(one.touch(FilingWanted()).screen, Explaining)


def test_the_offices_answer_may_come_after_the_quote() -> None:
    one = quoting()
    ask = one.asked(AskAway)
    one.report(QUOTED, "ticket")
    assert not one.at(Explaining).offer.away.missing
    one.send(AwayWasSought(ask.ticket, Away(missing=True)))
    assert one.at(Explaining).offer.away.missing
    assert Sentence("explain.away") in prompt(one.state)


def test_in_care_the_offer_is_read_before_the_one_question() -> None:
    one = quoting(Look.ELDER)
    one.send(AwayWasSought(one.asked(AskAway).ticket, Away(missing=True)))
    assert isinstance(one.report(QUOTED, "ticket").screen, Explaining)
    plain = quoting(Look.ELDER)
    plain.send(AwayWasSought(plain.asked(AskAway).ticket, Away(missing=False)))
    assert isinstance(plain.report(QUOTED, "ticket").screen, Confirming)


def test_the_quote_is_given_back_before_anything_is_filed() -> None:
    one = offered().touch(FilingWanted())
    assert one.asked(Abandon).sids == (SID,)
    assert one.asked(OpenFiling).person == SHEN


def test_only_what_is_in_force_is_quoted_again_and_both_amounts_are_shown() -> None:
    one = concluded(CaseState.IN_FORCE)
    assert one.at(Concluding).page.affirm
    one.touch(Continued())
    assert [bill.batch for bill in one.asked(OpenSettlement).bills] == [BATCH]
    assert one.asked_not(AskAway)
    one.report(SMALLER, "ticket")
    away = one.at(Explaining).offer.away
    assert away.part_before == quote(Money(1000)).amounts.psn_part_amt
    assert one.at(Explaining).offer.own_part == Money(700)
    assert away.case_no == CASE.case_no
    assert not away.missing


@pytest.mark.parametrize("state", [CaseState.UNDER_REVIEW, CaseState.REFUSED, CaseState.NOT_SERVED])
def test_anything_else_keeps_the_quote_on_a_slip_and_shows_the_nations_service(state: CaseState) -> None:
    one = concluded(state)
    page = one.at(Concluding).page
    assert page.link is not None
    assert page.link.address == "https://fuwu.nhsa.gov.cn"
    assert any(BATCH.batch_no in point.label.zh and "17.04 元" in point.text.zh for point in page.points)
    assert one.asked(PrintCaseSlip).page == page
    one.touch(Continued())
    assert isinstance(one.screen, Farewell)
    assert one.asked_not(OpenSettlement)


def test_whoever_will_not_wait_for_the_office_looks_at_their_bills_anew() -> None:
    one = concluded(CaseState.UNDER_REVIEW).touch(OptionPicked("bills"))
    assert isinstance(one.screen, FindingBills)
    assert one.asked(FindBills).person == SHEN
    assert one.asked_not(OpenSettlement)


def test_an_answer_that_is_lost_or_a_no_keeps_the_quote_too() -> None:
    lost = filing().hand_in().told(Stage.SOUGHT)
    lost.wake("patience")
    declined = filing().hand_in().told(Stage.DECLINED, fault=FaultCode.FILING_REFUSED)
    for one in (lost, declined):
        assert any(BATCH.batch_no in point.label.zh for point in one.at(Concluding).page.points)
        assert one.done.count(one.asked(PrintCaseSlip)) == 1


def test_in_a_payment_only_this_place_from_today_and_nothing_that_binds_long() -> None:
    long = Option("living", Words("长期居住"))
    item = RULES.services.items["away-filing"]
    kinds = tuple(
        replace(one, options=(*one.options, long)) if one.key == "care-kind" else one for one in item.questions
    )
    services = replace(RULES.services, items={**RULES.services.items, "away-filing": replace(item, questions=kinds)})
    draft = Prepared(draft=(("care-area", Typed("000100")), ("care-kind", Typed("living"))))
    one = offered()
    one.state = replace(one.state, rules=replace(RULES, services=services))
    one.touch(FilingWanted())
    one.send(FilingOpened(one.asked(OpenFiling).ticket, SID, draft, TODAY))
    assert "living" not in {option.key for option in one.at(Choosing).page.options}
    one.touch(OptionPicked("living"))
    assert isinstance(one.screen, Choosing)
    one.touch(OptionPicked("referral")).hand_in()
    said = dict(one.asked(ConfirmFiling).application.answers)
    assert (said["care-area"], said["since"]) == (Typed("000000"), Typed("2026-11-26"))
    assert said["care-kind"] == Typed("referral")


def test_the_place_cannot_be_changed_on_the_review() -> None:
    one = filing().touch(OptionPicked("referral"))
    lines = {line.key: line.change for line in one.at(Reviewing).page.lines}
    assert not lines["care-area"]
    assert not lines["since"]
    assert lines["care-kind"]


def test_back_from_the_form_the_same_bills_are_quoted_as_before() -> None:
    one = filing().touch(WentBack())
    assert isinstance(one.screen, Quoting)
    assert [bill.batch for bill in one.asked(OpenSettlement).bills] == [BATCH]


def test_whoever_leaves_the_form_leaves_and_nothing_is_open() -> None:
    one = filing().touch(Left())
    assert isinstance(one.screen, Farewell)
    assert one.asked_not(OpenSettlement)


def test_without_the_office_the_way_back_to_the_bills_stays() -> None:
    one = offered().touch(FilingWanted())
    one.send(FilingOpened(one.asked(OpenFiling).ticket, "", NotSent(FaultCode.OFFICE_UNREACHABLE), TODAY))
    assert one.at(Failed).can_retry
    assert isinstance(one.touch(Retried()).screen, FindingBills)


def test_a_case_in_a_payment_is_not_rated_there() -> None:
    assert isinstance(concluded(CaseState.IN_FORCE).touch(Continued()).screen, Quoting)
