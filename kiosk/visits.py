"""Scripted visits: a person who always does the same, for demonstrations, for CI and for measuring.

A script says what the person does when a page appears; the kiosk itself is the real one.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from kiosk.demo import Simulator
from kiosk.domain.catalogue import Kind
from kiosk.domain.filing import CaseState
from kiosk.domain.money import ZERO, Money, total
from kiosk.domain.personal import Typed
from kiosk.domain.stay import Back
from kiosk.faults import CATALOGUE, Actor, FaultCode
from kiosk.filing.course import Dossier, Stage
from kiosk.flow.consent import fingerprint
from kiosk.flow.events import (
    AllBillsChosen,
    AnotherWayChosen,
    BillChosen,
    Continued,
    Entered,
    FaceAgreed,
    FieldFilled,
    FilingWanted,
    InsuranceChosen,
    Intent,
    KeyOffered,
    Left,
    LineReopened,
    MethodChosen,
    OptionPicked,
    OtherMethodWanted,
    PaperWanted,
    Retried,
    Signed,
    Stayed,
    WentBack,
    WhoseChosen,
    WindowChosen,
)
from kiosk.flow.face_states import Asks, FaceAgain, FaceChecking, FaceConsent, FaceDone, FaceElsewhere
from kiosk.flow.rules import Door, Whose
from kiosk.flow.served_states import Choosing, Concluding, Filling, Guiding, Reviewing
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
    Paid,
    ScanningKey,
    Screen,
)
from kiosk.messages import Catalogue
from kiosk.saga.entry import Course, Entry, Mark
from kiosk.saga.facts import ActKind

_END_SECONDS = 120.0
_STUCK_OUT_OF_SERVICE = 5.0
_PAPER_SECONDS = 40.0
_READ_SECONDS = 20.0
_LOOK_SECONDS = 0.02


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
    FAILED = "failed"


Action = str | dict[str, Any]
"""An intent (`continue`, `enter outpatient`, `pay METHOD`), `insert` a card or `lay` an ID card of the script's
person, `paper`, `wait SECONDS`, or a simulator's `{do="remove"}`. `agree` says yes to the camera, `agree both` to the
second question too, `another` chooses the other way. On a page of a service also `fill VALUE`, `pick KEY`,
`change KEY`, `print` and `sign`; `file` files care elsewhere before a bill is paid.
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
    before: str | None = Field(None, description="a script that is played first, in the same work directory")
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
    began: float = 0.0
    ended: float = 0.0


class Player:
    """Does what the script says, on a thread of its own; `watch` is called with every state and never blocks."""

    def __init__(
        self,
        script: Script,
        simulator: Simulator,
        send: Callable[[Intent], None],
        batches: Sequence[str],
        texts: Catalogue,
    ) -> None:
        self._script, self._simulator, self._send, self._batches = script, simulator, send, batches
        self._texts = texts
        self._actions: queue.SimpleQueue[tuple[Action, Kiosk] | None] = queue.SimpleQueue()
        self._last = ""
        self._newest: Kiosk | None = None
        self.trail = Trail(began=time.monotonic())
        self.over = threading.Event()
        self.error: Exception | None = None
        threading.Thread(target=self._work, name="player", daemon=True).start()

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
        if verb in _INTENTS:
            self._send(_INTENTS[verb]())
        elif verb == "whose":
            self._send(WhoseChosen(Whose(argument)))
        elif verb == "enter":
            self._send(Entered(Door(argument)))
        elif verb == "agree":
            self._send(_agreed(state, self._texts, seconded=argument == "both"))
        elif verb == "pay":
            self._send(MethodChosen(argument))
        elif verb == "choose":
            self._choose(state)
        elif verb == "wait":
            self.over.wait(float(argument))
        elif verb in {"paper", "file"}:
            self._wait_for_paper() if verb == "paper" else self._file_first()
        elif verb in {"insert", "lay"}:
            self._simulator.ask(verb, person=self._script.person)
        elif verb in _ANSWERS:
            self._send(_ANSWERS[verb](argument, state))
        else:
            raise ValueError(f"no such action: {action}")

    def _wait_for_paper(self) -> None:
        """As a person does: stand there until receipt and statement have come, or plainly will not."""
        until = time.monotonic() + _PAPER_SECONDS
        while time.monotonic() < until and not self.over.is_set():
            screen = self._newest.screen if self._newest else None
            if isinstance(screen, NextSteps) and all(_paper_done(one) for one in screen.paid):
                return
            if isinstance(screen, AtWindow | Concluding | Guiding) and screen.printed is not None:
                return
            self.over.wait(_LOOK_SECONDS)

    def _file_first(self) -> None:
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

    def _choose(self, state: Kiosk) -> None:
        """The first fresh bill, or the first insurance."""
        screen = state.screen
        if isinstance(screen, ChoosingBill):
            numbers = [batch.batch_no for batch in screen.batches]
            fresh = next((number for number in self._batches if number in numbers), numbers[-1])
            self._send(BillChosen(fresh))
        elif isinstance(screen, ChoosingInsurance):
            self._send(InsuranceChosen(screen.rows[0].insutype))


