"""What lies over any page: a person was called, or staff come in. The visit beneath goes on, and its page waits.

Money, devices and far parties are answered as ever; only the patience of the page below is not used up meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from kiosk.domain.personal import Voucher
from kiosk.flow.access_states import Aid, Helping, StaffDoor, StaffInside
from kiosk.flow.aid_intents import HelperJoined
from kiosk.flow.effects import CheckStaff, ScanCode, StopScanning
from kiosk.flow.events import (
    AidClosed,
    AidIntent,
    CodeWasScanned,
    HelpCalled,
    StaffCalled,
    StaffCodeEntered,
    StaffWasChecked,
    Woke,
)
from kiosk.flow.phone_states import HandingToPhone
from kiosk.flow.states import (
    AtTerminal,
    AwaitingCode,
    ChoosingMethod,
    Collecting,
    Confirming,
    Farewell,
    Home,
    Kiosk,
    OutOfService,
    Screen,
    Settling,
    ShowingCode,
    StillThere,
)
from kiosk.flow.ticket import Ticket
from kiosk.flow.turn import Reading, Turn, wait_anew
from kiosk.ports.scanner import CodeScanned

_HELP_PAGE = 120.0
_STAFF_DOOR = 60.0
_STAFF_INSIDE = 300.0
"""Seconds: until staff come, until a code is typed, until the door closes behind somebody who forgot it."""

_NOBODY = (Home, OutOfService, Farewell)
_MONEY = (Confirming, ChoosingMethod, AwaitingCode, ShowingCode, AtTerminal, Collecting, HandingToPhone, Settling)


def tickets(aid: Aid | None) -> frozenset[Ticket]:
    """What the aid waits for."""
    if aid is None:
        return frozenset()
    of_door = (aid.scan, aid.checking) if isinstance(aid, StaffDoor) else ()
    return frozenset(ticket for ticket in (aid.ticket, *of_door) if ticket is not None)


def wanted(turn: Turn, intent: AidIntent) -> Turn:
    aid = turn.state.aid
    match intent:
        case HelpCalled() if not isinstance(aid, StaffInside):
            turn, ticket = _closed(turn).alarm(_HELP_PAGE)
            return _over(turn, Helping(ticket))
        case StaffCalled() if turn.state.rules.staff and not isinstance(aid, StaffInside):
            return _open_door(_closed(turn))
        case StaffCodeEntered(code) if isinstance(aid, StaffDoor) and aid.checking is None:
            return _check(turn, aid, code)
        case HelperJoined() if isinstance(aid, StaffInside) and may_help(turn.state):
            turn = _uncover(turn)
            return Turn(replace(turn.state, helper=aid.who), turn.effects)
        case AidClosed() if aid is not None:
            return _uncover(turn)
        case HelpCalled() | StaffCalled() | StaffCodeEntered() | HelperJoined() | AidClosed():
            return turn
        case _ as never:
            assert_never(never)


def may_help(state: Kiosk) -> bool:
    """Whether staff can stay beside somebody now: there is a visit, and its page is not about money."""
    return not isinstance(state.screen, (*_NOBODY, *_MONEY))


def unhelped(turn: Turn) -> Turn:
    """Where money is decided or the visit is over, nobody helps any more: what is paid is the patient's own doing."""
    state = turn.state
    if not state.helper or not isinstance(state.screen, (*_NOBODY, *_MONEY)):
        return turn
    return Turn(replace(state, helper=""), turn.effects)


def answered(turn: Turn, event: Woke | CodeWasScanned | StaffWasChecked) -> Turn:
    """A result for the aid; its ticket was looked at before."""
    aid = turn.state.aid
    match event:
        case Woke():
            return _uncover(turn)
        case CodeWasScanned(_, CodeScanned(code)) if isinstance(aid, StaffDoor):
            return _check(turn, replace(aid, scan=None), code)
        case CodeWasScanned() if isinstance(aid, StaffDoor):
            return _over(turn, replace(aid, scan=None))
        case StaffWasChecked(_, who) if who is not None:
            turn, ticket = turn.ask(StopScanning()).alarm(_STAFF_INSIDE)
            return _over(turn, StaffInside(ticket, who))
        case StaffWasChecked(_, None, wait) if isinstance(aid, StaffDoor):
            turn, ticket = turn.alarm(_STAFF_DOOR)
            return _over(turn, replace(aid, ticket=ticket, checking=None, refused=True, wait=wait))
        case _:
            return turn


def keep_waiting(turn: Turn, screen: Screen) -> Turn:
    """The page below would have ended: it begins its patience anew, because its person waits for help."""
    if not isinstance(screen, Reading):
        return turn
    rules = turn.state.rules
    return wait_anew(turn, screen, rules.still_there if isinstance(screen, StillThere) else rules.read_page)


def outlasts(screen: Screen, event: object) -> bool:
    """Whether this is the end of a page's patience, which help over it puts off."""
    return isinstance(event, Woke) and isinstance(screen, Reading) and event.ticket == screen.ticket


def _open_door(turn: Turn) -> Turn:
    """The scanner looks for a badge, unless the page beneath looks for a code already."""
    turn, ticket = turn.alarm(_STAFF_DOOR)
    if isinstance(turn.state.screen, AwaitingCode):
        return _over(turn, StaffDoor(ticket))
    turn, scan = turn.draw()
    return _over(turn.ask(ScanCode(scan, _STAFF_DOOR)), StaffDoor(ticket, scan))


def _check(turn: Turn, door: StaffDoor, code: Voucher) -> Turn:
    turn, checking = turn.draw()
    return _over(turn.ask(CheckStaff(checking, code)), replace(door, checking=checking))


def _closed(turn: Turn) -> Turn:
    """Whatever lay over the page before; a scanner that looked for a badge is let go."""
    aid = turn.state.aid
    scanning = isinstance(aid, StaffDoor) and aid.scan is not None
    return turn.ask(StopScanning()) if scanning else turn


def _uncover(turn: Turn) -> Turn:
    """Back to the page, with its patience anew."""
    turn = Turn(replace(_closed(turn).state, aid=None), _closed(turn).effects)
    return keep_waiting(turn, turn.state.screen)


def _over(turn: Turn, aid: Aid) -> Turn:
    return Turn(replace(turn.state, aid=aid), turn.effects)
