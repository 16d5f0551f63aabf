"""Behind the staff's door: how each device is, and which faults stop settling."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow import aid
from kiosk.flow.access_states import StaffInside
from kiosk.flow.aid_intents import HelperJoined
from kiosk.flow.events import AidClosed
from kiosk.flow.frontend import Stage
from kiosk.flow.states import (
    Kiosk,
)
from kiosk.messages import Texts
from kiosk.ports.health import Health
from screens.model import PageModel
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Aid"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class DeviceRow:
    title: str
    health: str
    well: bool


@dataclass(frozen=True, slots=True)
class FaultRow:
    code: str
    what: str


@QmlElement
class InsideModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._who = self._faultless = ""
        self._can_help = False
        self._devices, self._faults = Rows(DeviceRow, self), Rows(FaultRow, self)

    def show(self, kiosk: Kiosk) -> None:
        inside, texts = kiosk.aid, self.texts(kiosk)
        if not isinstance(inside, StaffInside):
            raise TypeError(f"{type(inside).__name__} is not StaffInside")
        self._who = texts.say("staff.who", who=inside.who)
        self._can_help = aid.may_help(kiosk)
        fixtures = kiosk.fixtures
        self._devices.show([_device(name, health, texts) for name, health in sorted(fixtures.health.items())])
        codes = sorted({*fixtures.faults, *(code for health in fixtures.health.values() for code in health.warnings)})
        self._faults.show([FaultRow(code.value, texts.say(f"fault.{code.value}.what")) for code in codes])
        self._faultless = "" if codes else texts.say("staff.none")
        self.changed.emit()

    @Property(str, notify=changed)
    def who(self) -> str:
        return self._who

    @Property(str, notify=changed)
    def faultless(self) -> str:
        return self._faultless

    @Property(bool, notify=changed)
    def canHelp(self) -> bool:
        """Whether somebody stands there who can be helped now."""
        return self._can_help

    @Property(QObject, constant=True)
    def devices(self) -> Rows:
        return self._devices

    @Property(QObject, constant=True)
    def faults(self) -> Rows:
        return self._faults

    @Slot()
    def join(self) -> None:
        self.send(HelperJoined())

    @Slot()
    def leave(self) -> None:
        self.send(AidClosed())


def _device(name: str, health: Health, texts: Texts) -> DeviceRow:
    message = f"staff.device.{name}"
    title = texts.say(message) if message in texts else texts.say("staff.device.other", name=name)
    return DeviceRow(title, texts.say(f"staff.state.{health.state}"), health.usable)
