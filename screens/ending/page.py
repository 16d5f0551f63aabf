"""It is paid: where to go now, and which papers to take."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.visit import Booking, NextStep
from kiosk.flow.events import Continued, Left
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk, NextSteps
from kiosk.messages import Texts
from kiosk.ports.receipt_printer import SlipPrinted
from screens import words
from screens.ending.papers import PaperRow, papers
from screens.model import PageModel, expect
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Ending"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class StepRow:
    """`where` is the huge line; `place` says floor and room."""

    what: str
    where: str
    place: str
    note: str


@dataclass(frozen=True, slots=True)
class Words:
    title: str = ""
    paid: str = ""
    booking: str = ""
    take: str = ""
    others: str = ""
    number: str = ""


@QmlElement
class NextStepsModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._words = Words()
        self._steps = Rows(StepRow, self)
        self._papers = Rows(PaperRow, self)

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, NextSteps), self.texts(kiosk)
        paid, others = screen.payment, screen.bill.others
        self._words = Words(
            title=texts.say("next.title" if paid else "next.title_nothing"),
            paid=texts.say("next.paid", amount=words.amount(paid.amount, texts)) if paid else texts.say("next.nothing"),
            booking=_booking(screen.booking, texts),
            take=_take(screen, kiosk.fixtures.card_in, texts),
            others=texts.say("next.others", count=str(others)) if others else "",
            number=texts.say("next.number", number=screen.number),
        )
        steps = screen.booking.steps if screen.booking else ()
        self._steps.show([_step(at, step, texts) for at, step in enumerate(steps)])
        self._papers.show(papers(screen, texts))
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._words.title

    @Property(str, notify=changed)
    def paid(self) -> str:
        return self._words.paid

    @Property(str, notify=changed)
    def booking(self) -> str:
        """Said when there is no step to show: the hospital has not yet answered, or wants the patient nowhere."""
        return self._words.booking

    @Property(str, notify=changed)
    def take(self) -> str:
        return self._words.take

    @Property(str, notify=changed)
    def others(self) -> str:
        """How many bills are still open; empty when none is."""
        return self._words.others

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._words.number

    @Property(QObject, constant=True)
    def steps(self) -> Rows:
        return self._steps

    @Property(QObject, constant=True)
    def papers(self) -> Rows:
        return self._papers

    @Slot()
    def proceed(self) -> None:
        """Done, or the next bill."""
        self.send(Continued())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


def _booking(booking: Booking | None, texts: Texts) -> str:
    if booking is None:
        return texts.say("next.booking")
    return "" if booking.steps else texts.say("next.no_steps")


def _step(at: int, step: NextStep, texts: Texts) -> StepRow:
    order, what = "then" if at else "first", words.shown(step.what)
    errand = texts.say(f"next.{order}", what=what) if what else texts.say(f"next.{order}_bare")
    return StepRow(errand, words.shown(step.where), words.pair(step.floor, step.room, texts), words.shown(step.note))


def _take(screen: NextSteps, card_in: bool, texts: Texts) -> str:
    """What lies ready for the patient's hand."""
    printed = isinstance(screen.paper.receipt, SlipPrinted)
    match card_in, printed:
        case True, True:
            return texts.say("next.take_both")
        case True, False:
            return texts.say("next.take_card")
        case False, True:
            return texts.say("next.take_paper")
        case _:
            return ""
