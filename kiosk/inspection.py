"""Commands that look and change nothing: settings, packs, faults. Devices: kiosk.drivers."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk import plugins
from kiosk.app import CannotStart, lay_foundation
from kiosk.engine.clock import SystemClock
from kiosk.faults import CATALOGUE
from kiosk.installed import config_dir
from kiosk.packs.comparing import differences
from kiosk.packs.loading import PackWrong, in_force, read_pack
from kiosk.settings import DriverSection, Profile, Settings, SettingsWrong, read_options, read_settings, settings_file
from kiosk.terminal import NOT_POSSIBLE, OK, OTHER_END, WRONG_USE, complain, say, say_json
from kiosk.workdir import Workdir

_GROUPS = {
    "devices.card_reader": "card_readers",
    "devices.id_reader": "id_readers",
    "devices.scanner": "scanners",
    "devices.receipt_printer": "receipt_printers",
    "devices.page_printer": "page_printers",
    "devices.camera": "cameras",
    "settlement": "settlements",
    "hospital": "hospitals",
    "payment": "payments",
    "documents": "documents",
    "key_server": "key_servers",
}


def _settings(config: Path | None, root: Path) -> Settings:
    return read_settings(settings_file(config), {"workdir": str(root)}, dict(os.environ))


def check_settings(config: Path | None, root: Path, *, as_json: bool) -> int:
    """Read everything a start would read; the first thing that is wrong is named."""
    path = settings_file(config)
    try:
        settings = _settings(config, root)
        for name, section in _sections(settings).items():
            read_options(plugins.driver(_GROUPS[name], section.driver).settings, section.options, name)
        lay_foundation(settings, Profile.DEMO, Workdir(root), SystemClock())
    except (SettingsWrong, plugins.PluginMissing, CannotStart) as problem:
        if as_json:
            say_json({"schema": 1, "file": str(path), "wrong": str(problem)})
        else:
            say(f"{path}: {problem}")
        return OTHER_END
    if as_json:
        say_json({"schema": 1, "file": str(path), "wrong": None, "settings": settings.model_dump(mode="json")})
    else:
        say(f"{path}: in order")
    return OK


def _sections(settings: Settings) -> dict[str, DriverSection]:
    devices = settings.devices
    sections = {
        "devices.card_reader": devices.card_reader,
        "devices.scanner": devices.scanner,
        "devices.receipt_printer": devices.receipt_printer,
        "settlement": settings.settlement,
        "hospital": settings.hospital,
        "payment": settings.payment,
        "documents": settings.documents,
    }
    extras = {
        "devices.id_reader": devices.id_reader,
        "devices.page_printer": devices.page_printer,
        "devices.camera": devices.camera,
        "key_server": settings.key_server,
    }
    return sections | {name: section for name, section in extras.items() if section is not None}


def inspect_packs(action: str, area: str | None, *, as_json: bool) -> int:
    """`verify`: every pack reads and is in force or says since when; `show`: what one holds."""
    folders = sorted(p for p in (config_dir() / "packs").iterdir() if p.is_dir() and area in {None, p.name})
    if not folders:
        complain("no such pack")
        return WRONG_USE
    today, good = SystemClock().now().date(), True
    rows: list[dict[str, object]] = []
    for folder in folders:
        try:
            pack = read_pack(folder)
        except PackWrong as problem:
            rows.append({"area": folder.name, "wrong": str(problem)})
            good = False
            continue
        row: dict[str, object] = {
            "area": pack.area,
            "name": pack.name,
            "version": pack.version,
            "in_force": in_force(pack, today),
        }
        if action == "show":
            row |= {
                "effective": pack.effective.isoformat(),
                "simulated": pack.simulated,
                "settlement": str(pack.settlement),
            }
        rows.append(row)
    if as_json:
        say_json({"schema": 1, "packs": rows})
    else:
        for line in rows:
            say("  ".join(str(value) for value in line.values()))
    return OK if good else OTHER_END


def compare_packs(old: str, new: str, *, as_json: bool) -> int:
    """What changes from one pack to the other, each an area code or a folder; 1 when anything does."""
    try:
        found = differences(_pack_folder(old), _pack_folder(new))
    except PackWrong as problem:
        complain(f"{problem}")
        return NOT_POSSIBLE
    if as_json:
        say_json({"schema": 1, "differences": [{"key": d.key, "old": d.old, "new": d.new} for d in found]})
    else:
        for one in found:
            say(f"{one.key}: {_shown(one.old)} -> {_shown(one.new)}")
    return OTHER_END if found else OK


def _pack_folder(name: str) -> Path:
    """A folder somebody downloaded, or an installed pack by its area code."""
    given = Path(name)
    return given if given.is_dir() else config_dir() / "packs" / name


def _shown(value: str | None) -> str:
    return "-" if value is None else value


def list_faults(*, as_json: bool) -> int:
    """The catalogue; with `kiosk.handbook` the same becomes docs/faults.md."""
    if as_json:
        listing = [
            {
                "code": f.code,
                "name": f.code.name,
                "severity": f.severity,
                "actor": f.actor,
                "money": f.money,
                "cause": f.cause,
            }
            for f in CATALOGUE.values()
        ]
        say_json({"schema": 1, "faults": listing})
    else:
        for fault in CATALOGUE.values():
            say(f"{fault.code}  {fault.code.name:<24} {fault.severity:<11} {fault.actor:<12} {fault.cause}")
    return OK
