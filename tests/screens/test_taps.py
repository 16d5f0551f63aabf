"""What a finger or a key says to the flow, on each page that can be answered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from kiosk.flow.account_events import AccountChosen, FamilyChosen
from kiosk.flow.day_events import DaysWanted, DayTurned
from kiosk.flow.events import (
    AllBillsChosen,
    AnotherWayChosen,
    BillChosen,
    Continued,
    CoverChosen,
    Entered,
    InsuranceChosen,
    Intent,
    KeyOffered,
    LanguageChosen,
    Left,
    LookChosen,
    MethodChosen,
    OptionPicked,
    OtherMethodWanted,
    PaperWanted,
    Retried,
    Stayed,
    WentBack,
    WhoseChosen,
    WindowChosen,
)
from kiosk.flow.phone_events import PhoneWanted
from kiosk.flow.rules import Door, Look, Whose
from tests.screens.glass import Glass
from tests.support import states

SAMPLES = states.samples()

ANSWERS: list[tuple[str, str, Intent]] = [
    ("home", "门诊缴费", Entered(Door.OUTPATIENT)),
    ("home", "English", LanguageChosen("en")),
    ("explaining", "大字", LookChosen(Look.ELDER)),
    ("explaining", "高对比", LookChosen(Look.CONTRAST_DARK)),
    ("explaining", "遮挡", CoverChosen(covered=True)),
    ("asking-whose", "本人", WhoseChosen(Whose.SELF)),
    ("asking-whose", "家属代办", WhoseChosen(Whose.RELATIVE)),
    ("asking-whose", "返回首页", Left()),
    ("awaiting-card", "返回首页", Left()),
    ("choosing-bill", "呼吸内科门诊", BillChosen("B20261123000123")),
    ("choosing-bill--many", "内分泌", BillChosen("B20261123000124")),
    ("choosing-bill--many", "3 笔一起缴", AllBillsChosen()),
    ("choosing-bill", "不缴了", Left()),
    ("choosing-bill--days", "每日清单", DaysWanted("Z1")),
    ("listed-days", "上一天", DayTurned(later=False)),
    ("quoted-days", "下一天", DayTurned(later=True)),
    ("quoted-days", "看好了", WentBack()),
    ("listed-days", "打印清单", PaperWanted()),
    ("listed-days--printed", "再打一份", PaperWanted()),
    ("explaining--days", "每日清单", DaysWanted("Z1")),
    ("choosing-bill", "账单不全", KeyOffered()),
    ("scanning-key", "返回", WentBack()),
    ("choosing-insurance", "城乡居民医保", InsuranceChosen("390")),
    ("choosing-insurance", "返回", WentBack()),
    ("explaining", "下一步", Continued()),
    ("explaining", "这次不用个人账户的钱", AccountChosen(use=False)),
    ("explaining--account", "改用个人账户的钱付", AccountChosen(use=True)),
    ("explaining--family", "这次不用家人的账户", FamilyChosen(use=False)),
    ("explaining--family-unused", "改用家人的账户付", FamilyChosen(use=True)),
    ("explaining", "不缴了", Left()),
    ("confirming", "确认支付", Continued()),
    ("confirming", "不支付", Left()),
    ("confirming", "没有手机，到窗口付", WindowChosen()),
    ("confirming--nothing", "确认结算", Continued()),
    ("awaiting-code", "不支付", Left()),
    ("awaiting-code", "没有手机，到窗口付", WindowChosen()),
    ("awaiting-code--others", "换一种方式付款", OtherMethodWanted()),
    ("choosing-method", "用手机扫屏幕上的码", MethodChosen("show")),
    ("choosing-method", "到窗口付，现金也可以", WindowChosen()),
    ("choosing-method", "不支付", Left()),
    ("showing-code", "换一种方式付款", OtherMethodWanted()),
    ("showing-code", "没有手机，到窗口付", WindowChosen()),
    ("showing-code", "不支付", Left()),
    ("at-terminal", "换一种方式付款", OtherMethodWanted()),
    ("at-terminal", "到窗口付，现金也可以", WindowChosen()),
    ("at-terminal", "不支付", Left()),
    ("at-window", "知道了", Continued()),
    ("still-asking", "拿凭条离开", Left()),
    ("next-steps", "办完了", Continued()),
    ("next-steps--missing", "缴下一笔", Continued()),
    ("next-steps--missing", "以后再缴", Left()),
    ("failed", "结束", Left()),
    ("failed--retry", "再试一次", Retried()),
    ("failed--retry", "结束", Left()),
    ("face-agent", "换一种方式", AnotherWayChosen()),
    ("face-consent", "换一种方式", AnotherWayChosen()),
    ("face-checking", "换一种方式", AnotherWayChosen()),
    ("face-again", "换一种方式", AnotherWayChosen()),
    ("face-again", "再试一次", Retried()),
    ("face-done", "接着登记", Continued()),
    ("face-elsewhere", "知道了", Continued()),
    ("deposit-offered", "交预交金", Continued()),
    ("deposit-offered", "先不交", Left()),
    ("admission-offered", "登记住院", Continued()),
    ("admission-offered", "先不登记", Left()),
    ("admission-offered--not-yet", "办好了，再查一次", Continued()),
    ("admitted", "看一下预交金", Continued()),
    ("admitted", "先不交", Left()),
    ("admitted--free", "办完了", Continued()),
    ("agent-card", "到窗口办", AnotherWayChosen()),
    ("agent-relation", "子女", OptionPicked("child")),
    ("insurer-consent", "不同意", WentBack()),
    ("insurer-refused", "现在补缴", Continued()),
    ("insurer-refused", "先拿理赔凭条", Left()),
    ("deposit-offered--owed", "补缴", Continued()),
    ("choosing-paid--refund", "不打了", Left()),
    ("taking-back", "确认退费", Continued()),
    ("taking-back", "不退了", Left()),
    ("reprinting", "再打一笔", Continued()),
    ("reprinting", "办完了", Left()),
    ("reprinting--first", "缴下一笔", Continued()),
    ("refunding", "知道了", Continued()),
    ("choosing-method--phone", "到我的手机上付", PhoneWanted()),
    ("at-phone", "知道了", Continued()),
    ("asking-back", "还是手机付", WentBack()),
    ("asking-back", "在这里付", Continued()),
    ("asking-back--paid", "打印凭条", Continued()),
    ("asking-back--paid", "办完了", Left()),
    ("still-there", "我还在", Stayed()),
    ("still-there", "结束办理", Left()),
]

SILENT = {
    "out-of-service", "reading-card", "reading-id-card", "finding-person", "finding-bills", "quoting", "collecting",
    "asking-insurer", "finding-paid", "collecting--stopped", "entering-pin", "entering-pin--again",
    "handing-to-phone", "settling", "settling--back", "settling--deposit", "finding-admission", "admitting",
    "cancelling", "cancelling--fault", "farewell", "farewell--card", "farewell--reminded",
}  # fmt: skip


@pytest.mark.parametrize(("sample", "button", "intent"), ANSWERS)
def test_a_tap_sends_what_the_button_says(glass: Glass, sample: str, button: str, intent: Intent) -> None:
    glass.show(SAMPLES[sample])
    glass.tap(button)
    assert [said for said in glass.intents() if said != Stayed() or intent == Stayed()] == [intent]


@pytest.mark.parametrize(("sample", "button", "intent"), ANSWERS)
def test_every_button_is_reached_and_pressed_by_keys(glass: Glass, sample: str, button: str, intent: Intent) -> None:
    glass.show(SAMPLES[sample])
    wanted = glass.button(button).item
    for _ in range(20):
        glass.key(Qt.Key.Key_Tab)
        if wanted.hasActiveFocus():
            break
    assert wanted.hasActiveFocus()
    assert wanted.property("visualFocus"), "one sees where the keys are"
    glass.key(Qt.Key.Key_Return)
    assert glass.intents() == [intent]


def test_pages_that_wait_for_somebody_else_have_nothing_to_press(glass: Glass) -> None:
    for name in SILENT:
        glass.show(SAMPLES[name])
        assert [button.name for button in glass.buttons()] == [], name


def test_every_other_page_has_an_answer_among_those_above() -> None:
    answered = {sample.split("--")[0] for sample, _, _ in ANSWERS}
    assert {name.split("--")[0] for name in SAMPLES if name not in SILENT} == answered


def test_a_press_that_ends_outside_says_nothing(glass: Glass) -> None:
    glass.show(SAMPLES["confirming"])
    button = glass.button("确认支付")
    outside = QPoint(button.centre().x(), int(button.place.top()) - 60)
    glass.press(button.centre())
    glass.drag(outside)
    glass.release(outside)
    assert glass.intents() == []


def test_a_press_that_begins_outside_says_nothing(glass: Glass) -> None:
    glass.show(SAMPLES["confirming"])
    button = glass.button("确认支付")
    outside = QPoint(button.centre().x(), int(button.place.top()) - 60)
    glass.press(outside)
    glass.drag(button.centre())
    glass.release(button.centre())
    assert glass.intents() == []


@pytest.mark.parametrize(
    ("sample", "button"),
    [("home", "门诊缴费"), ("confirming", "确认支付"), ("confirming", "不支付"), ("choosing-bill", "呼吸内科门诊")],
)
def test_a_pressed_button_looks_pressed_in_the_next_frame(glass: Glass, sample: str, button: str) -> None:
    glass.show(SAMPLES[sample])
    before, target = glass.picture(), glass.button(button)
    glass.press(target.centre())
    pressed = glass.window.grabWindow()
    corner = QPoint(int(target.place.left()) + 40, int(target.place.bottom()) - 12)
    glass.release(QPoint(1, 1))
    assert pressed.pixelColor(corner) != before.pixelColor(corner)


def test_the_affirmative_button_is_always_in_the_same_place(glass: Glass) -> None:
    places = set()
    for sample, button in (
        ("explaining", "下一步"),
        ("confirming", "确认支付"),
        ("next-steps", "办完了"),
        ("still-there", "我还在"),
    ):
        glass.show(SAMPLES[sample])
        places.add(glass.button(button).place.getRect())
    assert len(places) == 1


def test_what_is_folded_opens_and_closes(glass: Glass) -> None:
    glass.show(SAMPLES["explaining"])
    assert "阿莫西林胶囊" not in glass.written()
    glass.tap("费用明细")
    assert "阿莫西林胶囊 0.25g×24粒" in glass.written()
    assert "8.52 元 × 2 盒" in glass.written()
    glass.tap("费用明细")
    assert "阿莫西林胶囊" not in glass.written()


def test_keys_bring_what_they_would_press_into_sight(glass: Glass) -> None:
    glass.show(SAMPLES["choosing-bill--many"])
    bone, foot = glass.button("骨科"), glass.button("看下面").place.top()
    assert bone.place.bottom() > foot
    for _ in range(3):
        glass.key(Qt.Key.Key_Tab)
    assert bone.item.hasActiveFocus()
    assert glass.button("骨科").place.bottom() < foot


def test_what_is_unfolded_comes_to_the_top(glass: Glass) -> None:
    glass.show(SAMPLES["explaining--many-funds"])
    glass.tap("看下面")
    glass.tap("费用明细")
    assert glass.button("费用明细").place.top() < 600
    assert "盐酸二甲双胍缓释片" in glass.written()


def test_a_payer_says_why_it_pays_and_which_paper_says_so(glass: Glass) -> None:
    glass.show(SAMPLES["explaining"])
    assert "社会保险法" not in glass.written()
    glass.tap("医保统筹基金付")
    assert "医保统筹基金按参保地的比例付" in glass.written()
    assert "《社会保险法》第二十八条" in glass.written()
    glass.tap("医保统筹基金付")
    assert "社会保险法" not in glass.written()


def test_why_a_part_is_ones_own_is_said(glass: Glass) -> None:
    glass.show(SAMPLES["explaining"])
    glass.tap("为什么")
    assert "没到起付线的部分" in glass.written()
    assert "20.00 元" in glass.written()


def test_a_long_page_is_moved_by_its_buttons(glass: Glass) -> None:
    glass.show(SAMPLES["choosing-bill--many"])
    below, above = glass.button("看下面"), glass.button("看上面")
    assert not above.item.isEnabled()
    for _ in range(4):
        if below.item.isEnabled():
            glass.tap("看下面")
    assert above.item.isEnabled()
    assert not below.item.isEnabled()
    bone = glass.button("骨科")
    assert bone.place.bottom() < below.place.top()
