"""How settings and pack become parties, and what is said when they do not go together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.building import Builder, CannotStart, FaultBoard, Foundation, lay_foundation
from kiosk.domain.policy import Gateway, Signing
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.installed import config_dir
from kiosk.journal.book import Book
from kiosk.settings import Profile, read_settings
from kiosk.workdir import Workdir


@pytest.fixture
def foundation(tmp_path: Path) -> Foundation:
    fill = {"workdir": str(tmp_path), "backend.url": "https://127.0.0.1:1", "sim": str(tmp_path)}
    settings = read_settings(config_dir() / "kiosk.toml", fill, {})
    return lay_foundation(settings, Profile.DEMO, Workdir(tmp_path), SystemClock())


@pytest.mark.parametrize(("seconds", "fault"), [("19.9", FaultCode.SETTINGS_WRONG), ("20", FaultCode.PACK_WRONG)])
def test_production_gives_everybody_twenty_seconds_to_answer(tmp_path: Path, seconds: str, fault: FaultCode) -> None:
    """Twenty are enough; then it stumbles over the simulated pack."""
    fill = {"workdir": str(tmp_path), "backend.url": "https://127.0.0.1:1", "sim": str(tmp_path)}
    settings = read_settings(config_dir() / "kiosk.toml", fill, {"KIOSK__RULES__STILL_THERE": seconds})
    with pytest.raises(CannotStart) as stopped:
        lay_foundation(settings, Profile.PRODUCTION, Workdir(tmp_path), SystemClock())
    assert stopped.value.fault is fault


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    (tmp_path / "kiosk").mkdir()
    book = Book(tmp_path / "kiosk")
    yield book
    book.close()


@pytest.fixture
def told() -> list[frozenset[FaultCode]]:
    return []


@pytest.fixture
def build(book: Book, told: list[frozenset[FaultCode]]) -> Callable[[Foundation], Builder]:
    return lambda foundation: Builder(foundation, book, FaultBoard(told.append))


Build = Callable[[Foundation], Builder]


def with_gateway(foundation: Foundation, **changes: object) -> Foundation:
    settlement = replace(foundation.pack.settlement, **changes)  # type: ignore[arg-type]
    return replace(foundation, opened=replace(foundation.opened, pack=replace(foundation.pack, settlement=settlement)))


def test_a_gateway_that_wants_secrets_names_the_settings_that_lack(foundation: Foundation, build: Build) -> None:
    builder = build(with_gateway(foundation, signing=Signing.TIF))
    with pytest.raises(CannotStart, match=r"^\[settlement\] signing tif needs account, secret$") as stopped:
        builder.parties()
    assert stopped.value.fault is FaultCode.SETTINGS_WRONG


def test_a_gateway_with_paths_names_the_transactions_that_lack_one(foundation: Foundation, build: Build) -> None:
    builder = build(with_gateway(foundation, gateway=Gateway.PER_INFNO))
    with pytest.raises(CannotStart, match=r"^\[settlement\] no path for 9001, "):
        builder.parties()


@pytest.mark.parametrize(("offset", "off"), [(60.0, False), (60.5, True), (-61.0, True)])
def test_a_clock_a_minute_off_stops_settling_until_it_is_right(
    foundation: Foundation, build: Build, told: list[frozenset[FaultCode]], offset: float, off: bool
) -> None:
    host = build(foundation).party("settlement")
    host.clock_offset(offset)
    assert told == ([frozenset({FaultCode.CLOCK_WRONG})] if off else [])
    host.clock_offset(0.5)
    assert not told or told[-1] == frozenset()


@pytest.mark.expected_log("kiosk.engine.certificates", logging.WARNING, "a client certificate ends")
def test_a_certificate_of_any_party_that_ends_stops_settling(
    foundation: Foundation, build: Build, told: list[frozenset[FaultCode]]
) -> None:
    builder = build(foundation)
    builder.parties(builder.terminal())  # their files are not there yet: nothing is known, nothing is said
    builder.certificates.look()
    assert told == []
    builder = build(foundation)

    def ends() -> datetime:
        return foundation.clock.now() + timedelta(hours=20)

    builder.party("hospital").watch_certificate(ends)
    builder.certificates.look()
    assert told == [frozenset({FaultCode.CERTIFICATE_ENDED})]