def _shown(screen: FaceChecking) -> Action:
    """What the person before the camera reads off the page, and the light that falls on them."""
    progress = screen.progress
    light = progress.light
    colour = [light.red, light.green, light.blue] if light else [0, 0, 0]
    return {"do": "shown", "asked": progress.asked, "done": progress.done, "light": colour}


def _agreed(state: Kiosk, texts: Catalogue, *, seconded: bool) -> FaceAgreed:
    """Yes to what this page asks, and to its second question where the script says so."""
    asks = state.screen.asks if isinstance(state.screen, FaceConsent) else Asks.OURS
    return FaceAgreed(fingerprint(state.lang, texts.of(state.lang).say, asks, seconded=seconded), seconded=seconded)


def _paper_done(one: Paid) -> bool:
    return one.paper.receipt is not None and (one.statement is None or one.paper.statement is not None)


_INTENTS: Mapping[str, Callable[[], Intent]] = {
    "all": AllBillsChosen,
    "window": WindowChosen,
    "another": AnotherWayChosen,
    "other": OtherMethodWanted,
    "key": KeyOffered,
    "print": PaperWanted,
    "continue": Continued,
    "back": WentBack,
    "leave": Left,
    "retry": Retried,
    "stay": Stayed,
}


def place_of(screen: Screen) -> str:
    """The name of a state; on a page of a service also of what it asks, because several follow one another."""
    name = type(screen).__name__
    match screen:
        case Filling(desk=desk) | Choosing(desk=Filing() as desk):
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


def _fill(value: str, state: Kiosk) -> Intent:
    """`today`, `new N` for N digits nobody had before, or what is written."""
    screen = state.screen
    if not isinstance(screen, Filling):
        return FieldFilled("", Typed(value))
    kind, _, size = value.partition(" ")
    if kind == "new":
        value = f"{time.monotonic_ns():020d}"[-int(size) :]
    if kind == "today" and isinstance(screen.desk, Filing):
        value = screen.desk.today.isoformat()
    return FieldFilled(screen.desk.asked, Typed(value))


_ANSWERS: Mapping[str, Callable[[str, Kiosk], Intent]] = {
    "fill": _fill,
    "pick": lambda key, _state: OptionPicked(key),
    "change": lambda key, _state: LineReopened(key),
    "sign": lambda _none, _state: Signed(),
}


def outcome_of_case(dossier: Dossier) -> Outcome:
    """What an application came to."""
    case = dossier.case
    if dossier.stage in {Stage.GOING, Stage.SOUGHT}:
        return Outcome.PENDING
    if case is None:
        return Outcome.CANCELLED if dossier.application is None else Outcome.REFUSED
    return Outcome.REFUSED if case.state in {CaseState.REFUSED, CaseState.NOT_SERVED} else Outcome.FILED


def outcome_of(entry: Entry | None, fault: FaultCode | None) -> Outcome:
    """What a visit came to, from its settlement, else from the fault shown."""
    if entry is None:
        if fault is None:
            return Outcome.CANCELLED
        return Outcome.REFUSED if CATALOGUE[fault].actor is Actor.PATIENT else Outcome.FAILED
    if entry.course in {Course.FORWARD, Course.UNDOING, Course.MANUAL} and entry.booking is None:
        return Outcome.PENDING
    if entry.booking is not None and entry.mark(ActKind.CANCEL) is not Mark.DONE:
        return Outcome.SETTLED
    if Mark.DONE in {entry.mark(ActKind.REVERSE), entry.mark(ActKind.CANCEL)}:
        return Outcome.REVERSED
    if entry.mark(ActKind.REFUND) is Mark.DONE:
        return Outcome.REFUNDED
    return Outcome.REFUSED if entry.fault else Outcome.CANCELLED


def outcome_of_trail(entries: Sequence[Entry], trail: Trail) -> Outcome:
    """What a visit came to; one that asked for no money and got its answer is answered."""
    return Outcome.ANSWERED if trail.answered and not entries else outcome_of_all(entries, trail.fault)


