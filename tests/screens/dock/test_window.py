from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from screens.dock.window import Window
from tests.screens.dock.simulator import FakeSimulator
from tests.screens.glass import attached, walk


class Dock:
    """The window under a mouse."""

    def __init__(self, window: Window, bot: QtBot) -> None:
        self.window, self.bot = window, bot

    def items(self) -> Iterator[QQuickItem]:
        yield from walk(self.window.window.contentItem())

    def written(self) -> str:
        return "\n".join(str(item.property("text")) for item in self.items() if item.inherits("QQuickText"))

    def button(self, name: str) -> QQuickItem:
        found = [
            item for item in self.items() if item.inherits("QQuickAbstractButton") and item.property("text") == name
        ]
        assert len(found) == 1, name
        return found[0]

    def enabled(self, name: str) -> bool:
        return bool(self.button(name).isEnabled())

    def click(self, name: str) -> None:
        button = self.button(name)
        assert button.isEnabled(), name
        centre = button.mapToScene(button.boundingRect().center()).toPoint()
        QTest.mouseClick(self.window.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre)

    def until_written(self, words: str) -> None:
        self.bot.waitUntil(lambda: words in self.written())


@pytest.fixture
def simulator(qapp: QGuiApplication, tmp_path: Path) -> Iterator[FakeSimulator]:
    made = FakeSimulator(tmp_path / "control.sock")
    yield made
    made.stop()


@pytest.fixture
def lonely(typeface: QGuiApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Dock]:
    """A dock without a simulator."""
    window = Window(tmp_path / "control.sock")
    window.open()
    yield Dock(window, qtbot)
    window.close()


@pytest.fixture
def dock(simulator: FakeSimulator, lonely: Dock) -> Dock:
    lonely.bot.waitUntil(lambda: "张三" in lonely.written())
    lonely.bot.waitUntil(lambda: lonely.enabled("插卡"))
    return lonely


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    path = tmp_path / "001.png"
    Image.new("L", (384, 900), 200).save(path)
    return path


def test_it_says_that_all_is_simulated(dock: Dock) -> None:
    assert "模拟操作台" in dock.written()
    assert "人员是虚构的" in dock.written()
    assert "模拟" in dock.window.window.title()


