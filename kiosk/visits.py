"""Scripted visits: a person who always does the same, for demonstrations, for CI and for measuring.

A script says what the person does when a page appears; the kiosk itself is the real one.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.demo import Elsewhere, Simulator
from kiosk.domain.catalogue import Kind
from kiosk.domain.filing import DRAFT_CODE
from kiosk.faults import FaultCode
from kiosk.flow.consent import fingerprint, fingerprint_for
from kiosk.flow.day_states import ListedDays, QuotedDays
from kiosk.flow.events import (
    BillChosen,
    Entered,
    FaceAgreed,
    FilingWanted,
    InsuranceChosen,
    Intent,
    MethodChosen,
    PictureWanted,
    WhoseChosen,
)
from kiosk.flow.face_states import Asks, FaceAgain, FaceChecking, FaceConsent, FaceDone, FaceElsewhere
from kiosk.flow.insurer_events import InsurerAgreedTo
from kiosk.flow.insurer_states import InsurerConsent
from kiosk.flow.paid_states import ChoosingPaid, Reprinting
from kiosk.flow.phone_states import AtPhone
from kiosk.flow.rules import Door, Whose
from kiosk.flow.served_states import Capturing, Choosing, Concluding, Filling, Guiding, Reviewing, Served
from kiosk.flow.services.desk import Filing, Reading, Scoring, Vouching
from kiosk.flow.states import (
    AtWindow,
    AwaitingCard,
    AwaitingCode,
    ChoosingBill,
    ChoosingInsurance,
    ChoosingMethod,
    Explaining,
    Failed,
    Farewell,
    Home,
    Kiosk,
    NextSteps,
    OutOfService,
    ScanningKey,
    Screen,
)
from kiosk.flow.stay_states import Admitted
from kiosk.messages import Catalogue
from kiosk.pace import Effort, letters
from kiosk.power_cut import PowerCut
from kiosk.scripted import ANSWERS, INTENTS

_END_SECONDS = 120.0
_STUCK_OUT_OF_SERVICE = 5.0
_PAPER_SECONDS = 40.0
_READ_SECONDS = 20.0
_LOOK_SECONDS = 0.02


_WITH_SLIP = AtWindow | AtPhone | Concluding | Guiding | Admitted | Reprinting | ListedDays | QuotedDays


class Outcome(StrEnum):
    """How a visit ended."""

    SETTLED = "settled"
    REFUSED = "refused"
    REVERSED = "reversed"
    REFUNDED = "refunded"
    PENDING = "pending"
    CANCELLED = "cancelled"
    FILED = "filed"
    ANSWERED = "answered"
    HANDED = "handed"
    FAILED = "failed"


Action = str | dict[str, Any]
"""An intent (`continue`, `enter outpatient`, `pay METHOD`), `insert` a card or `lay` an ID card of the script's
person, `paper`, `wait SECONDS`, or a simulator's `{do="remove"}`. `agree` says yes to the camera, or to what an
`insurer` is told, `agree both` to the second question too, `another` chooses the other way. On a page of a service also
`fill VALUE`, `pick KEY`, `pick first` (the line that stands first), `change KEY`, `print`, `picture`, `retake` (one
that will not do), `scan slip` (of an unfinished form) and `sign`; `file` files care elsewhere before a bill is paid.
`account off` leaves the own account alone, `family off` a relative's, `on` uses it again.
`days` opens a stay's day list, `earlier` and `later` leaf through it.
"""


class Script(BaseModel):
    """What the person does: `pages` maps a page (its state's name) to what they do whenever it appears.

    A list of lists is what they do the first time, the second time, and so on; the last is repeated.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(description="what the visit shows")
    person: str = Field(description="a file of config/people")
    bill: str | None = Field(None, description="the scenario of the fresh bill; none: no fresh bill")
    bills: list[str] = Field(default_factory=list, description="the scenarios of several fresh bills, instead of one")
    record: str = Field("", description="the hospital's number they are made under; none: the person's first")
    outcome: Outcome
    fault: FaultCode | None = None
    pages: dict[str, list[Action] | list[list[Action]]]
    doors: list[Door] = Field(default_factory=list, description="doors of the home page that open; none: the settings'")
    misbehave: str = Field("", description="what the far parties do wrong; a backend that is given was told itself")
    paid_at: Literal["", "app", "app begun", "app handed", "app lapsed", "window"] = Field(
        "", description="the till that has paid the fresh bill, or has begun it, or waits for it"
    )
    days_ago: int = Field(0, ge=0, description="how long ago the fresh bill was made and paid")
    before: str | None = Field(None, description="a script that is played first, in the same work directory")
    power_cut: PowerCut | None = Field(None, description="a visit that is played first and loses its kiosk")
    prepare: list[Action] = Field(default_factory=list, description="simulator requests before the visit")
    settings: dict[str, Any] = Field(
        default_factory=dict, description="what of the shipped settings is another for this visit; a site's own stay"
    )

    @property
    def stands_there(self) -> bool:
        """Whether somebody is put before the simulated camera, who then sees what the page shows."""
        listed = [*self.prepare, *(part for page in self.pages.values() for part in page)]
        flat = [each for part in listed for each in (part if isinstance(part, list) else [part])]
        return any(isinstance(each, dict) and each.get("do") == "person" for each in flat)

    @property
    def fresh(self) -> list[str]:
        """The scenarios of the bills that the hospital makes for this visit."""
        return self.bills or ([self.bill] if self.bill else [])

    def actions(self, page: str, time: int) -> list[Action]:
        """What the person does when the page appears for the `time`-th time, counted from 1."""
        listed = self.pages.get(page, [])
        turns = [part for part in listed if isinstance(part, list)]
        if turns:
            return turns[min(time, len(turns)) - 1]
        return [part for part in listed if not isinstance(part, list)]


@dataclass(slots=True)
class Trail:
    """What was seen while the visit ran."""

    states: list[str] = field(default_factory=list)
    fault: FaultCode | None = None
    answered: bool = False
    troubles: list[str] = field(default_factory=list[str])
    began: float = 0.0
    ended: float = 0.0
    effort: Effort = field(default_factory=Effort)
    """Until the outcome of an application is shown."""


class Player:
    """Does what the script says, on a thread of its own; `watch` is called with every state and never blocks."""

    def __init__(
        self,
        script: Script,
        simulator: Simulator,
        send: Callable[[Intent], None],
        batches: Sequence[str],
        texts: Catalogue,
        elsewhere: Elsewhere | None = None,
        slips: Path | None = None,
    ) -> None:
        """In `slips` lie the papers that the simulated printer made."""
        self._script, self._simulator, self._batches = script, simulator, batches
        self._pass_on = send
        self._texts, self._elsewhere, self._slips = texts, elsewhere, slips
        self._actions: queue.SimpleQueue[tuple[Action, Kiosk] | None] = queue.SimpleQueue()
        self._last = ""
        self._newest: Kiosk | None = None
        self.trail = Trail(began=time.monotonic())
        self.over = threading.Event()
        self.error: Exception | None = None
        threading.Thread(target=self._work, name="player", daemon=True).start()

    def _send(self, intent: Intent) -> None:
        """A touch of the glass."""
        if not self._concluded:
            self.trail.effort.taps += 1
        self._pass_on(intent)

    @property
    def _concluded(self) -> bool:
        return Concluding.__name__ in self.trail.states

    def _toil(self, screen: Screen) -> None:
        """What stands on a page that came, and how long it took until the one that says what became of it."""
        effort = self.trail.effort
        if isinstance(screen, Concluding):
            effort.milliseconds = round((time.monotonic() - self.trail.began) * 1000)
        elif isinstance(screen, Served) and not self._concluded:
            effort.letters += letters(screen.page)

    def watch(self, state: Kiosk) -> None:
        self._newest, screen = state, state.screen
        if isinstance(screen, Failed | OutOfService):
            self.trail.fault = screen.fault
        if isinstance(screen, FaceAgain | FaceElsewhere) and screen.fault:
            self.trail.fault = screen.fault
        if isinstance(screen, FaceDone):
            self.trail.fault, self.trail.answered = None, True
        if isinstance(screen, AwaitingCard | AwaitingCode | ChoosingMethod | ScanningKey) and screen.again:
            self.trail.fault = screen.again
        if isinstance(screen, Farewell) and not screen.card_in:
            self._end()
        if isinstance(screen, FaceChecking) and self._script.stands_there:
            self._actions.put((_shown(screen), state))
        name = place_of(screen)
        if name == self._last:
            return
        self._last = name
        if not self._concluded:
            self._toil(screen)
        self.trail.states.append(name)
        if isinstance(screen, Home) and len(self.trail.states) > 1 and self.trail.states[-2] != "OutOfService":
            self._end()
            return
        if isinstance(screen, OutOfService):
            threading.Timer(_STUCK_OUT_OF_SERVICE, self._give_up_service).start()
        for action in self._script.actions(name, self.trail.states.count(name)):
            self._actions.put((action, state))

    def _give_up_service(self) -> None:
        if self._last == OutOfService.__name__:
            self._end()

    def _end(self) -> None:
        if not self.over.is_set():
            self.trail.ended = time.monotonic()
            self.over.set()

    def wait(self, seconds: float = _END_SECONDS) -> bool:
        """Whether the visit came to its end in time."""
        ended = self.over.wait(seconds)
        self.trail.ended = self.trail.ended or time.monotonic()
        self._actions.put(None)
        return ended and self.error is None

    def _work(self) -> None:
        while (item := self._actions.get()) is not None:
            try:
                self._act(*item)
            except Exception as problem:  # noqa: BLE001 - told to whoever waits for the visit
                self.error = problem
                self.over.set()
                return

    def _act(self, action: Action, state: Kiosk) -> None:
        if isinstance(action, dict):
            self._simulator.ask(**action)
            return
        verb, _, argument = action.partition(" ")
        if verb in INTENTS:
            self._send(INTENTS[verb]())
        elif verb == "whose":
            self._send(WhoseChosen(Whose(argument)))
        elif verb == "enter":
            self._send(Entered(Door(argument)))
        elif verb == "agree":
            self._send(_agreed(state, self._texts, seconded=argument == "both"))
        elif verb == "pay":
            self._send(MethodChosen(argument))
        elif verb in _CHOICES:
            _CHOICES[verb](self, argument, state)
        elif verb == "wait":
            self.over.wait(float(argument))
        elif verb in _DEEDS:
            _DEEDS[verb](self)
        elif verb in {"insert", "lay"}:
            self.trail.effort.cards += not self._concluded
            self._simulator.ask(verb, person=self._script.person)
        elif verb in ANSWERS:
            self.trail.effort.taps += 0 if self._concluded else _keys(verb, argument)
            self._send(ANSWERS[verb](argument, state))
        else:
            raise ValueError(f"no such action: {action}")

    def wait_for_paper(self) -> None:
        """As a person does: stand there until receipt and statement have come, or plainly will not."""
        until = time.monotonic() + _PAPER_SECONDS
        while time.monotonic() < until and not self.over.is_set():
            screen = self._newest.screen if self._newest else None
            if isinstance(screen, NextSteps) and not screen.printing:
                return
            if isinstance(screen, _WITH_SLIP) and screen.printed is not None and not _sheet_comes(screen):
                return
            self.over.wait(_LOOK_SECONDS)

    def retake(self) -> None:
        """A picture that will not do, and the words that say so."""
        self._send(PictureWanted())
        until = time.monotonic() + _READ_SECONDS
        while time.monotonic() < until and not self.over.is_set():
            screen = self._newest.screen if self._newest else None
            if not isinstance(screen, Capturing):
                raise ValueError("the picture was taken as it was")
            if screen.page.error and screen.picture is None and screen.page.error.zh not in self.trail.troubles[-1:]:
                self.trail.troubles.append(screen.page.error.zh)
                return
            self.over.wait(_LOOK_SECONDS)

    def pay_on_phone(self) -> None:
        """The patient pays on their phone what waits there, whatever page is shown here."""
        if self._elsewhere is None:
            raise ValueError("nobody has a phone here")
        self._elsewhere.pay_on_phone(self._batches[0])

    def file_first(self) -> None:
        """Wait for the office to say that a filing is missing, as a person reads the page before they touch it."""
        until = time.monotonic() + _READ_SECONDS
        while time.monotonic() < until and not self.over.is_set():
            screen = self._newest.screen if self._newest else None
            if not isinstance(screen, Explaining):
                return
            if screen.offer.away.missing:
                self._send(FilingWanted())
                return
            self.over.wait(_LOOK_SECONDS)

    def scan_slip(self, _: str, __: Kiosk) -> None:
        """The newest slip of an unfinished application is held before the scanner, as somebody does who kept it."""
        papers = sorted(self._slips.glob("*.escpos"), key=lambda path: path.stat().st_mtime) if self._slips else []
        found = [code for path in papers for code in re.findall(DRAFT_CODE.encode(), path.read_bytes())]
        if not found:
            raise ValueError("no slip of an unfinished application was printed")
        self._simulator.ask("scan", code=found[-1].decode("ascii"))

    def sign_elsewhere(self, doctor: str, state: Kiosk) -> None:
        """The doctor signs in the hospital's own system, while the applicant reads that the application was taken."""
        case = state.screen.desk.case if isinstance(state.screen, Concluding) else None
        if case is None or self._elsewhere is None:
            raise ValueError("no case waits for a doctor here")
        self._elsewhere.confirm(case.case_no, doctor)

    def choose(self, _: str, state: Kiosk) -> None:
        """The first fresh bill, or the first insurance."""
        screen = state.screen
        if isinstance(screen, ChoosingBill):
            numbers = [batch.batch_no for batch in screen.batches]
            fresh = next((number for number in self._batches if number in numbers), numbers[-1])
            self._send(BillChosen(fresh))
        elif isinstance(screen, ChoosingPaid):
            numbers = [one.batch.batch_no for one in screen.paid]
            self._send(BillChosen(next((number for number in self._batches if number in numbers), numbers[0])))
        elif isinstance(screen, ChoosingInsurance):
            self._send(InsuranceChosen(screen.rows[0].insutype))


def _keys(verb: str, argument: str) -> int:
    """How many keys of the pad are pressed before the button that goes on; a day is picked as it is offered."""
    if verb != "fill" or argument == "today":
        return 0
    kind, _, size = argument.partition(" ")
    return int(size) if kind == "new" else len(argument)


def _shown(screen: FaceChecking) -> Action:
    """What the person before the camera reads off the page, and the light that falls on them."""
    progress = screen.progress
    light = progress.light
    colour = [light.red, light.green, light.blue] if light else [0, 0, 0]
    return {"do": "shown", "asked": progress.asked, "done": progress.done, "light": colour}


def _agreed(state: Kiosk, texts: Catalogue, *, seconded: bool) -> FaceAgreed | InsurerAgreedTo:
    """Yes to what this page asks, and to its second question where the script says so."""
    screen, say = state.screen, texts.of(state.lang).say
    policy = screen.offer.bills[0].bill.batch.policy if isinstance(screen, InsurerConsent) else None
    if policy is not None:
        return InsurerAgreedTo(fingerprint_for(policy, state.lang, say))
    asks = screen.asks if isinstance(screen, FaceConsent) else Asks.OURS
    return FaceAgreed(fingerprint(state.lang, say, asks, seconded=seconded), seconded=seconded)


def _sheet_comes(screen: object) -> bool:
    """The slip lies there, and the official sheet of the same bill does not yet."""
    return isinstance(screen, Reprinting) and screen.printing


_CHOICES: Mapping[str, Callable[[Player, str, Kiosk], None]] = {
    "choose": Player.choose,
    "signs": Player.sign_elsewhere,
    "scan": Player.scan_slip,
}
_DEEDS: Mapping[str, Callable[[Player], None]] = {
    "paper": Player.wait_for_paper,
    "file": Player.file_first,
    "retake": Player.retake,
    "pays": Player.pay_on_phone,
}
"""What takes as long as it takes."""


def place_of(screen: Screen) -> str:
    """The name of a state; on a page of a service also of what it asks, because several follow one another."""
    name = type(screen).__name__
    match screen:
        case Filling(desk=desk) | Capturing(desk=desk) | Choosing(desk=Filing() as desk):
            return f"{name} {desk.asked}"
        case Choosing(desk=Scoring(level=level)):
            return f"{name} {'Scoring' if level is None else 'Labelling'}"
        case Guiding(desk=Reading(item)) if item.kind is Kind.TOLD:
            return f"{name} Told"
        case Choosing() | Guiding():
            return f"{name} {type(screen.desk).__name__}"
        case Reviewing(desk=Vouching()):
            return f"{name} Vouching"
        case _:
            return name
