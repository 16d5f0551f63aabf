"""Somebody who touches and presses at random, on the real pages over the real flows.

The flow is stepped here, and its effects are answered at once with anything that may come back; so a hundred thousand
touches pass in minutes. What may never happen is written down in `objections`.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.domain.benefits import Rights
from kiosk.faults import FaultCode
from kiosk.flow.draft_events import DraftWasLeft
from kiosk.flow.effects import (
    AskAway,
    AskCases,
    AskRights,
    AskStanding,
    AttestCase,
    CheckFace,
    ConfirmFiling,
    Effect,
    FindDoctor,
    FindHolder,
    FindPerson,
    LeaveDraft,
    OpenFiling,
    PrintCaseSlip,
    PrintGuide,
    SendPicture,
    Steer,
    TakePicture,
    Wake,
)
from kiosk.flow.events import (
    AwayWasSought,
    CasesWereSought,
    CaseWasAttested,
    DeviceChanged,
    DoctorWasSought,
    Entered,
    Event,
    FieldFilled,
    FilingOpened,
    FilingReported,
    Intent,
    MethodChosen,
    RightsWereSought,
    SlipWasPrinted,
    StandingWasSought,
)
from kiosk.flow.picture_events import PictureWasSent, PictureWasTaken
from kiosk.flow.rules import Door, Official
from kiosk.flow.served_states import Filling
from kiosk.flow.services.desk import Filing
from kiosk.flow.states import AwaitingCard, Cancelling, ChoosingMethod, Farewell, Home, Kiosk, OutOfService
from kiosk.flow.stay_states import AgentCard
from kiosk.flow.step import expects, step, waited_for
from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent
from kiosk.ports.confirming import DoctorFound
from kiosk.ports.filing import Attached, Away, Cases, Kept, Prepared, Standing
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.id_reader import IdCardPlaced
from kiosk.ports.keypad import Key, KeyPressed
from kiosk.ports.photograph import Photograph, PictureTrouble
from kiosk.ports.receipt_printer import SlipPrinted, SlipUnknown
from tests.kiosk.flow import clerk, crowd
from tests.kiosk.flow.crowd import FACTS, HELPFUL, METHODS
from tests.kiosk.flow.hospital_answers import Make, each
from tests.kiosk.flow.test_doctor import HE, ITEM, PLACE, TOLD
from tests.kiosk.flow.test_services_crowd import RECORDS, REPORTS, SLIP
from tests.kiosk.flow.walker import SID
from tests.screens.glass import Glass
from tests.support.people import EMPLOYEE

RULES = replace(
    clerk.rules(),
    relatives=(Door.OUTPATIENT, Door.ADMISSION),
    together=True,
    account_choice=True,
    staff=True,
    insurers=True,
    official=Official.INSTEAD,
    look_up=True,
    methods=METHODS,
    photographs=True,
    place=PLACE,
    confirmed_here=frozenset({ITEM}),
    away_areas=frozenset({EMPLOYEE.insuplc_admdvs}),
)
NEWS = Cases((clerk.CASE, replace(clerk.CASE, case_no="MN2", again=True)), notices=RECORDS.notices, today=clerk.TODAY)
_GONE = NotSent(FaultCode.OFFICE_UNREACHABLE)


def _opened(told: Prepared | NotSent, ticket: Ticket) -> FilingOpened:
    return FilingOpened(ticket, SID, told, clerk.TODAY)


ANSWERS: dict[type[Any], tuple[Make, ...]] = crowd.ANSWERS | {
    OpenFiling: tuple(partial(_opened, told) for told in (clerk.PREPARED, _GONE)),
    LeaveDraft: each(DraftWasLeft, Kept(SLIP, clerk.TODAY), _GONE),
    ConfirmFiling: each(FilingReported, *REPORTS),
    AskAway: each(AwayWasSought, Away(missing=False), Away(missing=True), _GONE),
    FindDoctor: each(DoctorWasSought, DoctorFound(HE), _GONE),
    AttestCase: each(CaseWasAttested, TOLD, _GONE),
    AskCases: each(CasesWereSought, NEWS, _GONE),
    AskRights: each(RightsWereSought, Rights(), Rights(failed=True)),
    TakePicture: each(PictureWasTaken, Photograph(b"", 1, 1), PictureTrouble.DARK, None),
    SendPicture: each(PictureWasSent, Attached("P1"), _GONE),
    AskStanding: each(StandingWasSought, Standing(()), _GONE),
    PrintCaseSlip: each(SlipWasPrinted, SlipPrinted(), SlipUnknown()),
    PrintGuide: each(SlipWasPrinted, SlipPrinted(), SlipUnknown()),
    FindHolder: crowd.ANSWERS[FindPerson],
}
"""What may come back for each effect, the usual answer first."""
THERE = (*HELPFUL[6:], DeviceChanged("document_camera", Health(DeviceState.ONLINE)))
"""A card that is taken, faults that end, devices that are there."""
SECRETS = ("张三", "王大山", "111111", "000000000000000000", "134500000000000001", "13900000000", "13800000000")
"""Of the invented people and codes of the crowd's answers; the screen masks what it shows of them."""
_KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_5, Qt.Key.Key_F4)


