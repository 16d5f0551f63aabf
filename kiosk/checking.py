"""`kiosk check-config`: all that is wrong with a settings file, before a start finds it one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk import plugins
from kiosk.building import CannotStart, lay_foundation
from kiosk.engine.clock import SystemClock
from kiosk.ports.driver import Remarking
from kiosk.sections import is_simulated, keys_of, sections_of
from kiosk.settings import DriverSection, Profile, Settings, SettingsWrong, read_options, read_settings, settings_file
from kiosk.terminal import OK, OTHER_END, say, say_json
from kiosk.workdir import Workdir

_KNOWN_LATER = {"backend.url": "https://127.0.0.1:1", "sim": "/sim"}
"""Stand-ins for what only a running demonstration knows, so that its file can be checked without one."""


def check_settings(config: Path | None, root: Path, profile: Profile, *, as_json: bool) -> int:
    """Everything that would keep this profile from starting; OK when nothing would.

    A demonstration's file that is in order is told, too, what production would say of it; and any that is, what is
    worth knowing of it.
    """
    path = settings_file(config)
    try:
        settings = _read(path, root, profile)
    except SettingsWrong as problem:
        return _say(path, None, Found(list(problem.faults)), as_json=as_json)
    faults = list(_faults(settings, profile, root))
    later = [] if faults or profile is Profile.PRODUCTION else list(_faults(settings, Profile.PRODUCTION, root))
    notes = [] if faults else list(_notes(settings))
    return _say(path, settings, Found(faults, later, notes), as_json=as_json)


@dataclass(frozen=True, slots=True)
class Found:
    """What keeps it from starting, what would keep production from it, and what is right and worth knowing."""

    faults: list[str]
    later: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])


def _read(path: Path, root: Path, profile: Profile) -> Settings:
    """As a start of that profile reads them: production has neither backend nor simulators to fill in."""
    return read_settings(path, {"workdir": str(root)} | (_KNOWN_LATER if profile is Profile.DEMO else {}))


def _faults(settings: Settings, profile: Profile, root: Path) -> Iterator[str]:
    for name, section in sections_of(settings).items():
        try:
            yield from _faults_of(name, section, profile)
        except SettingsWrong as problem:
            yield from problem.faults
        except plugins.PluginMissing as problem:
            yield f"[{name}] {problem}"
    try:
        lay_foundation(settings, profile, Workdir(root), SystemClock())
    except (SettingsWrong, CannotStart) as problem:
        yield str(problem)


def _faults_of(name: str, section: DriverSection, profile: Profile) -> Iterator[str]:
    """Raises SettingsWrong for what the driver would not take."""
    if profile is Profile.PRODUCTION and is_simulated(name, section):
        yield f'[{name}] driver = "{section.driver}": 模拟的，正式环境不用 · simulated: refused in production'
        return
    left = [key for key, value in section.options.items() if any(f"{{{each}}}" in str(value) for each in _KNOWN_LATER)]
    for key in left:
        yield f"[{name}] {key}: 还是演示用的占位，请填上真的 · still the demonstration's placeholder"
    if not left:
        read_options(keys_of(name, section), section.options, name)


def _notes(settings: Settings) -> Iterator[str]:
    """Of drivers whose settings were taken."""
    for name, section in sections_of(settings).items():
        told = read_options(keys_of(name, section), section.options, name)
        if isinstance(told, Remarking):
            yield from (f"[{name}] {remark}" for remark in told.remarks())


def _say(path: Path, settings: Settings | None, found: Found, *, as_json: bool) -> int:
    faults = found.faults
    if as_json:
        whole = settings.model_dump(mode="json") if settings and not faults else {}
        say_json(
            {
                "schema": 1,
                "file": str(path),
                "wrong": faults[0] if faults else None,
                "faults": faults,
                "production": found.later,
                "notes": found.notes,
                **({"settings": whole} if whole else {}),
            }
        )
    else:
        _say_in_words(path, found)
    return OTHER_END if faults else OK


def _say_in_words(path: Path, found: Found) -> None:
    if not found.faults:
        say(f"{path}: 没有错 · in order")
    for fault in found.faults:
        say(f"{path}: {fault.removeprefix(f'{path.name}: ')}")
    for heading, lines in (
        ("正式环境还不能启动 · production would not start:", found.later),
        ("可以启动，值得知道 · it starts, and this is worth knowing:", found.notes),
    ):
        for line in (heading, *(f"  {line}" for line in lines)) if lines else ():
            say(line)
