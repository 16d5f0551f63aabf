"""What is on file of a person is told in words: covered or since when not, what is used and what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.benefits import Accumulator, Rights
from kiosk.domain.filing import StandingRow
from kiosk.domain.insured import Insurance
from kiosk.domain.money import Money
from kiosk.faults import FaultCode
from kiosk.flow.effects import (
    AskCases,
    AskRights,
    AskStanding,
)
from kiosk.flow.events import (
    CardWasRead,
    CasesWereSought,
    Entered,
    PersonWasSought,
    RightsWereSought,
    StandingWasSought,
)
from kiosk.flow.rules import Door
from kiosk.flow.served_states import Guiding, Waiting
from kiosk.flow.services.desk import Informed
from kiosk.flow.states import Failed
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.card_reader import CardInserted, CardRead
from kiosk.ports.filing import Cases, Standing
from kiosk.ports.settlement import PersonFound, PersonMissing
from tests.kiosk.flow.clerk import CASE, Clerk, clerk
from tests.support.people import IDENTITY, ZHANG


def asking(person: PersonFound | PersonMissing | None = None) -> Clerk:
    one = clerk()
    one.send(Entered(Door.RIGHTS), CardInserted())
    one.send(CardWasRead(one.ticket("ticket"), CardRead(IDENTITY)))
    one.send(PersonWasSought(one.ticket("ticket"), person or PersonFound(ZHANG)))
    return one


def test_rights_tell_what_is_used_and_what_is_left() -> None:
    one = asking()
    one.asked(AskRights)
    one.asked(AskCases)
    sums = (
        Accumulator("310", "2026", "202610", "Q0000", Money(10000)),
        Accumulator("310", "2026", "202611", "Q0000", Money(12000)),
    )
    one.send(RightsWereSought(one.ticket("ticket"), Rights(sums)))
    assert isinstance(one.screen, Waiting)
    one.send(CasesWereSought(one.ticket("ticket"), Cases((replace(CASE, item="transfer"),))))
    page = one.at(Guiding).page
    told = {point.label.zh: point.text for point in page.points}
    assert "120.00" in told["职工门诊起付线"].zh
    assert "380.00" in told["职工门诊起付线"].zh
    assert "380.00" in told["职工门诊起付线"].of("en")
    assert told["医保关系转移接续"].zh == "已生效，受理号 MN2026112600000001"
    assert isinstance(one.at(Guiding).desk, Informed)


def test_bars_show_what_is_used_and_who_paid_what_this_year() -> None:
    one = asking()
    sums = tuple(
        Accumulator("310", "2026", "202611", kind, Money(fen))
        for kind, fen in (("Q0000", 12500), ("F0000", 100000), ("D310101", 60000), ("D310201", 25000))
    )
    one.send(RightsWereSought(one.ticket("ticket"), Rights(sums)))
    one.send(CasesWereSought(one.ticket("ticket"), Cases(())))
    points = {point.label.zh: point for point in one.at(Guiding).page.points}
    assert points["职工门诊起付线"].part == 25
    assert points["职工门诊年度限额"].part == 20
    assert (points["职工医保，今年总费用"].text.zh, points["职工医保，今年总费用"].part) == ("1,000.00 元", 100)
    assert (points["医保统筹基金付"].text.zh, points["医保统筹基金付"].part) == ("600.00 元", 60)
    assert points["您的个人账户付"].part == 25
    assert points["个人账户余额"].part is None


def test_more_used_than_the_limit_leaves_nothing_and_no_minus() -> None:
    one = asking()
    one.send(RightsWereSought(one.ticket("ticket"), Rights((Accumulator("310", "2026", "", "Q0000", Money(99900)),))))
    one.send(CasesWereSought(one.ticket("ticket"), Unknown(FaultCode.OFFICE_UNREACHABLE)))
    told = {point.label.zh: point.text.zh for point in one.at(Guiding).page.points}
    assert "还剩 0.00" in told["职工门诊起付线"].replace("¥", "")
    assert told["办过的事"] == "暂时没有查到，请过一会儿再来"


def test_what_does_not_answer_in_time_is_said_to_be_missing() -> None:
    one = asking()
    one.wake("patience")
    told = {point.label.zh: point.text.zh for point in one.at(Guiding).page.points}
    assert told["今年的累计"] == told["办过的事"] == "暂时没有查到，请过一会儿再来"
    assert told["职工医保"] == "正常参保"


def test_a_stopped_cover_says_since_when_and_what_to_do() -> None:
    one = asking(PersonMissing(FaultCode.INSURANCE_STOPPED))
    assert one.asked(AskStanding).certno == ZHANG.certno
    row = StandingRow("310", active=False, since=date(2012, 7, 1), stopped=date(2026, 2, 1))
    one.send(StandingWasSought(one.ticket("ticket"), Standing((row,))))
    told = {point.label.zh: point.text.zh for point in one.at(Guiding).page.points}
    assert told["职工医保"] == "您的参保从 2026年2月1日 起停了"
    assert "灵活就业" in told["怎么办"]
    assert told["在这台机器上可以办"] == "参保登记"


def test_a_row_of_1101_that_is_paused_is_told_alike() -> None:
    paused = Insurance("390", "1501", "2", Money(0), "000000", date(2026, 6, 30))
    one = asking(PersonFound(replace(ZHANG, insurances=(*ZHANG.insurances, paused))))
    one.wake("patience")
    told = {point.label.zh: point.text.zh for point in one.at(Guiding).page.points}
    assert "2026年6月30日" in told["城乡居民医保"]


@pytest.mark.parametrize("answer", [Unknown(FaultCode.OFFICE_UNREACHABLE), Refused(FaultCode.INQUIRY_REFUSED)])
def test_an_office_that_does_not_know_either_leaves_the_platforms_word(answer: Unknown | Refused) -> None:
    one = asking(PersonMissing(FaultCode.INSURANCE_STOPPED))
    one.send(StandingWasSought(one.ticket("ticket"), answer))
    assert one.at(Failed).fault is FaultCode.INSURANCE_STOPPED
