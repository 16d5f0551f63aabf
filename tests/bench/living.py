"""A kiosk that runs inside the measuring process, beside real simulators and a real backend."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kiosk.building import Foundation, lay_foundation
from kiosk.demo import Surroundings
from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential
from kiosk.domain.personal import CardNumber, CardSerial, PersonName
from kiosk.engine.clock import SystemClock
from kiosk.flow.states import Kiosk, Screen
from kiosk.installed import config_dir
from kiosk.settings import Profile, read_settings, settings_file

_PATIENCE = 120.0  # of a busy machine


def foundation(around: Surroundings, environment: Mapping[str, str] | None = None) -> Foundation:
    """The demo's settings with these surroundings."""
    settings = read_settings(settings_file(None), around.fill, dict(environment or {}))
    return lay_foundation(settings, Profile.DEMO, around.workdir, SystemClock())


def bare(at: Foundation) -> Foundation:
    """The same kiosk with nothing but what one visit by card and payment code needs."""
    settings = at.settings
    aids = (
        "keypad",
        "speaker",
        "camera",
        "document_camera",
        "paper_judge",
        "face",
        "payment_terminal",
        "guide_light",
        "presence_sensor",
        "power_source",
    )
    devices = settings.devices.model_copy(update=dict.fromkeys(aids))
    services = dict.fromkeys(("filing", "key_server", "voucher_centre"))
    payments = {"scan": settings.payments["scan"]}
    return replace(at, settings=settings.model_copy(update={"devices": devices, "payments": payments, **services}))


def certno(person: str) -> str:
    return str(_described(person)["certno"])


def credential(person: str) -> Credential:
    """What their card says."""
    described = _described(person)
    card = described["card"]
    name, number, serial = PersonName(described["name"]), CardNumber(card["number"]), CardSerial(card["serial"])
    return Credential(CertType.SOCIAL_CARD, number, serial, name)


def _described(person: str) -> dict[str, Any]:
    return tomllib.loads((config_dir() / "people" / f"{person}.toml").read_text(encoding="utf-8"))


class Pages:
    """The newest state, and waiting for one; `show` is called on the loop thread."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._newest: Kiosk | None = None

    def show(self, state: Kiosk) -> None:
        with self._news:
            self._newest = state
            self._news.notify_all()

    def wait_for(self, *wanted: type[Screen]) -> Kiosk:
        with self._news:
            if not self._news.wait_for(lambda: isinstance(self._screen, wanted), _PATIENCE):
                raise TimeoutError(f"{type(self._screen).__name__} instead of {wanted}")
            assert self._newest is not None
            return self._newest

    @property
    def _screen(self) -> Screen | None:
        return self._newest.screen if self._newest else None
