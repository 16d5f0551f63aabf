"""A person who sees nothing and touches no glass: hears, presses keys, and finishes the visit.

The listener knows the kiosk only by what is said: it presses "next" until it hears what it wants, then "select".
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.domain.speech import Output, private
from kiosk.flow.events import AloudChosen, Focused, HeadsetChanged
from kiosk.flow.rules import Rules
from kiosk.flow.states import AwaitingCode, ChoosingBill, Confirming, Explaining, Farewell, Home, NextSteps, StillThere
from kiosk.ports.keypad import Key
from tests.screens.parlour import Parlour, heard
from tests.support.people import IDENTITY

RULES = Rules(farewell_page=0.2)


class Listener:
    """Ears and a finger on the keypad."""

    def __init__(self, parlour: Parlour) -> None:
        self.parlour = parlour
        self._at = 0
        self.notes: list[str] = []
        self.presses = 0

    def listen(self) -> str:
        """What was said since last time."""
        said = self.parlour.house.speaker.said[self._at :]
        self._at += len(said)
        new = [heard(speech.parts) for speech, _ in said]
        self.notes += new
        return "\n".join(new)

    def press(self, key: Key) -> None:
        self.presses += 1
        self.parlour.house.keypad.press(key)

    def hear(self, wanted: str) -> None:
        """Wait until it is said."""
        so_far: list[str] = []

        def said() -> bool:
            so_far.append(self.listen())
            return wanted in "".join(so_far)

        self.parlour.until(said)

    def choose(self, wanted: str) -> None:
        """Next, until what has the focus is what I want; then select."""
        for _ in range(25):
            before = len(self.parlour.intents)
            self.press(Key.NEXT)
            self.parlour.until(lambda before=before: self._moved(before))  # type: ignore[misc]
            self.parlour.until(lambda: bool(self.parlour.house.speaker.said[self._at :]))
            if self.listen().endswith(wanted):  # the name of what has the focus, and no sentence that speaks of it
                self.press(Key.SELECT)
                return
        pytest.fail(f"{wanted} is never heard: {self.notes[-25:]}")

    def _moved(self, before: int) -> bool:
        return any(isinstance(intent, Focused) for intent in self.parlour.intents[before:])


@pytest.fixture
def parlour(tmp_path: Path, typeface: QGuiApplication) -> Parlour:
    return Parlour(tmp_path, RULES)


def test_a_visit_by_ear_with_a_headset(parlour: Parlour) -> None:
    with parlour:
        listener = Listener(parlour)
        parlour.until_page(Home)
        parlour.house.send(HeadsetChanged(plugged=True))
        listener.hear("请把社会保障卡插进读卡器")
        parlour.house.reader.insert(IDENTITY)
        listener.hear("笔待缴费用")
        parlour.until_page(ChoosingBill)
        listener.press(Key.NEXT)  # wakes the keys
        listener.hear("按下一个键")
        listener.choose("缴这一笔")
        listener.hear("您自己付")
        parlour.until_page(Explaining)
        listener.choose("下一步")
        listener.hear("确认支付这笔费用吗")
        parlour.until_page(Confirming)
        listener.choose("确认支付")
        listener.hear("♪looking")
        parlour.until_page(AwaitingCode)
        parlour.until(parlour.house.scanner.scanning.is_set)
        parlour.house.scanner.show("134500000000000001")
        listener.hear("缴费成功")
        parlour.until_page(NextSteps)
        assert any("您付了" in note and "元" in note for note in [*listener.notes, listener.listen()])
        listener.choose("办完了")
        listener.hear("请取走您的卡")
        parlour.until_page(Farewell)
        parlour.house.reader.remove()
        parlour.until(lambda: isinstance(parlour.screen, Home))
        assert all(speech.output is Output.HEADSET for speech, _ in parlour.house.speaker.said)
        assert not [intent for intent in parlour.intents if isinstance(intent, AloudChosen)]


def test_a_visit_by_keys_without_a_headset_keeps_amounts_quiet_until_asked(parlour: Parlour) -> None:
    with parlour:
        listener = Listener(parlour)
        parlour.until_page(Home)
        listener.press(Key.SELECT)
        listener.hear("医保自助机")
        parlour.house.reader.insert(IDENTITY)
        listener.hear("金额和姓名不大声念")
        parlour.until_page(ChoosingBill)
        assert not any(private(part) for speech, _ in parlour.house.speaker.said for part in speech.parts)
        listener.choose("念出金额")
        parlour.until(lambda: parlour.state.access.aloud)
        listener.press(Key.REPEAT)
        listener.hear("元")
        listener.press(Key.HELP)
        listener.hear("正在请工作人员过来")
        listener.press(Key.BACK)
        listener.hear("笔待缴费用")
        parlour.until(lambda: parlour.state.aid is None)
        parlour.until_page(ChoosingBill)


def test_the_warning_is_heard_and_any_key_answers_it(tmp_path: Path, typeface: QGuiApplication) -> None:
    with Parlour(tmp_path, Rules(read_page=0.4, unhurried=1.0)) as parlour:
        listener = Listener(parlour)
        parlour.until_page(Home)
        listener.press(Key.NEXT)
        listener.hear("医保自助机")
        parlour.house.reader.insert(IDENTITY)
        for _ in range(10):
            listener.hear("您还在吗")
            parlour.until_page(StillThere)
            listener.press(Key.SELECT)
            parlour.until_page(ChoosingBill)
