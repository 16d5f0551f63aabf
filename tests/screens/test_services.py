"""The pages that every service uses: what is typed, found, photographed, checked, promised and told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QPoint, Qt

from kiosk.domain import pages
from kiosk.domain.pages import Entry, Field, Words
from kiosk.domain.personal import Signature, Typed
from kiosk.flow.events import (
    Continued,
    FieldFilled,
    Intent,
    Left,
    LineReopened,
    OptionPicked,
    OtherWayWanted,
    PaperWanted,
    PictureWanted,
    Signed,
    SlipWasPrinted,
    Stayed,
    WentBack,
)
from kiosk.ports.receipt_printer import SlipPrinted, SlipUnknown
from screens.router import SERVICE_PAGES, page_of
from screens.service.entering import Entering
from screens.service.finding import following, matching
from tests.kiosk.flow.clerk import clerk
from tests.screens.glass import Glass
from tests.support import services
from tests.support.states import NUMBER

SAMPLES = services.samples()
ANSWERS: list[tuple[str, str, Intent]] = [
    ("guide", "开始办理", Continued()),
    ("guide", "返回", WentBack()),
    ("guide--more", "异地安置退休人员", OptionPicked("retired")),
    ("guide--more", "看完了", Continued()),
    ("form", "返回", WentBack()),
    ("choice", "异地安置退休人员", OptionPicked("retired")),
    ("choice--list", "天津市", FieldFilled("to", Typed("tjs"))),
    ("choice--list", "返回", WentBack()),
    ("capture", "拍照", PictureWanted()),
    ("capture", "返回", WentBack()),
    ("capture--face", "不刷脸，用身份证", OtherWayWanted()),
    ("review", "修改 就医地", LineReopened("to")),
    ("review", "确认提交", Continued()),
    ("review", "返回", WentBack()),
    ("commitment", "不方便签名，直接确认", Signed()),
    ("commitment", "返回", WentBack()),
    ("commitment--keys", "我承诺", Signed()),
    ("result", "办完了", Continued()),
    ("result--done", "打印备案凭证", OptionPicked("print")),
]
DIGITS = Field("n", Words("号"), Entry.DIGITS, most=11)
IDENTITY = Field("n", Words("号"), Entry.IDENTITY, least=15)
AMOUNT = Field("n", Words("元"), Entry.AMOUNT, most=9)
KEYS = some.lists(some.sampled_from([*"0123456789X.", "erase"]), max_size=40)


def said(glass: Glass) -> list[Intent]:
    return [intent for intent in glass.intents() if intent != Stayed()]


def typed(field: Field, keys: list[str]) -> Entering:
    entering = Entering(field)
    for key in keys:
        entering = entering.erase() if key == "erase" else entering.press(key)
    return entering


def test_every_kind_of_page_is_shown_and_has_a_sample() -> None:
    assert set(SERVICE_PAGES) == set(get_args(pages.Page))
    shown = {page_of(sample.screen).file for sample in SAMPLES.values()}
    assert shown == {page.file for page in SERVICE_PAGES.values()}


@pytest.mark.parametrize(("sample", "button", "intent"), ANSWERS)
def test_a_tap_or_a_key_says_what_the_button_says(glass: Glass, sample: str, button: str, intent: Intent) -> None:
    glass.show(SAMPLES[sample])
    glass.tap(button)
    assert said(glass) == [intent]
    glass.button(button).item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    glass.key(Qt.Key.Key_Return)
    assert said(glass) == [intent]


def test_a_number_is_typed_on_the_pad_and_handed_on_when_it_is_long_enough(glass: Glass) -> None:
    glass.show(SAMPLES["form--empty"])
    assert not glass.button("下一步").item.isEnabled()
    for key in "11111119810101111X":
        glass.tap(key)
    assert "111111 19810101 111X" in glass.written()
    glass.tap("删一个")
    glass.tap("0")
    glass.tap("下一步")
    assert said(glass) == [FieldFilled("certno", Typed("111111198101011110"))]


def test_a_real_keypad_types_what_the_pad_does(glass: Glass) -> None:
    glass.show(SAMPLES["form--phone"])
    glass.key(Qt.Key.Key_Tab)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_7, Qt.Key.Key_Backspace):
        glass.key(key)
    assert "13" in [text.words for text in glass.texts()]


def test_what_was_wrong_is_said_until_something_else_is_typed(glass: Glass) -> None:
    glass.show(SAMPLES["form--wrong"])
    assert "这个号码不对" in glass.written()
    glass.tap("删一个")
    assert "这个号码不对" not in glass.written()


def test_what_was_typed_stays_while_the_same_field_is_shown_and_goes_with_it(glass: Glass) -> None:
    glass.show(SAMPLES["form--phone"])
    glass.tap("7")
    glass.show(replace(SAMPLES["form--phone"], covered=False), "en")
    assert "7" in [text.words for text in glass.texts() if text.item.parentItem().inherits("QQuickRow")]
    glass.show(SAMPLES["form--empty"])
    entry = [text.words for text in glass.texts() if text.words.startswith("7")]
    assert entry == ["7"], "the key alone"


def test_a_cover_hides_what_is_typed_where_the_field_is_private(glass: Glass) -> None:
    glass.show(replace(SAMPLES["form"], covered=True))
    assert "111111" not in glass.written()
    glass.show(replace(SAMPLES["review"], covered=True))
    assert "13800000000" not in glass.written()
    assert "西双版纳" in glass.written()


@given(some.sampled_from([DIGITS, IDENTITY, AMOUNT]), KEYS)
def test_no_keys_make_a_text_that_cannot_be_right(field: Field, keys: list[str]) -> None:
    entering = typed(field, keys)
    text = entering.text
    assert len(text) <= field.most
    assert "X" not in text[:17]
    assert text.count(".") <= 1
    assert len(text.partition(".")[2]) <= 2
    assert entering.grouped().replace(" ", "") == text
    assert not entering.complete or field.least <= len(text)


def test_the_extra_key_is_the_one_the_field_wants() -> None:
    assert [Entering(field).extra for field in (DIGITS, IDENTITY, AMOUNT)] == ["", "X", "."]
    assert typed(AMOUNT, list("012.345")).text == "0.34"
    assert typed(AMOUNT, list("12.345")).text == "12.34"
    assert not typed(AMOUNT, list("12.")).complete
    assert typed(IDENTITY, list("11111119810101111X")).complete
    assert typed(Field("d", Words("日期"), Entry.DATE), list("20261123999")).grouped() == "2026 11 23"
    assert typed(DIGITS, list("13800000000")).grouped() == "138 0000 0000"


def test_a_place_is_found_by_the_first_letters_of_its_pinyin(glass: Glass) -> None:
    glass.show(SAMPLES["choice--list"])
    assert "还有 5 个没有列出" in glass.written()
    glass.tap("X")
    assert "西双版纳" in glass.written()
    assert "北京" not in glass.written()
    glass.tap("删一个")
    glass.tap("B")
    assert not [button for button in glass.buttons() if button.name == "J"], (
        "few are left: the pad gives its room to them"
    )
    glass.tap("毕节市")
    assert said(glass) == [FieldFilled("to", Typed("bjs"))]


@given(some.text(alphabet="abhjmstxz", max_size=3))
def test_every_letter_that_is_offered_finds_something_and_no_other_does(letters: str) -> None:
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        found = matching(services.CITIES, letters + letter)
        assert bool(found) == (letter in following(services.CITIES, letters))


def test_those_that_begin_with_the_letters_come_first() -> None:
    names = [option.initials for option in matching(services.CITIES, "B")]
    assert names == ["bjs", "betlmgzzz", "bds", "bss", "bjs", "xsbndzzzz"]


def test_a_picture_is_taken_only_of_what_would_do(glass: Glass) -> None:
    glass.show(SAMPLES["capture--face"])
    assert not glass.button("拍照").item.isEnabled()
    assert "请靠近一点" in glass.written()
    glass.show(SAMPLES["capture"])
    assert "第 2 张，共 2 张" in glass.written()


def strokes(glass: Glass, *ways: tuple[QPoint, QPoint]) -> None:
    for begin, end in ways:
        glass.press(begin)
        glass.drag(QPoint((begin.x() + end.x()) // 2, (begin.y() + end.y()) // 2))
        glass.drag(end)
        glass.release(end)


def pad(glass: Glass) -> Callable[[int, int], QPoint]:
    """A place on the signature pad by thousandths."""
    (item,) = [item for item in glass.items() if item.inherits("SignaturePad")]
    origin = item.mapToScene(QPoint(0, 0).toPointF())
    return lambda x, y: QPoint(
        round(origin.x() + x * item.width() / 1000), round(origin.y() + y * item.height() / 1000)
    )


def test_a_promise_is_signed_with_a_finger(glass: Glass) -> None:
    glass.show(SAMPLES["commitment"])
    before = glass.picture()
    assert not glass.button("签好了").item.isEnabled()
    at = pad(glass)
    strokes(glass, (at(100, 200), at(500, 600)), (at(500, 200), at(1015, 600)))
    assert glass.picture() != before, "the strokes are drawn"
    glass.tap("签好了")
    (signed,) = said(glass)
    assert isinstance(signed, Signed)
    assert isinstance(signed.signature, Signature)
    drawn = signed.signature.reveal()
    assert len(drawn) == 2
    assert all(abs(one - other) <= 5 for one, other in zip(drawn[0][0], (100, 200), strict=True))
    assert max(x for stroke in drawn for x, _ in stroke) == 1000, "the edge stops the pen"


def test_a_signature_is_wiped_and_drawn_again(glass: Glass) -> None:
    glass.show(SAMPLES["commitment"])
    before, at = glass.picture(), pad(glass)
    strokes(glass, (at(100, 200), at(500, 600)))
    glass.tap("重签")
    assert glass.picture() == before
    assert not glass.button("签好了").item.isEnabled()


def test_leaving_a_service_is_asked_once_more_and_the_harmless_answer_has_the_keys(glass: Glass) -> None:
    glass.show(SAMPLES["form"])
    glass.tap("不办了")
    assert "真的不办了吗" in glass.written()
    assert glass.button("接着办").item.hasActiveFocus()
    glass.key(Qt.Key.Key_Return)
    assert "真的不办了吗" not in glass.written()
    assert said(glass) == []
    glass.tap("不办了")
    leave = [button for button in glass.buttons() if button.name == "不办了" and button.place.width() > 500]
    glass.press(leave[0].centre())
    glass.release(leave[0].centre())
    assert said(glass) == [Left()]


def test_an_ending_shows_number_and_code_and_goes_on(glass: Glass) -> None:
    glass.show(SAMPLES["result--unknown"])
    assert NUMBER in glass.written()
    assert "代码 F04" in glass.written()
    glass.show(SAMPLES["result"])
    assert "代码" not in glass.written()


def test_a_service_speaks_the_language_of_the_person(glass: Glass) -> None:
    glass.show(SAMPLES["review"], "en")
    assert "Place of care" in glass.written()
    assert "Check it, then send it" in glass.written()


def test_a_guide_is_printed_once_and_the_page_says_what_the_printer_did(glass: Glass) -> None:
    one = clerk().to_guide("away-filing")
    glass.show(one.state)
    glass.tap("打印带走")
    assert glass.intents() == [PaperWanted()]
    glass.show(one.touch(PaperWanted()).state)
    assert "正在打印" in glass.written()
    glass.show(one.send(SlipWasPrinted(one.ticket("slip"), SlipUnknown())).state)
    assert "没有打印出来，再试一次" in glass.written()
    one.touch(PaperWanted()).send(SlipWasPrinted(one.ticket("slip"), SlipPrinted()))
    glass.show(one.state)
    assert "请取走凭条" in glass.written()