def test_card_of_the_chosen_person_and_generation_goes_in_and_out(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("何健康")
    dock.click("三代卡")
    dock.click("插卡")
    dock.until_written("卡在读卡器里")
    assert simulator.card == {"person": "hejiankang", "generation": "gen3"}
    dock.bot.waitUntil(lambda: not dock.enabled("插卡"))
    dock.click("拔卡")
    dock.until_written("读卡器空着")
    assert simulator.card is None


def test_sample_person_is_chosen_at_first_with_the_card_they_have(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("插卡")
    dock.until_written("卡在读卡器里")
    assert simulator.card == {"person": "zhangsan", "generation": None}


def test_hasty_hand_pulls_the_card_out_while_it_is_read(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("插了就拔")
    dock.bot.waitUntil(lambda: simulator.card is not None)
    assert simulator.card is not None
    assert simulator.card["yank_at"] > 1


def test_password_is_entered_on_the_readers_keys_when_it_asks(dock: Dock, simulator: FakeSimulator) -> None:
    assert not dock.enabled("输卡密码")
    simulator.asks_password = True
    dock.bot.waitUntil(lambda: dock.enabled("输卡密码"))
    dock.click("输卡密码")
    dock.bot.waitUntil(lambda: not dock.enabled("输卡密码"))
    assert simulator.keys == ["123456"]


def test_id_cards_are_laid_on_the_plate_and_taken_away(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("何健康")
    dock.click("放身份证")
    dock.until_written("证件在感应区")
    dock.click("放外国人证")
    dock.until_written("几张证件叠在一起")
    assert simulator.id_cards == [
        {"person": "hejiankang"},
        {"person": "hejiankang", "layout": "foreigner_2023"},
    ]
    dock.click("拿走证件")
    dock.until_written("感应区空着")
    assert not dock.enabled("拿走证件")


def test_hasty_hand_lifts_the_id_card_while_it_is_read(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("放了就拿")
    dock.until_written("证件在感应区")
    assert simulator.id_cards == [{"person": "zhangsan", "lift_at": "read"}]


@pytest.mark.parametrize(
    ("name", "begins"),
    [("微信付款码", "1345"), ("支付宝付款码", "2845"), ("余额不足", "130001"), ("过期的付款码", "130002")],
)
def test_payment_code_is_held_before_the_scanner(dock: Dock, simulator: FakeSimulator, name: str, begins: str) -> None:
    dock.click(name)
    dock.until_written("举着手机")
    (code,) = simulator.codes
    assert code.startswith(begins)
    assert len(code) == 18
    assert code.isdecimal()


def test_codes_change_and_only_the_last_is_held(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("微信付款码")
    dock.bot.waitUntil(lambda: bool(simulator.codes))
    first = simulator.codes[0]
    dock.click("微信付款码")
    dock.bot.waitUntil(lambda: simulator.codes not in ([], [first]))
    assert len(simulator.codes) == 1


def test_other_code_is_no_payment_code_and_the_telephone_can_be_put_away(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("不是付款码")
    dock.until_written("举着手机")
    assert not simulator.codes[0].isdecimal()
    dock.bot.waitUntil(lambda: dock.enabled("收起手机"))
    dock.click("收起手机")
    dock.until_written("扫码口没亮")
    assert simulator.codes == []


def test_code_that_was_read_is_no_longer_held(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("微信付款码")
    dock.until_written("举着手机")
    simulator.light = True
    simulator.read_code()
    dock.until_written("扫码口亮着")
    assert not dock.enabled("收起手机")


def test_paper_and_lid(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("没有纸")
    dock.bot.waitUntil(lambda: simulator.paper == "out")
    dock.click("纸快用完")
    dock.bot.waitUntil(lambda: simulator.paper == "near")
    dock.click("装满纸")
    dock.bot.waitUntil(lambda: simulator.paper == "ok")
    dock.click("打开盖子")
    dock.until_written("盖子开着")
    assert simulator.cover_open
    dock.click("合上盖子")
    dock.bot.waitUntil(lambda: not simulator.cover_open)


def test_chosen_person_stands_before_the_camera_moves_as_asked_and_leaves(dock: Dock, simulator: FakeSimulator) -> None:
    assert not dock.enabled("眨眼")
    dock.click("何健康")
    dock.click("站到镜头前")
    dock.until_written("面前有人")
    assert simulator.before_lens == {"person": "hejiankang"}
    dock.click("眨眼")
    dock.click("向左转")
    dock.bot.waitUntil(lambda: simulator.moves == ["blink", "turn_left"])
    dock.click("没有人")
    dock.until_written("前面没有人")
    assert simulator.before_lens == {}


def test_somebody_holds_up_a_photograph(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("举照片")
    dock.until_written("面前有人")
    assert simulator.before_lens == {"person": "zhangsan", "presented": "print"}


@pytest.mark.parametrize(
    ("name", "scene", "told"),
    [
        ("放材料", "paper", "看着一张材料"),
        ("挡住", "covered", "镜头被挡住"),
        ("全黑", "black", "画面全黑"),
        ("失焦", "blurred", "画面不清楚"),
        ("画面不动", "frozen", "画面停住不动"),
    ],
)
def test_lens_sees_what_is_put_before_it(
    dock: Dock, simulator: FakeSimulator, name: str, scene: str, told: str
) -> None:
    dock.click(name)
    dock.until_written(told)
    assert simulator.camera["scene"] == scene


def test_camera_is_unplugged_and_plugged_in_again(dock: Dock, simulator: FakeSimulator) -> None:
    dock.bot.waitUntil(lambda: "拔下摄像头" in dock.written())
    dock.click("拔下摄像头")
    dock.until_written("线拔掉了")
    assert not simulator.camera["plugged"]
    dock.click("插上摄像头")
    dock.until_written("前面没有人")


def test_lights_show_where_the_kiosk_has_lit_one(dock: Dock, simulator: FakeSimulator) -> None:
    def said(name: str) -> bool:
        return any(attached(item, "name") == name for item in dock.items())

    dock.bot.waitUntil(lambda: said("插卡口，没亮"))
    simulator.lit = ["card", "receipt"]
    simulator.tell("light_on")
    dock.bot.waitUntil(lambda: said("插卡口，亮着") and said("凭条口，亮着"))
    assert said("扫码窗，没亮")


def test_people_come_and_go_and_the_mains_fail(dock: Dock, simulator: FakeSimulator) -> None:
    dock.click("走近")
    dock.until_written("机器前有人")
    dock.click("走开")
    dock.until_written("机器前没有人")
    dock.click("停电")
    dock.until_written("停电，用电池")
    dock.click("电池将尽")
    dock.until_written("电池快用完")
    dock.click("市电正常")
    dock.until_written("机器前没有人")
    assert (simulator.somebody, simulator.mains) == (False, "on")


def test_keys_are_pressed_and_a_headset_is_plugged_in(dock: Dock, simulator: FakeSimulator) -> None:
    for name in ("下一个", "确定", "插上耳机"):
        dock.click(name)
    dock.until_written("插着耳机")
    dock.click("拔下耳机")
    dock.bot.waitUntil(lambda: simulator.keys == ["next", "select", "jack_in", "jack_out"])
    dock.until_written("没插耳机")


def test_bank_card_is_put_in_when_the_terminal_asks_for_it(dock: Dock, simulator: FakeSimulator) -> None:
    assert not dock.enabled("插银行卡")
    simulator.terminal_step = "present_card"
    dock.until_written("请拍卡或插卡")
    dock.click("插银行卡")
    dock.until_written("请输密码")
    dock.click("输密码")
    dock.until_written("请取卡")
    assert [card["contactless"] for card in simulator.bank_cards] == [False]


def test_slip_is_shown_as_it_looks_and_taken(dock: Dock, simulator: FakeSimulator, slip: Path) -> None:
    assert not dock.enabled("取走凭条")
    simulator.print_slip(slip)
    dock.until_written("第 1 张，共 1 张　在出纸口")
    (picture,) = [
        item
        for item in dock.items()
        if attached(item, "name") == "第 1 张，共 1 张　在出纸口" and item.inherits("QQuickImage")
    ]
    assert picture.property("source").toLocalFile() == str(slip)
    dock.bot.waitUntil(lambda: picture.property("implicitWidth") == 384)
    dock.click("取走凭条")
    dock.until_written("已取走")
    dock.bot.waitUntil(lambda: simulator.torn == 1)
    assert not dock.enabled("取走凭条")


def test_earlier_slips_can_be_looked_at_again(dock: Dock, simulator: FakeSimulator, slip: Path) -> None:
    simulator.print_slip(slip)
    simulator.print_slip(slip, complete=False)
    dock.until_written("第 2 张，共 2 张　在出纸口，没有打完")
    dock.click("上一张")
    dock.until_written("第 1 张，共 2 张")
    dock.click("下一张")
    dock.until_written("第 2 张，共 2 张")


def test_refusal_of_the_simulator_is_shown(dock: Dock, simulator: FakeSimulator) -> None:
    simulator.card = {"person": "somebody else's hand"}
    dock.click("插卡")
    dock.until_written("a card is inserted already")


def test_simulator_that_comes_later_or_comes_again_is_found(lonely: Dock, tmp_path: Path) -> None:
    assert "没有连上模拟设备" in lonely.written()
    assert not lonely.enabled("插卡")
    simulator = FakeSimulator(tmp_path / "control.sock")
    try:
        lonely.until_written("张三")
        lonely.bot.waitUntil(lambda: lonely.enabled("插卡"))
        simulator.stop()
        lonely.until_written("没有连上模拟设备")
        simulator.start()
        lonely.bot.waitUntil(lambda: lonely.enabled("插卡"))
    finally:
        simulator.stop()
