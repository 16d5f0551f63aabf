"""`kiosk devices`: which drivers there are and what each wants in the settings, and how a device of this kiosk is."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel

from kiosk import plugins
from kiosk.engine.clock import SystemClock
from kiosk.faults import CATALOGUE
from kiosk.handbook import ACTORS
from kiosk.installed import config_dir
from kiosk.messages import Catalogue, Texts
from kiosk.ports.camera import Camera
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.speaker import Recorded
from kiosk.sections import group_of, sections_of
from kiosk.settings import (
    CERTIFIED,
    DriverSection,
    Settings,
    SettingsWrong,
    read_options,
    read_settings,
    settings_file,
)
from kiosk.terminal import NOT_POSSIBLE, OK, OTHER_END, WRONG_USE, complain, say, say_json

_LOOKING_SECONDS = 3.0
_NAMED = 12  # missing recordings that are named one by one; --json names them all


@dataclass(frozen=True, slots=True)
class _Installed:
    """A driver as it is announced; `used` where this kiosk's settings name it."""

    group: str
    name: str
    driver: Driver[Any]
    used: bool

    @property
    def package(self) -> str:
        return plugins.package(self.group, self.name)


def list_drivers(config: Path | None, root: Path, name: str | None, *, as_json: bool) -> int:
    """Every installed driver; with `name`, only those of that name, device or group, and what each key means."""
    used = _used(config, root)
    found = [
        _Installed(group, driver, plugins.driver(group, driver), (group, driver) in used)
        for group in plugins.driver_groups()
        for driver in plugins.names(group)
        if name in {None, driver, group, group.removesuffix("s")}
    ]
    if not found:
        known = ", ".join(group.removesuffix("s") for group in plugins.driver_groups())
        complain(f"{name}: 没有这个驱动，也没有这类设备 · no such driver or device; {known}")
        return WRONG_USE
    if as_json:
        say_json({"schema": 1, "drivers": [_as_data(each) for each in found]})
        return OK
    for each in found:
        _say_driver(each, in_full=name is not None)
    return OK


def _used(config: Path | None, root: Path) -> set[tuple[str, str]]:
    """Group and driver of each section; none where the settings cannot be read: `check-config` says why."""
    try:
        settings = _settings(config, root)
    except SettingsWrong:
        return set()
    return {(group_of(name), section.driver) for name, section in sections_of(settings).items()}


def _settings(config: Path | None, root: Path) -> Settings:
    """A simulator of this work directory is found like a device: it may be running, or unplugged."""
    return read_settings(settings_file(config), {"workdir": str(root), "sim": str(root / "sim")}, dict(os.environ))


def _keys(settings: type[BaseModel]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "required": field.is_required(),
            "default": None if field.is_required() else _plain(field.get_default(call_default_factory=True)),
            "meaning": field.description or "",
        }
        for name, field in settings.model_fields.items()
    ]


def _plain(value: object) -> object:
    """As TOML would have it."""
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value)
        return f"{{ {', '.join(f'{key} = {_plain(each)}' for key, each in pairs.items())} }}"
    return value if isinstance(value, bool | int | float | str) else None if value is None else str(value)


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else "-" if value is None else str(value)


def _as_data(installed: _Installed) -> dict[str, Any]:
    return {
        "group": installed.group,
        "name": installed.name,
        "package": installed.package,
        "simulated": installed.driver.simulated,
        "used": installed.used,
        "settings": list(installed.driver.settings.model_fields),
        "keys": _keys(installed.driver.settings),
    }


def _say_driver(installed: _Installed, *, in_full: bool) -> None:
    used, mark = "*" if installed.used else " ", "模拟" if installed.driver.simulated else "　　"
    say(f"{used} {installed.group:<18} {installed.name:<24} {mark} {installed.package}")
    if in_full:
        for key in _keys(installed.driver.settings):
            value = "必填" if key["required"] else f"= {_written(key['default'])}"
            say(f"      {key['name']:<18} {value:<16} {key['meaning']}")


