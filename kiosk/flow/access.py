"""How the person wants to be served: larger and slower, spoken to, by keys, from a chair. It ends with the visit.

Nothing of it is asked for at the start: one tap, one key or a plugged headset is enough, and whoever stands before the
machine may change it on any page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.domain.speech import LEVELS, Sentence
from kiosk.flow.access_states import Access
from kiosk.flow.effects import Say, Steer
from kiosk.flow.events import AccessIntent, AloudChosen, CoverChosen, Focused, LookChosen, LowReachChosen, SpeechChosen
from kiosk.flow.rules import Look
from kiosk.flow.speech import aloud, prompt, speech
from kiosk.flow.states import (
    Home,
    OutOfService,
)
from kiosk.flow.turn import Turn, rest
from kiosk.ports.keypad import Key

_VOLUME = {Key.LOUDER: 1, Key.QUIETER: -1}
_RATE = {Key.FASTER: 1, Key.SLOWER: -1}
ADJUSTING = frozenset({*_VOLUME, *_RATE})
"""Keys that change how it is spoken."""
_HOME_PATIENCE = 120.0


def chosen(turn: Turn, intent: AccessIntent) -> Turn:
    """A choice of the person, understood on every page."""
    access = turn.state.access
    match intent:
        case LookChosen(look):
            turn = Turn(replace(turn.state, look=look), turn.effects)
            care = look is Look.ELDER
            return _linger(_with(turn, replace(access, offered=False, speaking=care or access.speaking)))
        case CoverChosen(covered):
            return _linger(Turn(replace(turn.state, covered=covered), turn.effects))
        case SpeechChosen(on):
            return _linger(_with(turn, replace(access, speaking=on)))
        case AloudChosen(on):
            return _linger(_with(turn, replace(access, aloud=on, speaking=on or access.speaking)))
        case LowReachChosen(on):
            return _linger(_with(turn, replace(access, low=on)))
        case Focused():
            return _speak_focus(turn, intent)
        case _ as never:
            assert_never(never)


def headset(turn: Turn, *, plugged: bool) -> Turn:
    """Plugging in is asking to be spoken to; pulling out leaves the loudspeaker, which tells nothing private."""
    access = turn.state.access
    return _linger(_with(turn, replace(access, speaking=plugged or access.speaking)))


def awaken(turn: Turn) -> Turn:
    """The first key of a visit starts keys and speech and presses nothing: a finger was only finding its way."""
    return _linger(_with(turn, replace(turn.state.access, keypad=True, speaking=True)))


def adjust(turn: Turn, key: Key) -> Turn:
    """Volume and rate, heard at once on what the page says."""
    access = turn.state.access
    volume = _clamped(access.volume + _VOLUME.get(key, 0))
    rate = _clamped(access.rate + _RATE.get(key, 0))
    return repeat(_with(turn, replace(access, volume=volume, rate=rate)))


def repeat(turn: Turn) -> Turn:
    """The page again, then what the keys would press."""
    turn = turn.ask(Say(speech(turn.state, prompt(turn.state))))
    return turn.ask(Steer(Key.REPEAT))


def expired(turn: Turn) -> Turn:
    """Nobody went on at the home page; in a visit the alarm of before it means nothing."""
    if not isinstance(turn.state.screen, Home | OutOfService):
        return _with(turn, replace(turn.state.access, ticket=None))
    return rest(turn)


def offer_care(turn: Turn, age: int) -> Turn:
    """By age, without a question of its own: the pages have a button more."""
    rules = turn.state.rules
    wanted = bool(rules.care_age) and age >= rules.care_age and not turn.state.care
    return _with(turn, replace(turn.state.access, offered=wanted))


def _linger(turn: Turn) -> Turn:
    """At the home page, where no visit would end it, a choice ends by itself when nobody goes on."""
    if not isinstance(turn.state.screen, Home | OutOfService):
        return turn
    turn, ticket = turn.alarm(_HOME_PATIENCE)
    return _with(turn, replace(turn.state.access, ticket=ticket))


def _speak_focus(turn: Turn, focus: Focused) -> Turn:
    """What the keys would press now: at once when they moved there, after the page's prompt when the page did."""
    if not turn.state.access.speaking or not focus.parts:
        return turn
    public = aloud(turn.state, focus.parts)
    said = public or (Sentence("say.private"),)  # how to hear it, where nothing else is left to say
    return turn.ask(Say(speech(turn.state, said, queued=not focus.moved)))


def _with(turn: Turn, access: Access) -> Turn:
    return Turn(replace(turn.state, access=access), turn.effects)


def _clamped(level: int) -> int:
    return min(LEVELS[-1], max(LEVELS[0], level))
