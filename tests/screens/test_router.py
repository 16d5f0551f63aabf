"""Which page is shown when, what stays while a state changes, and what is forgotten when it is left."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QObject

from kiosk.domain.personal import PersonName
from kiosk.faults import FaultCode
from kiosk.flow import states as at
from kiosk.flow.events import Left, Stayed
from kiosk.flow.rules import Door, Look
from kiosk.flow.served_states import Served
from kiosk.flow.stay_states import AgentRelation
from screens.router import AIDS, CARE_HOME, PAGES, SERVICE_PAGES
from tests.screens.conftest import MakeGlass
from tests.screens.glass import Glass, attached
from tests.support import states
from tests.support.states import T, kiosk

SAMPLES = states.samples()


def model_of(glass: Glass) -> QObject:
    model = glass.panel.router.property("model")
    assert isinstance(model, QObject)
    return model


def scrolled(glass: Glass) -> float:
    """How far the page is scrolled down, in pixels."""
    found = [item for item in glass.items(hidden=True) if item.inherits("QQuickFlickable")]
    assert len(found) == 1
    return float(found[0].property("contentY"))


def test_every_state_of_the_screen_has_a_page() -> None:
    carrying = {*get_args(Served), AgentRelation}
    assert set(PAGES) == set(get_args(at.Screen)) - carrying
    assert all("page" in kind.__dataclass_fields__ for kind in carrying)


def test_every_page_is_a_file() -> None:
    assert [page.file for page in PAGES.values() if not Path(page.url.toLocalFile()).is_file()] == []


def test_every_state_has_a_sample() -> None:
    assert {type(sample.screen) for sample in SAMPLES.values()} == {*PAGES, AgentRelation}


def test_a_new_state_of_the_same_type_reaches_the_same_model(glass: Glass) -> None:
    glass.show(SAMPLES["awaiting-card"])
    model, pages = model_of(glass), list[int]()
    glass.panel.router.pageChanged.connect(lambda: pages.append(1))
    glass.show(SAMPLES["awaiting-card--again"])
    assert model_of(glass) is model
    assert pages == []
    assert "这张卡读不出来" in glass.written()


def test_a_list_keeps_its_place_while_its_state_changes(glass: Glass) -> None:
    screen = states.explaining(states.HUGE)
    glass.show(kiosk(screen))
    glass.tap("看下面")
    moved = scrolled(glass)
    glass.show(kiosk(replace(screen, ticket=T.next())))
    assert moved > 0
    assert scrolled(glass) == moved


def test_the_question_whether_somebody_is_there_covers_the_page_and_gives_it_back_as_it_was(glass: Glass) -> None:
    screen = states.explaining(states.HUGE)
    glass.show(kiosk(screen))
    glass.tap("看下面")
    model, moved = model_of(glass), scrolled(glass)
    glass.show(kiosk(at.StillThere(T, screen)))
    assert "您还在吗" in glass.written()
    assert "您自己付" not in glass.written(), "what is private is not shown to whoever walks by"
    glass.show(kiosk(replace(screen, ticket=T.next())))
    assert "您自己付" in glass.written()
    assert model_of(glass) is model
    assert scrolled(glass) == moved


def test_a_page_that_waits_goes_on_under_other_words(glass: Glass) -> None:
    glass.show(SAMPLES["reading-card"])
    model = model_of(glass)
    glass.show(SAMPLES["finding-person"])
    assert model_of(glass) is model
    assert "正在核对参保信息" in glass.written()


def test_nothing_of_a_patient_is_left_after_the_farewell(glass: Glass) -> None:
    name = "司徒不留名"
    patient = states.person(name)
    gone: list[str] = []
    for screen in (at.ChoosingBill(T, patient, (states.CHRONIC,)), states.explaining(of=states.bill(who=patient))):
        glass.show(kiosk(screen))
        assert PersonName(name).masked()[0] in glass.written()
        model_of(glass).destroyed.connect(lambda: gone.append("model"))
    glass.show(kiosk(at.StillThere(T, states.explaining(of=states.bill(who=patient)))))
    glass.show(SAMPLES["farewell"])
    held = "".join(str(item.property("text")) for item in glass.items(hidden=True))
    assert "司" not in held
    assert "内分泌" not in held
    assert gone == ["model", "model"]


def test_no_name_is_in_the_title_of_the_window(glass: Glass) -> None:
    for sample in SAMPLES.values():
        glass.show(sample)
        assert glass.window.title() == "医保自助终端"


def test_the_language_changes_on_the_page_that_is_shown(glass: Glass) -> None:
    glass.show(SAMPLES["home--down"])
    model = model_of(glass)
    assert "请插入社会保障卡" in glass.written()
    glass.show(SAMPLES["home--down"], "en")
    assert "Insert your card" in glass.written()
    assert "Nothing can be printed here now" in glass.written()
    assert "请插入" not in glass.written()
    assert "医保服务热线" not in glass.written()
    assert model_of(glass) is model


def test_a_shut_door_says_why_and_where_to_go_and_cannot_be_pressed(glass: Glass) -> None:
    glass.show(SAMPLES["home--shut"])
    assert "暂时连不上付款服务，现在办不了。请到收费窗口办理。" in glass.written()
    assert "请插入社会保障卡" not in glass.written(), "a card alone would go through the door that is shut"
    assert [button.name for button in glass.buttons()] == ["住院登记\n刷社保卡或身份证，核对本人"]
    glass.show(replace(SAMPLES["home--shut"], look=Look.ELDER))
    assert "门诊缴费：暂时连不上付款服务，现在办不了。请到收费窗口办理。" in glass.written()
    assert next(iter(glass.buttons())).name == "住院登记"


def test_the_other_language_is_offered_on_every_page_under_its_own_name(glass: Glass) -> None:
    for sample in SAMPLES.values():
        glass.show(sample, "zh")
        assert "English" in [tool.name for tool in glass.tools()]
        glass.show(sample, "en")
        assert "中文" in [tool.name for tool in glass.tools()]


def test_a_kiosk_of_one_language_offers_no_other(glass: Glass) -> None:
    glass.show(replace(SAMPLES["home"], rules=replace(states.RULES, languages=("zh",))))
    assert [tool.name for tool in glass.tools()] == ["大字", "高对比", "遮挡", "请人帮忙"]


PERSONAL = (
    "张三", "13.45", "48.15", "37.80", "99.40", "26.90", "壹拾叁", "阿莫西林", "呼吸内科", "1,286.46", "欧阳文华",
    "糖尿病", "1,378.15",
)  # fmt: skip


TELLING = (
    "choosing-bill", "choosing-bill--many", "choosing-insurance", "explaining", "explaining--several", "confirming",
    "awaiting-code", "collecting", "settling", "still-asking", "next-steps",
)  # fmt: skip


@pytest.mark.parametrize("sample", TELLING)
def test_a_covered_page_writes_and_says_nothing_personal(glass: Glass, sample: str) -> None:
    def told() -> str:
        return glass.written() + "".join(str(attached(item, "name")) for item in glass.items())

    glass.show(SAMPLES[sample])
    assert [each for each in PERSONAL if each in told()] != []
    glass.show(replace(SAMPLES[sample], covered=True))
    assert [each for each in PERSONAL if each in told()] == []
    assert "••••" in glass.written()


def test_whatever_is_simulated_says_so(glass: Glass) -> None:
    def says_so() -> bool:
        """Beside the names of invented parties, which say it too."""
        return "模拟" in re.sub("模拟(医院|财产保险|惠民保)", "", glass.written())

    for name, sample in SAMPLES.items():
        glass.show(replace(sample, fixtures=replace(sample.fixtures, simulated=True)))
        assert says_so(), name
        glass.show(replace(sample, fixtures=replace(sample.fixtures, simulated=False)))
        assert not says_so(), name


def test_the_step_bar_follows_the_visit(glass: Glass) -> None:
    steps = {name: PAGES[kind].step for name, sample in SAMPLES.items() if (kind := type(sample.screen)) in PAGES}
    visit = [
        "awaiting-card",
        "reading-card",
        "choosing-bill",
        "explaining",
        "confirming",
        "awaiting-code",
        "next-steps",
    ]
    assert [steps[name] for name in visit] == [1, 1, 2, 2, 3, 3, 4]
    glass.show(SAMPLES["explaining"])
    assert "取凭条" in glass.written()
    glass.show(SAMPLES["failed"])
    assert "取凭条" not in glass.written()


def test_the_step_bar_is_one_sentence_for_a_screen_reader(glass: Glass) -> None:
    glass.show(SAMPLES["explaining"])
    assert "第 2 步，共 4 步：核对" in [str(attached(item, "name")) for item in glass.items()]


def test_while_a_refund_is_made_no_step_says_that_it_is_paid(glass: Glass) -> None:
    for name in ("taking-back", "settling--back", "next-steps--back"):
        glass.show(SAMPLES[name])
        assert "退款" in glass.written().splitlines(), name
        assert "支付" not in glass.written().splitlines(), name
    glass.show(SAMPLES["settling--back"])
    assert "第 3 步，共 4 步：退款" in [str(attached(item, "name")) for item in glass.items()]


def test_a_touch_says_that_somebody_reads_but_not_at_every_finger(glass: Glass) -> None:
    glass.show(SAMPLES["explaining"])
    for _ in range(3):
        middle = glass.texts()[0].centre()
        glass.press(middle)
        glass.release(middle)
    assert glass.intents() == [Stayed()]


def test_a_touch_elsewhere_says_nothing(glass: Glass) -> None:
    for name in ("home", "awaiting-code", "still-there", "settling", "failed"):
        glass.show(SAMPLES[name])
        middle = glass.texts()[0].centre()
        glass.press(middle)
        glass.release(middle)
        assert glass.intents() == [], name


def test_a_second_tap_of_a_trembling_finger_does_not_reach_the_next_page(make_glass: MakeGlass) -> None:
    glass = make_glass(shield_ms=60_000)
    glass.show(SAMPLES["confirming"])
    glass.tap("确认支付")
    assert glass.intents() == []


def test_a_card_that_failed_keeps_its_way_out(glass: Glass) -> None:
    glass.show(kiosk(at.AwaitingCard(T, Door.OUTPATIENT, FaultCode.CARD_FOREIGN)))
    glass.tap("返回首页")
    assert Left() in glass.intents()


def test_pages_are_compiled_before_anybody_needs_them(glass: Glass) -> None:
    panel = glass.panel
    panel.prepare_pages()
    while panel._unprepared:
        panel._prepare_next()
    every = (*PAGES.values(), *SERVICE_PAGES.values(), *AIDS.values(), CARE_HOME)
    assert len(panel._pages) == len({page.file for page in every})
    assert [page.errorString() for page in panel._pages if not page.isReady()] == []


def test_a_panel_closes_while_its_pages_are_being_compiled(make_glass: MakeGlass) -> None:
    glass = make_glass()
    glass.panel.prepare_pages()
    glass.panel._prepare_next()
    glass.show(SAMPLES["explaining"])
    assert "您自己付" in glass.written()
