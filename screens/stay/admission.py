"""The beginning of a stay: what was ordered, then where to go."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import Continued, Left
from kiosk.flow.frontend import Stage
from kiosk.flow.states import Kiosk
from kiosk.flow.stay_states import AdmissionOffered, Admitted
from kiosk.ports.receipt_printer import SlipNotPrinted
from screens import words
from screens.model import PageModel, expect

QML_IMPORT_NAME = "Kiosk.Stay"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AdmissionModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._greeting = self._ward = self._ordered = self._obstacles = self._affirm = ""

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, AdmissionOffered), self.texts(kiosk)
        order = screen.order
        self._greeting = texts.say("bills.greeting", name=screen.person.name.masked())
        self._ward = words.shown(order.ward)
        when = words.day_and_time(order.ordered, texts)
        self._ordered = texts.say("admission.ordered", doctor=words.shown(order.doctor), time=when)
        self._obstacles = texts.say("stay.and").join(words.shown(reason) for reason in order.obstacles)
        self._affirm = texts.say("admission.again" if order.obstacles else "admission.register")
        self.changed.emit()

    @Property(str, notify=changed)
    def greeting(self) -> str:
        return self._greeting

    @Property(str, notify=changed)
    def ward(self) -> str:
        return self._ward

    @Property(str, notify=changed)
    def ordered(self) -> str:
        """Who ordered the stay, and when: so that its patient knows it."""
        return self._ordered

    @Property(str, notify=changed)
    def obstacles(self) -> str:
        """Why it cannot be registered yet, in the hospital's words; empty when it can."""
        return self._obstacles

    @Property(str, notify=changed)
    def affirm(self) -> str:
        return self._affirm

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())

    @Slot()
    def leave(self) -> None:
        self.send(Left())


@QmlElement
class AdmittedModel(PageModel):
    changed = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(stage, parent)
        self._where = self._what = self._number = self._slip = self._deposit = ""
        self._missing = False

    def show(self, kiosk: Kiosk) -> None:
        screen, texts = expect(kiosk.screen, Admitted), self.texts(kiosk)
        told = screen.admission
        step = told.steps[0] if told.steps else None
        self._where = words.shown(step.where) if step else words.pair(told.ward, told.bed, texts)
        self._what = words.pair(*step.surroundings(), texts) if step else ""
        self._number = texts.say("admission.number", number=words.shown(told.visit_no))
        self._slip = words.slip(screen.printed, texts, missing="admission.no_slip", taken="admission.slip")
        self._missing = isinstance(screen.printed, SlipNotPrinted)
        deposit = told.deposit
        self._deposit = texts.say("admission.deposit", amount=words.amount(deposit.total, texts)) if deposit else ""
        self.changed.emit()

    @Property(str, notify=changed)
    def where(self) -> str:
        return self._where

    @Property(str, notify=changed)
    def what(self) -> str:
        """Floor and room of it."""
        return self._what

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._number

    @Property(str, notify=changed)
    def slip(self) -> str:
        return self._slip

    @Property(bool, notify=changed)
    def missing(self) -> bool:
        return self._missing

    @Property(str, notify=changed)
    def deposit(self) -> str:
        """That a deposit is asked for, and how much; empty where none is."""
        return self._deposit

    @Slot()
    def proceed(self) -> None:
        self.send(Continued())

    @Slot()
    def leave(self) -> None:
        self.send(Left())
