"""The service manager hears that the kiosk lives: after a frame, and only while no thread is stuck."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.engine.clock import SystemClock, boot_id, stamp
from kiosk.engine.watchdog import Watchdog, notify
from kiosk.ports.clock import BEIJING
from tests.support.fakes import ManualClock


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(str(path))
        receiver.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        yield receiver


def heard(manager: socket.socket) -> list[str]:
    messages: list[str] = []
    while True:
        try:
            messages.append(manager.recv(1000).decode())
        except BlockingIOError:
            return messages


def test_the_first_frame_says_ready_and_later_ones_that_it_lives(manager: socket.socket) -> None:
    clock = ManualClock()
    watchdog = Watchdog(clock, lambda: [(clock.monotonic(), 1.0)])
    for _ in range(3):
        watchdog.alive()
        clock.pass_by(5.0)
    assert heard(manager) == ["READY=1\nWATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"]


def test_frames_in_quick_succession_are_told_once(manager: socket.socket) -> None:
    clock = ManualClock()
    watchdog = Watchdog(clock, list)
    for _ in range(100):
        watchdog.alive()
        clock.pass_by(0.016)
    assert len(heard(manager)) == 1


def test_a_thread_that_is_silent_too_long_stops_the_feeding(manager: socket.socket) -> None:
    clock = ManualClock()
    stuck, lively = clock.monotonic(), 10.0
    watchdog = Watchdog(clock, lambda: [(stuck, lively), (clock.monotonic(), 1.0)])
    watchdog.alive()
    clock.pass_by(11.0)
    watchdog.alive()
    assert heard(manager) == ["READY=1\nWATCHDOG=1"]


def test_without_a_manager_nothing_happens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert notify("WATCHDOG=1") is False
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    assert notify("WATCHDOG=1") is False


def test_the_clock_is_beijings_whatever_the_machine_thinks() -> None:
    clock = SystemClock()
    assert clock.now().tzinfo is BEIJING
    assert clock.monotonic() <= clock.monotonic()
    at = stamp(clock, boot_id())
    assert at.boot == boot_id()