def outcome_of_all(entries: Sequence[Entry], fault: FaultCode | None) -> Outcome:
    """What a visit of several bills came to: pending while one is, settled when one is, else what the first came to."""
    each = [outcome_of(entry, fault) for entry in entries] or [outcome_of(None, fault)]
    return next((found for found in (Outcome.PENDING, Outcome.SETTLED) if found in each), each[0])


def outcome_of_visit(entries: Sequence[Entry], dossiers: Sequence[Dossier], trail: Trail) -> Outcome:
    """What a visit came to: its applications where it handed in any, an answer, or what its bills came to."""
    handed = [dossier for dossier in dossiers if dossier.application is not None]
    paid = any(entry.settlement for entry in entries)  # filed on the way: what it came to is the payment
    if handed and not paid:
        return outcome_of_case(handed[-1])
    told = {"Guiding Informed", "Guiding Asking", "Guiding Told"} & set(trail.states)
    return Outcome.ANSWERED if told and not entries else outcome_of_trail(entries, trail)


def _case(dossier: Dossier) -> dict[str, Any]:
    """Numbers and states alone."""
    case = dossier.case
    return {
        "item": dossier.item,
        "stage": dossier.stage.value,
        "case_no": case.case_no if case else None,
        "state": case.state.value if case else None,
        "parts": [{"item": part.item, "state": part.state.value} for part in case.parts] if case else [],
        "score": dossier.score.level if dossier.score else None,
    }


def summary(
    entries: Sequence[Entry], trail: Trail, outcome: Outcome, paper: list[str], dossiers: Sequence[Dossier] = ()
) -> dict[str, Any]:
    """The visit's last line of output, schema 1; amounts are sums over the batches."""
    fault = next((entry.fault for entry in entries if entry.fault), None) or trail.fault
    return {
        "schema": 1,
        "outcome": outcome.value,
        "sid": entries[0].sid if entries else None,
        "fault": fault.value if fault and outcome is not Outcome.SETTLED else None,
        "amounts": _added([amounts_of(entry) for entry in entries] or [amounts_of(None)]),
        "batches": [_batch(entry, trail.fault) for entry in entries],
        "states": trail.states,
        "cases": [_case(dossier) for dossier in dossiers],
        "paper": paper,
        "ms": round((trail.ended - trail.began) * 1000),
    }


def _added(each: Sequence[dict[str, int | None]]) -> dict[str, int | None]:
    """Absent where it is absent from all."""
    sums: dict[str, int | None] = {}
    for name in each[0]:
        known = [amounts[name] for amounts in each if amounts[name] is not None]
        sums[name] = sum(value for value in known if value is not None) if known else None
    return sums


def amounts_of(entry: Entry | None) -> dict[str, int | None]:
    settled = entry.settlement.amounts if entry and entry.settlement else None
    collected = entry.collected if entry else None
    refunded = collected if entry and entry.mark(ActKind.REFUND) is Mark.DONE else Money(0)
    return {
        "medfee_sumamt": settled.medfee_sumamt.fen if settled else None,
        "fund_pay_sumamt": settled.fund_pay_sumamt.fen if settled else None,
        "acct_pay": settled.acct_pay.fen if settled else None,
        "psn_cash_pay": settled.psn_cash_pay.fen if settled else None,
        "collected": collected.fen if collected is not None else None,
        "refunded": refunded.fen if refunded is not None and entry else None,
        "deposits_used": _used(entry).fen if entry else None,
        "deposits_back": total(one.amount for one in entry.returns if one.back is Back.RETURNED).fen if entry else None,
        "deposits_window": total(one.amount for one in entry.returns if one.back is Back.WINDOW).fen if entry else None,
    }


def _used(entry: Entry) -> Money:
    """What of a stay's deposits pays a booked bill: psn_cash_pay = collected + this."""
    return entry.cover.used if entry.booking is not None else ZERO


def _batch(entry: Entry, fault: FaultCode | None) -> dict[str, Any]:
    return {
        "sid": entry.sid,
        "outcome": outcome_of(entry, fault).value,
        "med_type": entry.plan.batch.med_type,
        "setl_id": entry.settlement.setl_id if entry.settlement else None,
        "amounts": amounts_of(entry),
    }


def papers(root: Path, slips: list[dict[str, Any]], since: float) -> list[str]:
    """The simulator's slips, as bytes and picture, and the statements made since a wall time; under `root` where so."""
    found = [Path(slip[kind]) for slip in slips for kind in ("escpos", "png")]
    found += [path for path in (root / "out").glob("*.pdf") if path.stat().st_mtime >= since]
    return sorted(str(path.relative_to(root) if path.is_relative_to(root) else path) for path in found)
