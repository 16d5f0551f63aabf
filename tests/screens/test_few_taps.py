"""How often a person has to touch the glass from card to receipt, and how often to decide."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from kiosk.flow.events import Intent, LookChosen, Stayed
from kiosk.flow.rules import Look, Rules
from kiosk.flow.states import AwaitingCode, ChoosingBill, Confirming, Explaining, Farewell, Home, NextSteps, Screen
from tests.screens.parlour import Parlour
from tests.support.people import IDENTITY

DECISIONS, TAPS = 3, 6
RULES = Rules(farewell_page=0.2)
NO_CHOICE = (LookChosen, Stayed)
"""What a touch may also say: that the person is there, how they like it."""


class Hand:
    """Touches what is written, and counts."""

    def __init__(self, parlour: Parlour) -> None:
        self.parlour, self.taps = parlour, 0

    def tap(self, name: str, page: type[Screen]) -> None:
        self.parlour.until_page(page)
        self.parlour.until(lambda: any(button.name.endswith(name) for button in self.parlour.glass.buttons()))
        button = next(button for button in self.parlour.glass.buttons() if button.name.endswith(name))
        self.parlour.glass.tap(button.name)
        self.taps += 1

    def pay(self) -> None:
        self.parlour.until_page(AwaitingCode)
        self.parlour.until(self.parlour.house.scanner.scanning.is_set)
        self.parlour.house.scanner.show("134500000000000001")

    def leave(self) -> None:
        self.tap("办完了", NextSteps)
        self.parlour.until_page(Farewell)
        self.parlour.house.reader.remove()
        self.parlour.until(lambda: isinstance(self.parlour.screen, Home))


def decisions(intents: list[Intent]) -> int:
    """Answers to a question of the kiosk's; being done, and being there, are none."""
    return len([intent for intent in intents if not isinstance(intent, NO_CHOICE)]) - 1


def test_outpatient_by_card_takes_few_taps_and_fewer_decisions(tmp_path: Path, typeface: QGuiApplication) -> None:
    with Parlour(tmp_path, RULES) as parlour:
        hand = Hand(parlour)
        parlour.until_page(Home)
        parlour.house.reader.insert(IDENTITY)
        hand.tap("缴这一笔", ChoosingBill)
        hand.tap("下一步", Explaining)
        hand.tap("确认支付", Confirming)
        hand.pay()
        hand.leave()
        assert (decisions(parlour.intents), hand.taps) == (3, 4)
        assert decisions(parlour.intents) <= DECISIONS
        assert hand.taps <= TAPS


def test_in_care_one_tap_chooses_it_and_one_decides(tmp_path: Path, typeface: QGuiApplication) -> None:
    with Parlour(tmp_path, RULES) as parlour:
        hand = Hand(parlour)
        parlour.until_page(Home)
        parlour.glass.tap("大字")
        parlour.until(lambda: parlour.state.look is Look.ELDER)
        parlour.house.reader.insert(IDENTITY)
        hand.tap("确认支付", Confirming)
        hand.pay()
        hand.leave()
        assert (decisions(parlour.intents), hand.taps) == (1, 2)
