"""`docs/flows.md`: where every event leads, found by walking the flows themselves from the home page on.

Each page is met with every intent, every fact and every answer it may get; what it becomes is one row. Pages are told
apart by their kind and by what changes their way out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.domain.money import Money
from kiosk.flow.asking import AskingWhose
from kiosk.flow.day_states import ListedDays, QuotedDays
from kiosk.flow.effects import Effect, Wake
from kiosk.flow.events import AccessIntent, DeviceChanged, Event, FaultsChanged, LanguageChosen, MoneyReported
from kiosk.flow.face_states import FaceAgain, FaceChecking
from kiosk.flow.rules import Door, Official, Rules
from kiosk.flow.states import (
    AwaitingCard,
    ChoosingBill,
    EnteringPin,
    Explaining,
    Failed,
    Farewell,
    FindingBills,
    FindingPerson,
    Fixtures,
    Home,
    Kiosk,
    NextSteps,
    Quoting,
    ReadingCard,
    ReadingIdCard,
    Screen,
    StillThere,
)
from kiosk.flow.stay_states import AgentCard
from kiosk.flow.step import held, step
from kiosk.flow.ticket import Ticket
from kiosk.ports.health import DeviceState, Health
from tests.kiosk.flow.crowd import ANSWERS, FACTS, INTENTS, METHODS

_NOTE = "本文由程序生成，不要手改：`.venv/bin/python -m tests.support.documents`。Generated from the code; do not edit."
_MERMAID_LEAVES_OUT = {"Failed", "StillThere", "OutOfService"}


@dataclass(frozen=True)
class Way:
    """One event on one page: where it leads and what is asked for."""

    page: str
    event: str
    to: str
    effects: tuple[str, ...]


@dataclass
class _Place:
    """A state with the effects that were asked for and not yet answered."""

    state: Kiosk
    asked: dict[Ticket, type[Any]] = field(default_factory=dict[Ticket, type[Any]])


def ways() -> list[Way]:
    """Every way from every page, in the order in which a visit meets them."""
    health = {name: Health(DeviceState.ONLINE) for name in ("camera", "face", "id_reader")}
    rules = Rules(
        (Door.OUTPATIENT, Door.ADMISSION, Door.RECEIPTS, Door.REFUND),
        (Door.OUTPATIENT, Door.ADMISSION, Door.RECEIPTS),
        together=True,
        account_choice=True,
        family_choice=True,
        methods=METHODS,
        insurers=True,
        official=Official.BESIDE,
    )
    fixtures = Fixtures(health=health)
    found = _walked(_Place(Kiosk(rules, fixtures=fixtures)))
    entered = Kiosk(replace(rules, card_password=True), fixtures=fixtures)
    return list(found | _walked(_Place(entered), (Home, AskingWhose, AwaitingCard, ReadingCard, EnteringPin)))


def _walked(start: _Place, pages: tuple[type[Any], ...] = (object,)) -> dict[Way, None]:
    """The ways out of these pages, from where `start` stands."""
    seen, found = {_kind_of(start.state)}, dict[Way, None]()
    open_places = deque([start])
    while open_places:
        place = open_places.popleft()
        if not isinstance(place.state.screen, pages):
            continue
        for event in _events(place):
            taken = step(place.state, event)
            stays = taken.state.screen == place.state.screen and not taken.effects
            if stays or isinstance(event, LanguageChosen | AccessIntent):
                continue
            found[_way(place.state.screen, event, taken.state.screen, taken.effects)] = None
            if _kind_of(taken.state) not in seen:
                seen.add(_kind_of(taken.state))
                open_places.append(_Place(taken.state, place.asked | _asked(taken.effects)))
    return found


def _asked(effects: tuple[Effect, ...]) -> dict[Ticket, type[Any]]:
    tickets = [(getattr(effect, "ticket", None), type(effect)) for effect in effects]
    return {ticket: kind for ticket, kind in tickets if ticket is not None}


def _events(place: _Place) -> Iterator[Event]:
    yield from INTENTS
    yield from FACTS
    for ticket in sorted(held(place.state.screen)):
        for make in ANSWERS[place.asked[ticket]]:
            yield make(ticket)


def _kind_of(state: Kiosk) -> tuple[object, ...]:
    """What tells pages apart here: their kind, and what opens or closes a way out of them."""
    screen = state.screen
    details: tuple[object, ...] = ()
    match screen:
        case StillThere(_, resume):
            details = (type(resume).__name__,)
        case AskingWhose(_, door):
            details = (door,)
        case AwaitingCard() | ReadingCard() | ReadingIdCard() | FindingPerson() | EnteringPin():
            details = (screen.door, state.whose)
        case FindingBills(_, person):
            details = (len(person.insurances), state.whose)
        case ChoosingBill(_, person, batches):
            details = (len(batches), len(person.insurances), batches[0].deposit is None, batches[0].stay is None)
        case Quoting(_, bills):
            details = (bills[0].batch.deposit is None, bills[0].batch.stay is None)
        case AgentCard():
            details = (screen.reading is None, screen.door)
        case Failed():
            details = (screen.can_retry, screen.slip is None)
        case FaceChecking() | FaceAgain():
            details = (screen.tries,)
        case Farewell():
            details = (screen.card_in,)
        case NextSteps():
            details = (bool(screen.others), bool(screen.queue))
        case _:
            offer = getattr(screen, "offer", None)
            details = (
                offer is not None and offer.own_part == Money(0),
                bool(getattr(screen, "window", ())),
                getattr(screen, "fault", None),
                getattr(screen, "door", None),
                isinstance(screen, Explaining) and screen.offer.bills[0].bill.batch.stay is None,
                isinstance(screen, ListedDays | QuotedDays) and screen.slip is None,
            )
    return (type(screen).__name__, state.fixtures.card_in, bool(state.fixtures.faults), *details)


def _way(before: Screen, event: Event, after: Screen, effects: tuple[Effect, ...]) -> Way:
    shown = tuple(type(effect).__name__ for effect in effects if not isinstance(effect, Wake))
    return Way(type(before).__name__, _name(event, before), type(after).__name__, tuple(dict.fromkeys(shown)))


def _name(event: Event, screen: Screen) -> str:
    kind = type(event).__name__
    match event:
        case MoneyReported(_, report):
            return f"{kind}: {type(report).__name__}"
        case DeviceChanged(name, health):
            return f"{kind}: {name} {'ok' if health.usable else 'gone'}"
        case FaultsChanged(faults):
            return f"{kind}: {'some' if faults else 'none'}"
        case _:
            for answer in ("answer", "reading", "scan", "result", "verdict"):
                if hasattr(event, answer):
                    return f"{kind}: {type(getattr(event, answer)).__name__.replace('NoneType', 'nothing')}"
    if kind == "Woke":
        return "Woke: patience" if getattr(event, "ticket", None) == getattr(screen, "patience", None) else "Woke"
    return kind


def flows() -> str:
    """The document: a chart of a visit, then a table for each page."""
    found = ways()
    pages = list(dict.fromkeys(way.page for way in found))
    parts = [
        f"# 流程 · Flows\n\n<!-- {_NOTE} -->",
        "一次门诊缴费的页面怎样相接。图里略去了出错页、“您还在吗”和停用页，它们在下面的表里。语言在每一页都能换。",
        "Events are what happened, effects what is asked for then; the tables are complete.",
        _chart(found),
        *(_table(page, [way for way in found if way.page == page]) for page in pages),
    ]
    return "\n\n".join(parts) + "\n"


def _chart(found: list[Way]) -> str:
    edges = dict.fromkeys(
        (way.page, way.to) for way in found if way.page != way.to and not {way.page, way.to} & _MERMAID_LEAVES_OUT
    )
    lines = [f"    {page} --> {to}: {_labels(found, page, to)}" for page, to in edges]
    return "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> Home", *lines, "```"])


def _labels(found: list[Way], page: str, to: str) -> str:
    names = dict.fromkeys(way.event.replace(": ", " ") for way in found if (way.page, way.to) == (page, to))
    return ", ".join(names)


def _table(page: str, found: list[Way]) -> str:
    rows = [f"| {way.event} | {way.to if way.to != page else '—'} | {', '.join(way.effects)} |" for way in found]
    head = [f"## {page}", "", "| 事件 event | 到 to | 要做 effects |", "| --- | --- | --- |"]
    return "\n".join([*head, *dict.fromkeys(rows)])
