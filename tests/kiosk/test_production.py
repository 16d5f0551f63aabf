"""The production profile refuses whatever is simulated, by name, and starts nothing of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk import plugins
from kiosk.building import Builder, CannotStart, FaultBoard, lay_foundation
from kiosk.engine.clock import SystemClock
from kiosk.faults import FaultCode
from kiosk.installed import config_dir
from kiosk.journal.book import Book
from kiosk.settings import DriverSection, Profile, Settings, read_settings
from kiosk.workdir import Workdir


def _drivers(*, simulated: bool) -> list[tuple[str, str]]:
    return [
        (group, name)
        for group in plugins.driver_groups()
        for name in plugins.names(group)
        if plugins.driver(group, name).simulated is simulated
    ]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    fill = {"workdir": str(tmp_path), "backend.url": "https://127.0.0.1:1", "sim": str(tmp_path)}
    return read_settings(config_dir() / "kiosk.toml", fill, {})


@pytest.fixture
def builder(settings: Settings, tmp_path: Path) -> Iterator[Builder]:
    """Of a hospital's kiosk, the pack apart: the only one that comes with the kiosk is a fictional place's."""
    (tmp_path / "kiosk").mkdir()
    book = Book(tmp_path / "kiosk")
    demo = lay_foundation(settings, Profile.DEMO, Workdir(tmp_path), SystemClock())
    yield Builder(replace(demo, profile=Profile.PRODUCTION), book, FaultBoard(lambda _: None))
    book.close()


@pytest.mark.parametrize(("group", "name"), _drivers(simulated=True))
def test_each_simulated_driver_is_refused_by_name(builder: Builder, group: str, name: str) -> None:
    with pytest.raises(CannotStart, match=f"{name} is simulated: refused in production") as refusal:
        builder.build(group, f"devices.{group.removesuffix('s')}", DriverSection(driver=name), builder.host("x"))
    assert refusal.value.fault is FaultCode.SETTINGS_WRONG


def test_something_is_simulated_for_every_kind_of_device_and_something_is_real() -> None:
    simulated, real = _drivers(simulated=True), _drivers(simulated=False)
    assert {"card_readers", "id_readers", "scanners", "receipt_printers", "cameras"} <= {
        group for group, _ in simulated
    }
    assert {"card_readers", "id_readers", "scanners", "receipt_printers", "cameras"} <= {group for group, _ in real}


@pytest.mark.parametrize("group", ["card_readers", "id_readers", "scanners", "receipt_printers", "cameras"])
def test_the_demonstration_takes_them_and_says_so(settings: Settings, builder: Builder, group: str) -> None:
    builder._at = replace(builder._at, profile=Profile.DEMO)
    builder.simulated = False
    section: DriverSection = getattr(settings.devices, group.removesuffix("s"))
    builder.build(group, f"devices.{group.removesuffix('s')}", section, builder.host("x"))
    assert builder.simulated


def test_a_fictional_pack_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"not signed|simulated pack") as refusal:
        lay_foundation(settings, Profile.PRODUCTION, Workdir(tmp_path), SystemClock())
    assert refusal.value.fault is FaultCode.PACK_WRONG


def test_a_hospital_s_kiosk_on_the_settings_of_the_demonstration_starts_nothing_simulated(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = [sys.executable, "-m", "kiosk", "run", "--profile", "production", "--workdir", str(tmp_path)]
    command += ["--config", str(config_dir() / "kiosk.toml")]
    done = subprocess.run(
        command, env=environment | {"QT_QPA_PLATFORM": ""}, capture_output=True, text=True, check=False, timeout=50
    )
    assert done.returncode == 3
    assert FaultCode.PACK_WRONG in done.stderr
    assert not (tmp_path / "sim").exists()
    assert not (tmp_path / "backend").exists()
