"""One step of the whole kiosk: an event meets the state it finds.

Facts of the machine change the fixtures whoever stands there; everything else belongs to the screen. A result whose
ticket the screen no longer holds never reaches a flow (`expects`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeGuard, assert_never, get_args

from kiosk.flow import access, aid, keys, pages, session
from kiosk.flow.effects import Effect, Say
from kiosk.flow.events import (
    AccessIntent,
    AidIntent,
    CodeWasScanned,
    DeviceChanged,
    Event,
    Fact,
    FaultsChanged,
    HeadsetChanged,
    LanguageChosen,
    Result,
    StaffWasChecked,
    Woke,
)
from kiosk.flow.guiding import guided
from kiosk.flow.served_states import Reviewing
from kiosk.flow.services import step as services
from kiosk.flow.speech import prompt, speech
from kiosk.flow.states import Farewell, Fixtures, Kiosk, NextSteps, Screen, StillThere
from kiosk.flow.ticket import Ticket
from kiosk.flow.turn import Turn
from kiosk.ports.card_reader import CardInserted, CardRemoved
from kiosk.ports.id_reader import IdCardPlaced
from kiosk.ports.keypad import KeyPressed
from kiosk.ports.presence_sensor import PersonCame, PersonLeft

_RESULTS = get_args(Result)
_FACTS = get_args(Fact)


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from an event. The same state again means: nothing happened."""

    state: Kiosk
    effects: tuple[Effect, ...] = ()


def expects(state: Kiosk, event: Event) -> bool:
    """Whether the state still waits for this result; intents and facts are always expected."""
    return not _is_result(event) or event.ticket in waited_for(state)


def _is_result(event: Event) -> TypeGuard[Result]:
    return isinstance(event, _RESULTS)


def _is_fact(event: Event) -> TypeGuard[Fact]:
    return isinstance(event, _FACTS)


def held(screen: Screen) -> frozenset[Ticket]:
    """The tickets a screen waits for; a screen behind the question "still there?" keeps waiting for its money."""
    names = ("ticket", "patience", "money", "scan", "slip", "official", "reading", "picture", "watch")
    found = {getattr(screen, name, None) for name in names}
    if isinstance(screen, StillThere):
        found |= {getattr(screen.resume, "money", None)}
    if isinstance(screen, NextSteps):
        found |= {*screen.slips, *(ticket for one in screen.paid for ticket in one.papers)}
    return frozenset(ticket for ticket in found if ticket is not None)


def waited_for(state: Kiosk) -> frozenset[Ticket]:
    """Every ticket that is still waited for: by the page, by what lies over it, by choices made at the home page."""
    chosen = {state.access.ticket} if state.access.ticket else set[Ticket]()
    return held(state.screen) | aid.tickets(state.aid) | chosen


def step(state: Kiosk, event: Event) -> Step:
    """The next state and what to do. Pure."""
    if _is_fact(event):
        state = replace(state, fixtures=_note(state.fixtures, event))
    if not expects(state, event):
        return Step(state)
    turn = guided(state, _spoken(state, aid.unhelped(_taken(Turn(state), event))))
    return Step(turn.state, turn.effects)


def _taken(turn: Turn, event: Event) -> Turn:
    """What is understood on every page, then what lies over the page, then the page."""
    state = turn.state
    match event:
        case LanguageChosen(lang):
            return _respoken(Turn(replace(state, lang=lang))) if lang in state.rules.languages else turn
        case KeyPressed(key):
            turn, meant = keys.pressed(turn, key)
            return turn if meant is None else _taken(turn, meant)
        case HeadsetChanged(plugged):
            return access.headset(turn, plugged=plugged)
        case Woke(ticket) if ticket == state.access.ticket:
            return access.expired(turn)
        case Woke() | CodeWasScanned() | StaffWasChecked() if event.ticket in aid.tickets(state.aid):
            return aid.answered(turn, event)
        case _ if isinstance(event, AccessIntent):
            return access.chosen(turn, event)
        case _ if isinstance(event, AidIntent):
            return aid.wanted(turn, event)
        case PersonLeft():
            return session.deserted(turn)
        case _ if state.aid is not None and aid.outlasts(state.screen, event):
            return aid.keep_waiting(turn, state.screen)
        case _:
            return pages.serve(turn, state.screen, event)


def _spoken(before: Kiosk, turn: Turn) -> Turn:
    """A page that says something else than the last one says it; nobody is spoken to who does not want it.

    A card that is left behind is spoken of to everybody, again at each reminder: the next person would have it.
    """
    state = turn.state
    if isinstance(state.screen, Farewell) and state.screen.card_in and state.screen != before.screen:
        return turn.ask(Say(speech(state, prompt(state))))
    told = any(isinstance(effect, Say) for effect in turn.effects)
    begins = state.access.speaking and not before.access.speaking
    if not state.access.speaking:
        return turn.ask(Say(speech(state, ()))) if before.access.speaking else turn
    if told or not (begins or state.lang != before.lang or prompt(state) != prompt(before)):
        return turn
    return turn.ask(Say(speech(state, prompt(state))))


def _respoken(turn: Turn) -> Turn:
    """A review says what was typed in one language; in another it is made anew."""
    screen = turn.state.screen
    return services.respoken(turn, screen) if isinstance(screen, Reviewing) else turn


def _note(fixtures: Fixtures, fact: Fact) -> Fixtures:
    match fact:
        case CardInserted():
            return replace(fixtures, card_in=True)
        case CardRemoved():
            return replace(fixtures, card_in=False)
        case IdCardPlaced():
            return fixtures  # nobody can tell whether it still lies there
        case DeviceChanged(name, health):
            # a reader that is gone cannot tell that its card was taken; coming back it reports the card that is in it
            card_in = fixtures.card_in and (name != "card_reader" or health.usable)
            return replace(fixtures, health={**fixtures.health, name: health}, card_in=card_in)
        case HeadsetChanged(plugged):
            return replace(fixtures, headset=plugged)
        case KeyPressed() | PersonCame() | PersonLeft():
            return fixtures
        case FaultsChanged(faults):
            return replace(fixtures, faults=faults)
        case _ as never:
            assert_never(never)
