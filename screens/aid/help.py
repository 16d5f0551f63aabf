"""A person is called: where this machine stands, which page it shows, and whom to telephone."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import AidClosed
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Failed, Kiosk, OutOfService
from screens import words
from screens.model import PageModel

QML_IMPORT_NAME = "Kiosk.Aid"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HelpModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._where = self._page = self._call = ""

    def show(self, kiosk: Kiosk) -> None:
        texts, site = self.texts(kiosk), self._stage.site
        place = words.pair(site.place, texts.say("words.terminal", number=site.terminal), texts)
        self._where = texts.say("help.where", place=place)
        self._page = texts.say("help.page", page=context(kiosk))
        self._call = texts.say("help.call", phone=site.help_phone) if site.help_phone else ""
        self.changed.emit()

    @Property(str, notify=changed)
    def where(self) -> str:
        return self._where

    @Property(str, notify=changed)
    def page(self) -> str:
        """What staff can look up: the page's name as the audit has it, and the fault's code."""
        return self._page

    @Property(str, notify=changed)
    def call(self) -> str:
        return self._call

    @Slot()
    def back(self) -> None:
        self.send(AidClosed())


def context(kiosk: Kiosk) -> str:
    """Which page a person needs help with; nothing of the person."""
    screen = kiosk.screen
    name = type(screen).__name__
    return f"{name} {screen.fault.value}" if isinstance(screen, Failed | OutOfService) else name
