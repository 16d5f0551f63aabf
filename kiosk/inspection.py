"""Commands that look and change nothing: settings, faults. Devices: kiosk.drivers; packs: kiosk.packing."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel

from kiosk import plugins
from kiosk.building import CannotStart, lay_foundation
from kiosk.engine.clock import SystemClock
from kiosk.faults import CATALOGUE
from kiosk.settings import (
    CERTIFIED,
    TERMINAL,
    CertifiedFace,
    DriverSection,
    Profile,
    Settings,
    SettingsWrong,
    TerminalMethod,
    read_options,
    read_settings,
    settings_file,
)
from kiosk.terminal import OK, OTHER_END, say, say_json
from kiosk.workdir import Workdir

_GROUPS = {
    "devices.card_reader": "card_readers",
    "devices.id_reader": "id_readers",
    "devices.scanner": "scanners",
    "devices.keypad": "keypads",
    "devices.speaker": "speakers",
    "devices.receipt_printer": "receipt_printers",
    "devices.page_printer": "page_printers",
    "devices.camera": "cameras",
    "devices.document_camera": "cameras",
    "devices.paper_judge": "paper_judges",
    "devices.face": "faces",
    "devices.payment_terminal": "payment_terminals",
    "devices.guide_light": "guide_lights",
    "devices.presence_sensor": "presence_sensors",
    "devices.power_source": "power_sources",
    "devices.face_terminal": "face_terminals",
    "confirming": "confirmings",
    "insurer": "insurers",
    "face_platform": "face_platforms",
    "settlement": "settlements",
    "hospital": "hospitals",
    "filing": "filings",
    "documents": "documents",
    "key_server": "key_servers",
    "voucher_centre": "voucher_centres",
    "social_code": "social_codes",
}


def _settings(config: Path | None, root: Path) -> Settings:
    return read_settings(settings_file(config), {"workdir": str(root)}, dict(os.environ))


def check_settings(config: Path | None, root: Path, *, as_json: bool) -> int:
    """Read everything a start would read; the first thing that is wrong is named."""
    path = settings_file(config)
    try:
        settings = _settings(config, root)
        for name, section in _sections(settings).items():
            read_options(_options_of(name, section), section.options, name)
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
        "documents": settings.documents,
    }
    extras = {
        "devices.id_reader": devices.id_reader,
        "devices.page_printer": devices.page_printer,
        "devices.camera": devices.camera,
        "devices.face": devices.face,
        "devices.face_terminal": devices.face_terminal,
        "confirming": settings.confirming,
        "insurer": settings.insurer,
        "face_platform": settings.face_platform,
        "key_server": settings.key_server,
        "voucher_centre": settings.voucher_centre,
        "social_code": settings.social_code,
        "devices.payment_terminal": devices.payment_terminal,
        "devices.guide_light": devices.guide_light,
        "devices.presence_sensor": devices.presence_sensor,
        "devices.power_source": devices.power_source,
        "devices.keypad": devices.keypad,
        "devices.speaker": devices.speaker,
    }
    methods = {f"payments.{name}": section for name, section in settings.payments.items()}
    return sections | methods | {name: section for name, section in extras.items() if section is not None}


def _options_of(name: str, section: DriverSection) -> type[BaseModel]:
    """The keys that a section takes: its driver's, or those of a way that has no driver of its own."""
    if section.driver == TERMINAL and name.startswith("payments."):
        return TerminalMethod
    if section.driver == CERTIFIED and name == "devices.face":
        return CertifiedFace
    return plugins.driver(_group(name), section.driver).settings


def _group(name: str) -> str:
    """The entry points that a section of the settings chooses from."""
    return _GROUPS[name] if name in _GROUPS else name.partition(".")[0]


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