@dataclass
class Monkey:
    glass: Glass
    dice: random.Random
    state: Kiosk = field(default_factory=lambda: Kiosk(RULES))
    asked: list[tuple[type[Any], Ticket]] = field(default_factory=list[tuple[type[Any], Ticket]])
    pages: Counter[str] = field(default_factory=Counter[str])
    pressed: tuple[str, str] | None = None
    exits: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    alarms: set[Ticket] = field(default_factory=set[Ticket])
    objections: list[str] = field(default_factory=list[str])
    acts: int = 0

    def play(self, acts: int) -> None:
        """So many touches and keys; between them the world answers."""
        self._show()
        while self.acts < acts and not self.objections:
            self.acts += 1
            self._act()
            self._hear()
            self._answer()
            if self.acts % 500 == 0:
                self._judge()
            self._move()

    def _move(self) -> None:
        """Between visits, to a site that wants the card's password: for a thousand acts in four."""
        wanted = self.acts % 4_000 >= 3_000
        if isinstance(self.state.screen, Home) and self.state.rules.card_password != wanted:
            self.state = replace(self.state, rules=replace(self.state.rules, card_password=wanted))

    def _act(self) -> None:
        """Mostly a finger on something that can be pressed, else anywhere; or a key of keyboard or keypad."""
        luck = self.dice.random()
        if luck < 0.5:
            self._tap(self._target())
        elif luck < 0.7:
            self._tap(QPoint(self.dice.randrange(self.glass.window.width()), self._anywhere()))
        elif luck < 0.85:
            QTest.keyClick(self.glass.window, self.dice.choice(_KEYS))
        else:
            self._meet(KeyPressed(self.dice.choice(tuple(Key))))

    def _anywhere(self) -> int:
        return self.dice.randrange(self.glass.window.height())

    def _target(self) -> QPoint:
        """Something in sight; what led out of a visit before is pressed four times less often, or nobody gets far."""
        pane = self.glass.window.geometry()
        pane.moveTo(0, 0)
        seen = [one for one in self.glass.buttons() or self.glass.controls() if pane.contains(one.centre())]
        if not seen:
            return QPoint(1, 1)
        page = type(self.state.screen).__name__
        target = self.dice.choices(seen, [1 if (page, one.name) in self.exits else 4 for one in seen])[0]
        self.pressed = page, target.name
        return target.centre()

    def _tap(self, at: QPoint) -> None:
        QTest.mouseClick(self.glass.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def _hear(self) -> None:
        for intent in self.glass.intents():
            self._meet(intent)
            if self.pressed and isinstance(self.state.screen, Farewell | Home | Cancelling):
                self.exits.add(self.pressed)
        self.pressed = None

    def _answer(self) -> None:
        """Devices and far parties: mostly well, sometimes ill, sometimes nothing; and time passes."""
        waited = [pair for pair in self.asked[-20:] if pair[0] in ANSWERS and pair[1] in waited_for(self.state)]
        answering = [pair for pair in waited if pair[0] is not Wake]
        luck = self.dice.random()
        if answering and luck < 0.8:
            kind, ticket = self.dice.choice(answering)
            self._meet(self._reply(kind, ticket))
        elif isinstance(self.state.screen, Farewell) and luck > 0.3:
            self._meet(HELPFUL[6])
            for alarm in self.alarms & waited_for(self.state):
                self._meet(ANSWERS[Wake][0](alarm))
        elif waited and 0.8 < luck < 0.83:
            kind, ticket = self.dice.choice(waited)
            self._meet(self.dice.choice(ANSWERS[kind])(ticket))
        elif isinstance(self.state.screen, AwaitingCard) and luck > 0.5:
            self._meet(self.dice.choice((HELPFUL[1], HELPFUL[1], IdCardPlaced())))
        elif isinstance(self.state.screen, ChoosingMethod) and luck > 0.7:
            self._meet(MethodChosen(self.dice.choice(METHODS).name))
        elif isinstance(self.state.screen, AgentCard) and luck > 0.5:
            self._meet(IdCardPlaced())
        elif isinstance(self.state.screen, Home) and luck > 0.8:
            self._meet(Entered(self.dice.choice((Door.OUTPATIENT, Door.OUTPATIENT, *Door))))
        elif isinstance(self.state.screen, Filling) and luck > 0.5:
            self._fill(self.state.screen)
        elif luck > 0.83:
            self._meet(self.dice.choice(HELPFUL[1:2] * 4 + THERE if luck < 0.98 else FACTS))

    def _reply(self, kind: type[Any], ticket: Ticket) -> Event:
        """The usual answer, any answer, or the one that leads to the page it has seen least."""
        makers, luck = ANSWERS[kind], self.dice.random()
        if luck < 0.2:
            return min(self.dice.sample([make(ticket) for make in makers], len(makers)), key=self._seen_after)
        likely = makers[:2] if kind is CheckFace else makers[:1]
        return self.dice.choice(likely if luck < 0.7 else makers)(ticket)

    def _seen_after(self, event: Event) -> int:
        return self.pages[type(step(self.state, event).state.screen).__name__]

    def _fill(self, screen: Filling) -> None:
        """What the field wants: no monkey finds eighteen figures with a check digit."""
        if not isinstance(screen.desk, Filing):
            return
        question = next(one for one in screen.desk.questions if one.key == screen.desk.asked)
        self._meet(FieldFilled(question.key, clerk.answer(question)))

    def _meet(self, event: Event | Intent) -> None:
        if not expects(self.state, event):
            return
        taken = step(self.state, event)
        changed, self.state = taken.state != self.state, taken.state
        for effect in taken.effects:
            self._note(effect)
        self.pages[type(self.state.screen).__name__] += changed
        if changed:
            self._show()
        for effect in taken.effects:
            if isinstance(effect, Steer):
                self.glass.panel.steer(effect.key)

    def _note(self, effect: Effect) -> None:
        ticket = getattr(effect, "ticket", None)
        if ticket is not None:
            self.asked = [*self.asked[-60:], (type(effect), ticket)]
        if isinstance(effect, Wake):
            self.alarms = {alarm for alarm in self.alarms if alarm in waited_for(self.state)} | {effect.ticket}

    def _show(self) -> None:
        self.glass.panel.show(self.state)
        self.glass.rest()
        if isinstance(self.state.screen, Farewell | Home | OutOfService):
            self._nothing_personal()

    def _nothing_personal(self) -> None:
        """On the glass, in what a screen reader would read, in the title, in the clipboard."""
        clipboard = QGuiApplication.clipboard().text()
        told = "\n".join((self.glass.written(), *self._read_aloud(), self.glass.window.title(), clipboard))
        self.objections += [f"{secret} is left at {self.state.screen}" for secret in SECRETS if secret in told]

    def _read_aloud(self) -> list[str]:
        return [button.name for button in self.glass.controls()]

    def _judge(self) -> None:
        """No window but ours; a way out of every page."""
        windows = [window for window in QGuiApplication.topLevelWindows() if window.isVisible()]
        if windows != [self.glass.window]:
            self.objections.append(f"{len(windows)} windows")
        if not self._comes_home():
            self.objections.append(f"no way out of {type(self.state.screen).__name__}")

    def _comes_home(self) -> bool:
        """Nobody touches anything any more, nobody answers: only alarms ring, and a card is taken."""
        state, alarms = self.state, set(self.alarms)
        for _ in range(20):
            if isinstance(state.screen, Home | OutOfService) and state.aid is None:
                return True
            for event in (HELPFUL[6], *map(ANSWERS[Wake][0], sorted(alarms & waited_for(state)))):
                taken = step(state, event)
                state = taken.state
                alarms |= {effect.ticket for effect in taken.effects if isinstance(effect, Wake)}
        return False
