"""May this insurer be told of the bill? Who it is, what it hears and what not, and that nothing depends on a yes."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.consent import fingerprint_for
from kiosk.flow.events import WentBack
from kiosk.flow.frontend import Stage
from kiosk.flow.insurer_events import InsurerAgreedTo
from kiosk.flow.insurer_states import InsurerConsent
from kiosk.flow.states import Kiosk
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Insurer"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class InsurerConsentModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._product = self._insurer = self._consent = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, InsurerConsent), self.texts(kiosk)
        policy = screen.offer.bills[0].bill.batch.policy
        if policy is None:
            raise TypeError("a consent without an insurer")
        self._product = words.shown(policy.product)
        self._insurer = words.pair(words.shown(policy.insurer), words.shown(policy.number), texts)
        self._consent = fingerprint_for(policy, kiosk.lang, texts.say)
        self.changed.emit()

    @Property(str, notify=changed)
    def product(self) -> str:
        return self._product

    @Property(str, notify=changed)
    def insurer(self) -> str:
        """Who insures, and which policy it is, as the hospital masks it."""
        return self._insurer

    @Slot()
    def agree(self) -> None:
        self.send(InsurerAgreedTo(self._consent))

    @Slot()
    def back(self) -> None:
        self.send(WentBack())
