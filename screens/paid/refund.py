"""What the hospital takes back: what, under which number, and which window pays it out."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Continued, Left
from kiosk.flow.frontend import Stage
from kiosk.flow.paid_states import Reprinting
from kiosk.flow.states import Kiosk
from kiosk.ports.receipt_printer import SlipNotPrinted
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Paid"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class RefundModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._where = self._what = self._total = self._reasons = self._how = self._slip = ""
        self._missing = self._more = False

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, Reprinting), self.texts(kiosk)
        refund = screen.chosen.refund
        self._where = words.shown(self._stage.site.window) or texts.say("window.any")
        if refund is not None:
            named = texts.say("words.and").join(words.shown(line.name) for line in refund.lines)
            self._what = named
            self._total = texts.say("refund.total", amount=words.amount(refund.total, texts))
            self._how = texts.say("refund.how_too_old" if refund.too_old else "refund.how")
            ours = (texts.say("refund.too_old"),) if refund.too_old else ()
            self._reasons = "\n".join((*(words.shown(reason) for reason in refund.reasons), *ours))
        self._slip = words.slip(screen.printed, texts, missing="refund.no_slip")
        self._missing = isinstance(screen.printed, SlipNotPrinted)
        self._more = len(screen.paid) > 1
        self.changed.emit()

    @Property(str, notify=changed)
    def where(self) -> str:
        return self._where

    @Property(str, notify=changed)
    def what(self) -> str:
        """The items that are taken back."""
        return self._what

    @Property(str, notify=changed)
    def total(self) -> str:
        return self._total

    @Property(str, notify=changed)
    def reasons(self) -> str:
        """Why a window does it: in the hospital's words, and that a payment is too old."""
        return self._reasons

    @Property(str, notify=changed)
    def how(self) -> str:
        """What the window does, and how the difference comes back."""
        return self._how

    @Property(str, notify=changed)
    def slip(self) -> str:
        return self._slip

    @Property(bool, notify=changed)
    def missing(self) -> bool:
        return self._missing

    @Property(bool, notify=changed)
    def more(self) -> bool:
        return self._more

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())

    @Slot()
    def leave(self) -> None:
        self.send(Left())
