"""The front end as the kiosk uses it: states and the end come from other threads, pictures are kept page by page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage

from kiosk.faults import FaultCode
from kiosk.flow import states as at
from kiosk.flow.frontend import Frontend
from kiosk.flow.rules import Door
from screens import app
from screens.album import page_name
from screens.panel import Panel
from tests.support import states
from tests.support.gallery import stage
from tests.support.states import T, kiosk

SAMPLES = states.samples()


@pytest.fixture
def screens(typeface: QGuiApplication) -> Frontend:
    return app.make()


def from_another_thread(play: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=play)
    thread.start()
    return thread


def test_states_and_the_end_may_come_from_any_thread(screens: Frontend) -> None:
    alive: list[int] = []

    def play() -> None:
        screens.show(SAMPLES["home"])
        screens.show(SAMPLES["awaiting-card"])
        screens.stop(3)

    thread = from_another_thread(play)
    assert screens.run(replace(stage(), alive=lambda: alive.append(1))) == 3
    thread.join()


def test_the_screen_proves_that_it_lives_even_when_nothing_moves(screens: Frontend) -> None:
    frames: list[int] = []

    def live() -> None:
        frames.append(1)
        if len(frames) > 2:
            screens.stop(0)

    screens.show(SAMPLES["home"])
    screens.run(replace(stage(), alive=live))
    assert len(frames) > 2


def test_each_page_of_a_visit_is_kept_as_a_picture(screens: Frontend, tmp_path: Path) -> None:
    visit: list[at.Screen] = [
        at.Home(),
        at.AwaitingCard(T, Door.OUTPATIENT),
        at.AwaitingCard(T, Door.OUTPATIENT, FaultCode.CARD_FOREIGN),
        at.ReadingCard(T, Door.OUTPATIENT, T),
        at.FindingPerson(T, Door.OUTPATIENT, states.IDENTITY, T),
        states.explaining(),
        at.StillThere(T, states.explaining()),
        states.explaining(),
    ]

    def play() -> None:
        for screen in visit:
            screens.show(kiosk(screen))
        screens.stop(0)

    thread = from_another_thread(play)
    assert screens.run(replace(stage(), screenshots=tmp_path / "pages")) == 0
    thread.join()
    names = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert names == [
        "01-home.png",
        "02-awaiting-card.png",
        "03-reading-card.png",
        "04-finding-person.png",
        "05-explaining.png",
        "06-still-there.png",
        "07-explaining.png",
    ]
    pictures = [QImage(str(tmp_path / "pages" / name)) for name in names]
    assert {(picture.width(), picture.height()) for picture in pictures} == {(1080, 1920)}
    assert all(one != other for one, other in pairwise(pictures)), "each was taken when its own page was shown"


def test_a_stop_that_comes_first_ends_at_once(screens: Frontend) -> None:
    screens.stop(7)
    assert screens.run(stage()) == 7


def test_a_stop_without_a_state_ends_the_album_too(screens: Frontend, tmp_path: Path) -> None:
    QTimer.singleShot(0, lambda: screens.stop(0))
    assert screens.run(replace(stage(), screenshots=tmp_path)) == 0
    assert list(tmp_path.iterdir()) == []


def test_pictures_are_named_after_states() -> None:
    assert page_name(at.Home()) == "home"
    assert page_name(at.OutOfService(FaultCode.NO_BILL)) == "out-of-service"


def test_pictures_have_the_pixels_of_the_panel_whatever_the_monitor(screens: Frontend, tmp_path: Path) -> None:
    screens.show(SAMPLES["home"])
    screens.stop(0)
    assert screens.run(replace(stage(), scaled=True, screenshots=tmp_path)) == 0
    picture = QImage(str(tmp_path / "01-home.png"))
    assert (picture.width(), picture.height()) == (1080, 1920)


@pytest.mark.usefixtures("typeface")
def test_a_window_on_a_small_monitor_is_smaller() -> None:
    panel = Panel(replace(stage(), scaled=True), animated=False)
    try:
        assert panel.window.height() < 1000, "the offscreen monitor is 800 high"
        assert panel.window.width() == pytest.approx(panel.window.height() * 9 / 16, abs=1)
    finally:
        panel.close()