def try_devices(config: Path | None, root: Path, name: str | None, *, as_json: bool) -> int:
    """Open one device of the settings, or each of them, and say how it is; 1 when one is not usable."""
    try:
        settings = _settings(config, root)
    except SettingsWrong as problem:
        complain(f"{problem}")
        return NOT_POSSIBLE
    sections = settings.devices.present
    if name is not None and name not in sections:
        complain(f"[devices.{name}]: 设置里没有这个设备 · no such device in the settings; {', '.join(sections)}")
        return WRONG_USE
    wanted = [name] if name is not None else [each for each in sections if sections[each].driver != CERTIFIED]
    tried = [_tried(each, sections[each]) for each in wanted]
    if as_json:
        rows = [each.as_data() for each in tried if each is not None]
        say_json(rows[0] if name is not None and rows else {"schema": 1, "devices": rows})
    else:
        _say_tried([each for each in tried if each is not None], in_full=name is not None)
    if None in tried:
        return NOT_POSSIBLE
    return OK if all(each.well for each in tried if each is not None) else OTHER_END


def _say_tried(tried: list[_Tried], *, in_full: bool) -> None:
    titles = Catalogue.read(config_dir() / "texts").of("zh")
    for each in tried:
        each.say(titles, in_full=in_full)


def _tried(name: str, section: DriverSection) -> _Tried | None:
    """None, and why on standard error, where the settings make no device of it."""
    clock, group = SystemClock(), _group_of(name)
    try:
        driver = plugins.driver(group, section.driver)
        options = read_options(driver.settings, section.options, f"devices.{name}")
        device = driver.make(options, Host(clock, logging.getLogger("kiosk.devices")))
    except (SettingsWrong, plugins.PluginMissing) as problem:
        complain(f"{problem}")
        return None
    began = clock.monotonic()
    health, lacking = _asked(group, device, clock)
    took = round((clock.monotonic() - began) * 1000)
    package = plugins.package(group, section.driver)
    return _Tried(name, section.driver, package, driver.simulated, health, took, lacking, options)


def _asked(group: str, device: Any, clock: SystemClock) -> tuple[Health, tuple[str, ...]]:
    """How it is, opened and closed again, and what it lacks; what judges pictures is no machine and there once made."""
    if group == "paper_judges":
        return Health(DeviceState.ONLINE), ()
    device.open()
    try:
        if group == "cameras":
            _look_through(device, clock)
        return device.status(), _lacking(device)
    finally:
        device.close()


def _group_of(name: str) -> str:
    """The document camera is one of the cameras."""
    return "cameras" if name == "document_camera" else f"{name}s"


def _lacking(device: object) -> tuple[str, ...]:
    """The recordings that the sentences of every language want and a voice made of them has not."""
    if not isinstance(device, Recorded):
        return ()
    texts = Catalogue.read(config_dir() / "texts")
    return tuple(name for lang in texts.languages for name in device.lacking(lang, texts.of(lang).spoken()))


@dataclass(frozen=True, slots=True)
class _Tried:
    """A device that was opened, asked and closed again."""

    device: str
    driver: str
    package: str
    simulated: bool
    health: Health
    milliseconds: int
    lacking: tuple[str, ...]
    options: BaseModel

    @property
    def well(self) -> bool:
        return self.health.usable and not self.lacking

    def as_data(self) -> dict[str, Any]:
        return {
            "schema": 1,
            "device": self.device,
            "driver": self.driver,
            "package": self.package,
            "simulated": self.simulated,
            "state": self.health.state,
            "warnings": self.health.warnings,
            "faults": [
                {"code": code, "cause": CATALOGUE[code].cause, "actor": CATALOGUE[code].actor}
                for code in self.health.warnings
            ],
            "ms": self.milliseconds,
            "lacking": self.lacking,
        }

    def say(self, titles: Texts, *, in_full: bool) -> None:
        """With its settings where it was asked for alone."""
        mark = " 模拟" if self.simulated else ""
        say(f"{self.device} ({self.driver}, {self.package}){mark}: {self.health.state}, {self.milliseconds} ms")
        for key, value in self.options if in_full else ():
            say(f"      {key} = {_written(_plain(value))}")
        for code in self.health.warnings:
            fault = CATALOGUE[code]
            say(f"  {code}  {titles.say(f'fault.{code}.what')} · {fault.cause}  → {ACTORS[fault.actor]}")
        for name in self.lacking[:_NAMED]:
            say(f"  缺录音 no recording: {name}")
        if self.lacking:
            say(f"  共缺 {len(self.lacking)} 个录音，make speech 生成；in all {len(self.lacking)}, made by make speech")


def _look_through(camera: Camera, clock: SystemClock) -> None:
    """A camera says what is wrong with its pictures only once it has taken some."""
    until = Monotonic(clock.monotonic() + _LOOKING_SECONDS)
    while clock.monotonic() < until:
        camera.frame(until, Cancel())
