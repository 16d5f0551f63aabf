"""A whole kiosk with its real pages in one process: threads of the loop, the till and the devices, and the glass here.

The test's own thread is the GUI thread: `pump` lets states and keys arrive as a running front end does.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from kiosk.domain.money import Money
from kiosk.domain.speech import Amount, Count, Part, Sentence, Text, Tone, amount_words, number_words
from kiosk.flow.events import Intent
from kiosk.flow.rules import Rules
from kiosk.flow.states import Kiosk, Screen
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from kiosk.ports.keypad import Key
from screens.panel import Panel
from tests.kiosk.engine.house import House
from tests.screens.glass import Glass
from tests.support.gallery import stage

PATIENCE = 30.0
TEXTS = Catalogue.read(config_dir() / "texts")


class Parlour:
    """House and glass, joined."""

    def __init__(self, folder: Path, rules: Rules, **options: Any) -> None:
        self._letters: queue.SimpleQueue[Kiosk | Key] = queue.SimpleQueue()
        self.house = House(folder, rules=rules, watch=self._letters.put, steer=self._letters.put, **options)
        self.intents: list[Intent] = []
        panel = Panel(replace(stage(336.0, self._send), bottom_mm=750.0), animated=False, shield_ms=0)
        panel.open(fullscreen=False)
        self.glass = Glass(panel, self.intents)
        self.state = Kiosk(rules)

    def __enter__(self) -> Self:
        self.house.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.house.stop()
        self.glass.panel.close()

    def _send(self, intent: Intent) -> None:
        self.intents.append(intent)
        self.house.send(intent)

    @property
    def screen(self) -> Screen:
        return self.state.screen

    def pump(self) -> None:
        """Whatever has arrived, in its order."""
        while not self._letters.empty():
            letter = self._letters.get()
            if isinstance(letter, Key):
                self.glass.panel.steer(letter)
            else:
                self.state = letter
                self.glass.panel.show(letter)
        self.glass.rest()

    def until(self, done: Callable[[], bool]) -> None:
        """Pump until it is so; the wait is bounded, not measured."""
        end = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < end, f"still at {type(self.screen).__name__}"
            self.pump()
            time.sleep(0.002)

    def until_page(self, *kinds: type[Screen]) -> None:
        self.until(lambda: isinstance(self.screen, kinds))
        self.pump()


def heard(parts: tuple[Part, ...], lang: str = "zh") -> str:
    """A speech as a listener would write it down."""
    return "".join(_written(part, lang) for part in parts)


def _written(part: Part, lang: str) -> str:
    match part:
        case Sentence(message):
            return TEXTS.of(lang).say(message)
        case Amount(Money() as money):
            return "".join(amount_words(money, lang))
        case Count(number):
            return "".join(number_words(number, lang))
        case Text(text):
            return text
        case Tone():
            return f"♪{part.value}"
