"""Please insert your card, or lay down your ID card where there is a plate, and why a first try did not do."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Left
from kiosk.flow.frontend import Stage
from kiosk.flow.states import AwaitingCard, Kiosk
from screens import words
from screens.model import PageModel, expect, takes_codes, takes_id_cards

_OTHERWISE = {
    (False, False): "card.without",
    (True, False): "card.or_id",
    (False, True): "card.or_code",
    (True, True): "card.or_id_or_code",
}
"""By what else is taken: ID cards, codes."""

QML_IMPORT_NAME = "Kiosk.Identify"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CardModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._title = self._what = self._do = self._otherwise = ""

    def show(self, kiosk: Kiosk) -> None:
        again = expect(kiosk.screen, AwaitingCard).again
        texts = self.texts(kiosk)
        self._title = texts.say("card.title")
        self._what, self._do = words.trouble(again, texts)
        self._otherwise = texts.say(_OTHERWISE[takes_id_cards(kiosk), takes_codes(kiosk)])
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        """Whose card is wanted."""
        return self._title

    @Property(str, notify=changed)
    def what(self) -> str:
        """Why the last card did not do; empty on the first try."""
        return self._what

    @Property(str, notify=changed)
    def remedy(self) -> str:
        return self._do

    @Property(str, notify=changed)
    def otherwise(self) -> str:
        """What somebody without a social security card can do."""
        return self._otherwise

    @Slot()
    def leave(self) -> None:
        self.send(Left())
