"""A whole visit without a touch: keys on the real wire, real pages, simulated devices, the reference backend."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from devices.sim.client import Simulator
from kiosk.app import Application
from kiosk.demo import surroundings
from kiosk.flow.events import Focused, Intent
from kiosk.flow.frontend import Stage
from kiosk.flow.states import (
    AwaitingCode,
    ChoosingBill,
    Confirming,
    Explaining,
    Farewell,
    Home,
    Kiosk,
    NextSteps,
    Screen,
)
from kiosk.journal.book import Book
from kiosk.ports.keypad import Key
from kiosk.running import _demo_foundation
from kiosk.saga.entry import Course
from kiosk.workdir import Workdir
from screens import environment
from screens.album import settle
from screens.panel import Panel

WANTED: dict[type[Screen], tuple[str, ...]] = {
    ChoosingBill: ("缴这一笔",),
    Explaining: ("下一步",),
    Confirming: ("确认支付",),
    NextSteps: ("办完了", "以后再缴"),
}
"""What is pressed on each page: the end of what a screen reader says of it."""
PATIENCE = 90.0
BETWEEN_KEYS = 0.15  # s; what comes sooner is a trembling finger


class KeysOnly:
    """A front end with real pages, and somebody before it who has only the keypad."""

    def __init__(self, sim: Simulator) -> None:
        self._sim = sim
        self._letters: queue.SimpleQueue[Kiosk | Key] = queue.SimpleQueue()
        self._done: set[type[Screen]] = set()
        self._pressed = 0.0
        self.intents: list[Intent] = []
        self.seen: list[str] = []
        self._state: Kiosk | None = None

    def show(self, state: Kiosk) -> None:
        self._letters.put(state)

    def steer(self, key: Key) -> None:
        self._letters.put(key)

    def stop(self, code: int) -> None:
        del code

    def run(self, stage: Stage) -> int:
        environment.prepare(offscreen=True)
        environment.application("tests")
        panel = Panel(replace(stage, send=lambda intent: self._send(stage, intent)), animated=False, shield_ms=0)
        panel.open(fullscreen=False)
        end = time.monotonic() + PATIENCE
        try:
            while time.monotonic() < end:
                self._pump(panel)
                if self._act(panel):
                    return 0
                time.sleep(0.005)
        finally:
            panel.close()
        return 1

    def _send(self, stage: Stage, intent: Intent) -> None:
        self.intents.append(intent)
        stage.send(intent)

    def _pump(self, panel: Panel) -> None:
        while not self._letters.empty():
            letter = self._letters.get()
            if isinstance(letter, Key):
                panel.steer(letter)
            else:
                self._state = letter
                self.seen.append(type(letter.screen).__name__)
                panel.show(letter)
        settle(panel.window)

    def _act(self, panel: Panel) -> bool:
        """The next thing this person does; True when they are back at the home page."""
        if self._state is None:
            return False
        screen = self._state.screen
        match screen:
            case Home() if "Farewell" in self.seen:
                return True
            case Home() if self._state.access.keypad:
                self._once(Home, lambda: self._sim.insert("zhangsan"))
            case Home():
                self._press("next")  # the first key wakes
            case AwaitingCode():
                self._once(AwaitingCode, lambda: self._sim.scan("134500000000000001"))
            case Farewell():
                self._once(Farewell, self._sim.remove)
            case _ if type(screen) in WANTED:
                came = panel.steering.name().endswith(WANTED[type(screen)])
                self._press("select" if came else "next")
            case _:
                pass
        return False

    def _once(self, page: type[Screen], act: Callable[[], None]) -> None:
        if page not in self._done:
            self._done.add(page)
            act()

    def _press(self, key: str) -> None:
        now = time.monotonic()
        if now - self._pressed > BETWEEN_KEYS:
            self._pressed = now
            self._sim.press(key)


@pytest.mark.timeout(150)
def test_outpatient_by_keys_alone(tmp_path: Path, qapp: object) -> None:
    workdir = Workdir(tmp_path / "kiosk")
    workdir.lock()
    with surroundings(workdir) as around, Simulator(around.control) as sim:
        around.fresh_bill("111111198101011110", "ct")
        front = KeysOnly(sim)
        application = Application(_demo_foundation(None, around), front)
        assert application.run() == 0, front.seen[-5:]
        application.till.wait_until_quiet(5.0)
    workdir.unlock()
    book = Book(workdir.kiosk, writable=False)
    (entry,) = book.entries().values()
    book.close()
    assert entry.course is Course.CLOSED
    assert any(isinstance(intent, Focused) for intent in front.intents)
