"""Which sections of the settings name a driver, and where drivers of that kind are registered."""

from __future__ import annotations

from pydantic import BaseModel

from kiosk import plugins
from kiosk.settings import CERTIFIED, TERMINAL, CertifiedFace, DriverSection, Settings, TerminalMethod

_WAYS = "payments"
_TAKEN_BY = {"devices.document_camera": "cameras"}


def sections_of(settings: Settings) -> dict[str, DriverSection]:
    """Each section that has a driver, by the name it stands under: `devices.scanner`, `hospital`, `payments.wechat`."""
    there: dict[str, object] = dict(settings)
    there |= {f"devices.{name}": section for name, section in settings.devices}
    there |= {f"{_WAYS}.{name}": section for name, section in settings.payments.items()}
    return {name: section for name, section in there.items() if isinstance(section, DriverSection)}


def group_of(name: str) -> str:
    """The entry points `kiosk.GROUP` that a section of the settings chooses from."""
    if name.startswith(f"{_WAYS}."):
        return _WAYS
    return _TAKEN_BY.get(name) or f"{name.rpartition('.')[2].removesuffix('s')}s"


def _served_elsewhere(name: str, section: DriverSection) -> type[BaseModel] | None:
    """What may be set in a section that is served by another section's device; none where it has a driver."""
    if section.driver == TERMINAL and name.startswith(f"{_WAYS}."):
        return TerminalMethod
    return CertifiedFace if section.driver == CERTIFIED and name == "devices.face" else None


def keys_of(name: str, section: DriverSection) -> type[BaseModel]:
    """The keys that a section takes besides `driver`; PluginMissing where nobody registered that driver."""
    return _served_elsewhere(name, section) or plugins.driver(group_of(name), section.driver).settings


def is_simulated(name: str, section: DriverSection) -> bool:
    """Whether production refuses it; PluginMissing as above."""
    return _served_elsewhere(name, section) is None and plugins.driver(group_of(name), section.driver).simulated
