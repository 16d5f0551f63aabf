"""What is on file is told in full: visits with drugs, one case at a time, filings, shared accounts, what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from kiosk.domain.benefits import Paid, PastVisit, Rights
from kiosk.domain.filing import CaseState, Due, FiledAway, Score, Shared
from kiosk.domain.money import Money
from kiosk.domain.notices import Notice, NoticeKind
from kiosk.domain.pages import Link
from kiosk.domain.speech import Text
from kiosk.faults import FaultCode
from kiosk.filing.course import Stage
from kiosk.flow.effects import AskRights, PrintCaseSlip, PrintGuide, RateAgain, RateCase
from kiosk.flow.events import (
    CardWasRead,
    CasesWereSought,
    Continued,
    Entered,
    Left,
    OptionPicked,
    PaperWanted,
    PersonWasSought,
    RightsWereSought,
    WentBack,
)
from kiosk.flow.notice_effects import NoticesRead
from kiosk.flow.rules import Door
from kiosk.flow.served_states import Choosing, Concluding, Guiding, Waiting
from kiosk.flow.services.desk import Informed
from kiosk.flow.services.records import NOTICES
from kiosk.flow.speech import prompt
from kiosk.flow.states import Farewell, Home
from kiosk.ports.answers import Unknown
from kiosk.ports.card_reader import CardInserted, CardRead, CardRemoved
from kiosk.ports.clock import BEIJING
from kiosk.ports.filing import Cases
from kiosk.ports.settlement import PersonFound
from tests.kiosk.flow.clerk import CASE, CERTIFICATE, TODAY, Clerk, clerk
from tests.support.people import IDENTITY, ZHANG

LOW = replace(CASE, case_no="MN1", rated=True, again=True)


def looking(told: Cases) -> Clerk:
    one = clerk()
    one.send(Entered(Door.RIGHTS), CardInserted())
    one.send(CardWasRead(one.ticket("ticket"), CardRead(IDENTITY)))
    one.send(PersonWasSought(one.ticket("ticket"), PersonFound(ZHANG)))
    one.send(RightsWereSought(one.ticket("ticket"), Rights()))
    one.send(CasesWereSought(one.ticket("ticket"), told))
    return one


def told(one: Clerk) -> dict[str, str]:
    return {point.label.zh: point.text.zh for point in one.at(Guiding).page.points}


def test_filings_of_care_elsewhere_and_shared_accounts_are_told() -> None:
    away = FiledAway("模拟甲市", "referral", date(2026, 1, 2), date(2027, 1, 1))
    shared = (Shared("钱*", True, TODAY), Shared("李*", False, TODAY, Money(6815)))
    one = looking(Cases((), (away,), shared))
    points = [(point.label.zh, point.text.zh) for point in one.at(Guiding).page.points]
    assert ("异地就医备案", "模拟甲市，转诊，2026年1月2日至2027年1月1日") in points
    assert ("家庭共济", "钱* 可以用您的个人账户") in points
    assert ("家庭共济", "您可以用 李* 的个人账户，余额 68.15 元") in points


def test_visits_tell_who_paid_what_and_which_drugs_in_the_platforms_own_amounts() -> None:
    one = looking(Cases(()))
    one.touch(OptionPicked("visits"))
    assert isinstance(one.screen, Waiting)
    asked = one.asked(AskRights)
    assert (asked.person, asked.visits) == (ZHANG, True)
    paid = Paid(Money(12000), Money(8000), Money(2500), Money(1500))
    visits = (PastVisit(date(2026, 11, 20), "14", "", paid, ("缬沙坦胶囊", "阿托伐他汀片")), PastVisit(TODAY, "11", ""))
    one.send(RightsWereSought(one.ticket("ticket"), Rights(visits=visits)))
    assert told(one) == {
        "2026年11月20日　门诊慢特病": "总费用 120.00 元：医保付 80.00 元，个人账户付 25.00 元，自己付 15.00 元。"
        "药：缬沙坦胶囊、阿托伐他汀片",
        "2026年11月26日　普通门诊": "没有医保结算",
    }
    own = [part for part in prompt(one.state) if isinstance(part, Text) and "缬沙坦" in part.text]
    assert own
    assert not any(part.public for part in own)
    one.touch(PaperWanted())
    assert one.asked(PrintGuide).page == one.at(Guiding).page
    one.touch(WentBack())
    assert isinstance(one.at(Guiding).desk, Informed)


def test_visits_that_cannot_be_had_are_said_to_be_missing_and_none_is_none() -> None:
    one = looking(Cases(()))
    one.touch(OptionPicked("visits")).wake("patience")
    assert told(one)["今年的就诊和用药"] == "暂时没有查到，请过一会儿再来"
    one.touch(Continued(), OptionPicked("visits"))
    one.send(RightsWereSought(one.ticket("ticket"), Rights()))
    assert told(one)["今年的就诊和用药"] == "今年没有就诊记录"


def test_a_case_is_read_and_printed_in_full_with_its_certificate() -> None:
    case = replace(CASE, item="transfer", due=date(2026, 12, 17), reason="在办", certificate=CERTIFICATE)
    one = looking(Cases((case,)))
    one.touch(OptionPicked("cases"))
    (row,) = one.at(Choosing).page.options
    assert (row.label.zh, row.note.zh) == ("医保关系转移接续", "已生效")
    one.touch(OptionPicked("nobody's"), OptionPicked(case.case_no))
    page = told(one)
    assert page["受理号"] == case.case_no
    assert page["办结日期"] == "2026年12月17日"
    assert page["参保凭证号码"] == "CBPZ1"
    assert page["职工医保"] == "模拟统筹区，2026年11月26日至现在，共 1 个月"
    one.touch(PaperWanted())
    assert one.asked(PrintGuide).page == one.at(Guiding).page


def test_without_cases_nothing_leads_to_them() -> None:
    assert [option.key for option in looking(Cases(())).at(Guiding).page.next] == ["visits"]
    one = looking(Cases((CASE,)))
    assert [option.key for option in one.at(Guiding).page.next] == ["visits", "cases"]
    one.touch(OptionPicked("nothing-like-it"))
    assert isinstance(one.at(Guiding).desk, Informed)


def test_a_low_rating_that_was_followed_up_is_given_anew_and_only_that() -> None:
    one = looking(Cases((LOW, CASE)))
    one.touch(OptionPicked("cases"), OptionPicked(CASE.case_no))
    assert one.at(Guiding).page.affirm.zh == "看完了，返回"
    one.touch(Continued(), OptionPicked("cases"), OptionPicked("MN1"))
    assert one.at(Guiding).page.affirm.zh == "再评一次"
    one.touch(Continued())
    assert one.at(Choosing).page.chosen == ""
    one.touch(OptionPicked("5"), OptionPicked("0"))
    assert [one for one in one.done if isinstance(one, RateAgain)] == [RateAgain(ZHANG, LOW, Score("MN1", 5, (0,)))]
    assert not any(isinstance(effect, RateCase) for effect in one.done)


def test_a_rating_may_be_left_alone_the_second_time_too() -> None:
    one = looking(Cases((LOW,)))
    one.touch(OptionPicked("cases"), OptionPicked("MN1"), Continued(), OptionPicked("skip"))
    assert not any(isinstance(effect, RateAgain) for effect in one.done)


def contribution(answer: Cases | Unknown) -> Clerk:
    one = clerk().to_guide("contribution")
    one.touch(Continued())
    one.send(CardInserted())
    one.send(CardWasRead(one.ticket("ticket"), CardRead(IDENTITY)))
    one.send(PersonWasSought(one.ticket("ticket"), PersonFound(ZHANG)))
    one.send(RightsWereSought(one.ticket("ticket"), Rights()))
    one.send(CasesWereSought(one.ticket("ticket"), answer))
    return one


def test_a_contribution_is_told_with_the_tax_authoritys_code_and_nothing_is_collected() -> None:
    due = Due("2027 年度居民医保缴费", Money(40000), "https://tax.moni.invalid/pay?bill=1", date(2027, 12, 31))
    one = contribution(Cases((), dues=(due,)))
    assert told(one) == {"2027 年度居民医保缴费": "400.00 元，2027年12月31日前"}
    link = one.at(Guiding).page.link
    assert isinstance(link, Link)
    assert link.address == due.address
    assert told(contribution(Cases(()))) == {"要缴的费": "没有要缴的"}
    unknown = contribution(Unknown(FaultCode.OFFICE_UNREACHABLE))
    assert told(unknown) == {"要缴的费": "暂时没有查到，请过一会儿再来"}
    assert unknown.at(Guiding).page.link is None


def test_the_provinces_own_lines_are_filled_in_for_the_paper_alone() -> None:
    one = clerk().to_filing("transfer").hand_in().told(Stage.LODGED, replace(CASE, item="transfer"))
    page = one.at(Concluding).page
    assert page.printed[0] == f"模拟医保局告知：您申请的“医保关系转移接续”已登记，受理号 {CASE.case_no}。"
    assert one.asked(PrintCaseSlip).page == page
    assert clerk("370400").to_filing("transfer").hand_in().told(Stage.LODGED, CASE).at(Concluding).page.printed == ()


def test_a_transfer_prints_its_certificate_with_the_slip() -> None:
    one = clerk().to_filing("transfer").hand_in()
    case = replace(CASE, item="transfer", state=CaseState.UNDER_REVIEW, certificate=CERTIFICATE)
    one.told(Stage.LODGED, case)
    assert one.asked(PrintCaseSlip).certificate == CERTIFICATE
    assert "CBPZ1" in [point.text.zh for point in one.at(Concluding).page.points]


AT = datetime(2026, 11, 26, 9, tzinfo=BEIJING)
OPEN = replace(CASE, case_no="MN3", item="transfer", state=CaseState.UNDER_REVIEW)
NEWS = (
    Notice("N3", 3, "MN1", NoticeKind.MISSING, AT, "还差一份材料", over=True),
    Notice("N2", 2, "MN3", NoticeKind.MISSING, AT, "还差一份材料", date(2026, 12, 11)),
    Notice("N1", 1, "MN3", NoticeKind.ACCEPTED, AT, "已经受理"),
)


def test_what_was_not_read_is_counted_told_once_and_then_read() -> None:
    one = looking(Cases((LOW, OPEN), notices=NEWS))
    first = one.at(Guiding).page.next[0]
    assert (first.key, first.note.zh) == (NOTICES, "3 条：受理、缺材料、办结")
    one.touch(OptionPicked(NOTICES))
    told = [point.text.zh for point in one.at(Guiding).page.points]
    assert told == [
        "2026年11月26日：还差一份材料。这件事后来已经办结，不用再交，受理号 MN1",
        "2026年11月26日：还差一份材料，最晚 2026年12月11日，受理号 MN3",
        "2026年11月26日：已经受理，受理号 MN3",
    ]
    assert one.asked(NoticesRead).notices == ("N3", "N2", "N1")
    spoken = [part for part in prompt(one.state) if isinstance(part, Text) and "MN3" in repr(part)]
    assert spoken
    assert not any(part.public for part in spoken), "what an office writes to somebody is theirs alone"
    one.touch(Continued())
    assert NOTICES not in {option.key for option in one.at(Guiding).page.next}


@pytest.mark.parametrize("notices", [(), None])
def test_without_news_nothing_is_offered(notices: tuple[Notice, ...] | None) -> None:
    one = looking(Cases((OPEN,), notices=notices))
    assert NOTICES not in {option.key for option in one.at(Guiding).page.next}
    before = one.state
    one.send(OptionPicked(NOTICES))
    assert one.state == before


def test_the_idle_page_tells_no_news() -> None:
    """Nobody's news is anywhere once they have gone: the state that stays is the one of whoever comes next."""
    one = looking(Cases((LOW, OPEN), notices=NEWS)).touch(OptionPicked(NOTICES), Left())
    assert isinstance(one.at(Farewell), Farewell)
    one.send(CardRemoved())
    one.wake()
    assert isinstance(one.screen, Home)
    assert "MN3" not in repr(one.state)
    assert "还差" not in repr(one.state)
