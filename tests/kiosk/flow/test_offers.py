"""What an office has for one person to choose from, and what of the pack's lists a guide shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.personal import Typed
from kiosk.faults import FaultCode
from kiosk.flow.effects import ConfirmFiling
from kiosk.flow.events import Entered, OptionPicked, WentBack
from kiosk.flow.rules import Door
from kiosk.flow.served_states import Choosing, Guiding
from kiosk.flow.states import Failed
from tests.kiosk.flow.clerk import PREPARED, clerk


def test_what_somebody_else_began_is_chosen_from_and_nothing_else_will_do() -> None:
    one = clerk().to_filing("referral-out")
    page = one.at(Choosing).page
    assert [option.key for option in page.options] == ["referral-1", "referral-2"]
    assert page.options[0].note.zh == "模拟"
    one.touch(OptionPicked("referral-3"))
    assert isinstance(one.screen, Choosing)
    one.touch(OptionPicked("referral-2")).hand_in()
    asked = one.asked(ConfirmFiling).application
    assert dict(asked.answers)["referral"] == Typed("referral-2")


@pytest.mark.parametrize(
    ("item", "said"),
    [("referral-out", "请先找您的医生"), ("rx-forward", "请先请医生开"), ("proxy-filing", "没有人授权您代办")],
)
def test_where_nobody_began_anything_the_person_is_told_who_has_to(item: str, said: str) -> None:
    one = clerk().to_filing(item, told=replace(PREPARED, offers=()))
    failed = one.at(Failed)
    assert failed.fault is FaultCode.FILING_REFUSED
    assert said in failed.reason


def test_a_draft_keeps_nothing_that_is_no_longer_on_offer() -> None:
    draft = (("prescription", Typed("prescription-1")), ("pharmacy", Typed("pharmacy-9")))
    one = clerk().to_filing("rx-forward", told=replace(PREPARED, draft=draft))
    assert one.at(Choosing).page.title.zh == "送到哪家药店"


def test_whoever_does_not_know_the_item_finds_it_by_what_happened() -> None:
    one = clerk()
    one.touch(Entered(Door.SERVICES), OptionPicked("events"))
    assert [option.key for option in one.at(Choosing).page.options] == ["birth", "stay", "elsewhere", "chronic", "job"]
    one.touch(OptionPicked("birth"))
    page = one.at(Choosing).page
    assert page.title.zh == "生孩子"
    assert [option.key for option in page.options] == ["newborn-enrol", "family-bind", "maternity-benefit"]
    one.touch(WentBack())
    assert [option.key for option in one.at(Choosing).page.options][-3:] == ["advice", "events", "resume"]
    one.touch(OptionPicked("birth"))
    assert one.at(Choosing).page.title.zh == "要办哪件事？"
    one.touch(OptionPicked("events"), OptionPicked("chronic"), OptionPicked("chronic-application"))
    assert one.at(Guiding).page.title.zh == "门诊慢特病认定"


def test_an_event_lists_what_the_pack_has_and_is_left_out_where_it_has_nothing() -> None:
    one = clerk("421000")
    one.touch(Entered(Door.SERVICES), OptionPicked("events"), OptionPicked("chronic"))
    keys = [option.key for option in one.at(Choosing).page.options]
    assert keys == ["chronic-application", "two-diseases", "rx-forward", "dual-channel"]
    assert "job" not in {event.key for event in clerk("530000").state.rules.services.events}


def test_a_guide_shows_the_packs_lists_and_says_where_the_paper_gives_none() -> None:
    def told(area: str, item: str) -> dict[str, str]:
        return {point.label.zh: point.text.zh for point in clerk(area).to_guide(item).at(Guiding).page.points}

    assert told("000000", "dual-channel")["模拟第一大药房"] == "模拟路 1 号；有“双通道”药品"
    assert told("421000", "dual-channel")["药店名单"] == "文件没有给出名单，可以打 12393 问"
    assert told("421000", "chronic-application")["门诊慢特病"] == "44 种，名单以经办机构公布为准"
    assert (
        told("220000", "chronic-application")["门诊慢特病跨省门诊直接结算"]
        == "5 种，写明的有高血压、恶性肿瘤门诊放化疗"
    )
    assert told("000000", "chronic-application")["门诊慢特病"].startswith("5 种：高血压、糖尿病、")
    assert told("370400", "chronic-application")["互认的城市"] == "门诊慢性病在徐州市联网即时结算"
