"""What a key of the keypad means. The whole kiosk is worked by these; none of them needs sight or the glass."""

from __future__ import annotations

from kiosk.flow import access
from kiosk.flow.effects import Steer
from kiosk.flow.events import AidClosed, Event, HelpCalled, Stayed, WentBack
from kiosk.flow.phone_states import AtPhone
from kiosk.flow.states import AtWindow, AwaitingCode, Kiosk, NextSteps, Patient, StillThere
from kiosk.flow.turn import Turn
from kiosk.ports.keypad import Key


def pressed(turn: Turn, key: Key) -> tuple[Turn, Event | None]:
    """What the key does at once, and the intent that it stands for, if it stands for one."""
    if key is Key.HELP:
        return access.awaken(turn), HelpCalled()
    if not turn.state.access.keypad:
        return access.awaken(turn), None
    if isinstance(turn.state.screen, StillThere) and turn.state.aid is None and key is not Key.BACK:
        return turn, Stayed()
    if key is Key.BACK:
        return turn, AidClosed() if turn.state.aid is not None else WentBack()
    if key is Key.REPEAT:
        return access.repeat(turn), _still_here(turn.state)
    if key in access.ADJUSTING:
        return access.adjust(turn, key), _still_here(turn.state)
    return turn.ask(Steer(key)), _still_here(turn.state)


def _still_here(state: Kiosk) -> Event | None:
    """Who presses keys is there. Not where a stay would interrupt the scanner, or something lies over the page."""
    waits = isinstance(state.screen, Patient | NextSteps | AtWindow | AtPhone) and not isinstance(
        state.screen, AwaitingCode
    )
    return Stayed() if waits and state.aid is None else None
