"""What is taken back of a paid bill: which items, how it was paid, what is settled anew, and why."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.money import total
from kiosk.domain.visit import Redress
from kiosk.flow.events import Continued, Left
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Confirming, Kiosk
from kiosk.messages import Texts
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Paid"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BackModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._amount = self._caption = self._paid = self._what = self._again = self._how = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, Confirming), self.texts(kiosk)
        batch, redress = screen.offer.bills[0].bill.batch, screen.offer.redress
        if redress is None:
            raise TypeError("nothing that was paid is taken back")
        self._caption = texts.say("back.exact" if redress.whole else "back.lines")
        back = redress.payments if redress.whole else redress.lines
        self._amount = words.amount(total(one.amount for one in back), texts)
        self._paid = _paid(redress, texts)
        self._what = texts.say("words.and").join(words.shown(line.name) for line in redress.lines)
        again = texts.say("back.again", total=words.amount(batch.total, texts))
        self._again = texts.say("back.none_again") if redress.whole else again
        self._how = texts.say("back.how_whole" if redress.whole else "back.how")
        self.changed.emit()

    @Property(str, notify=changed)
    def caption(self) -> str:
        """What the sum is: before the rest is settled anew nobody knows what comes back of a part."""
        return self._caption

    @Property(str, notify=changed)
    def amount(self) -> str:
        return self._amount

    @Property(str, notify=changed)
    def paid(self) -> str:
        """What was paid by which channel: the way it goes back."""
        return self._paid

    @Property(str, notify=changed)
    def what(self) -> str:
        """The items that are taken back."""
        return self._what

    @Property(str, notify=changed)
    def again(self) -> str:
        """What is settled anew."""
        return self._again

    @Property(str, notify=changed)
    def how(self) -> str:
        """What happens, and why the sum is the new settlement's to say."""
        return self._how

    @Slot()
    def agree(self) -> None:
        self.send(Continued())

    @Slot()
    def decline(self) -> None:
        self.send(Left())


def _paid(redress: Redress, texts: Texts) -> str:
    each = [
        texts.say("back.channel", channel=words.channel(one.channel, texts), amount=words.amount(one.amount, texts))
        for one in redress.payments
    ]
    return texts.say("back.paid", channels=texts.say("words.and").join(each))
