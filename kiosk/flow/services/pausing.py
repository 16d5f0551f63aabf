"""A form that is left half-way goes on at another kiosk or at a window: a slip bears the office's code for it.

The code names nobody. Whoever holds it says who they are before anything is opened, and the office refuses a slip that
is somebody else's, is over, or was used.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.catalogue import Kind
from kiosk.domain.filing import item_of_draft
from kiosk.domain.pages import Choice, Ending, Heading, Option, Point, Result, Wait, Words
from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.flow.draft_events import DraftWasLeft
from kiosk.flow.effects import LeaveDraft, PrintCaseSlip, ScanCode, StopScanning
from kiosk.flow.events import (
    CodeWasScanned,
    Continued,
    DeviceChanged,
    Event,
    Left,
    OptionPicked,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.served_states import Choosing, Concluding, Waiting
from kiosk.flow.services import browse, filling, wording
from kiosk.flow.services.desk import Browsing, Filing, Lodged, Pausing, Resuming
from kiosk.flow.services.parting import GO, SLIP, STAY
from kiosk.flow.turn import Turn, doubt, part
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.filing import Kept
from kiosk.ports.scanner import CodeRejected, CodeScanned

LIST = "list"


def offering(turn: Turn, screen: Choosing, desk: Pausing, event: Event) -> Turn:
    match event:
        case OptionPicked(key) if key == SLIP:
            return _leave(turn, desk)
        case OptionPicked(key) if key == GO:
            return part(turn)
        case OptionPicked(key) if key == STAY:
            return filling.go_on(turn, desk.filing)
        case WentBack():
            return filling.go_on(turn, desk.filing)
        case Left():
            return part(turn)
        case _:
            return browse.stay(turn, screen, event)


def _leave(turn: Turn, desk: Pausing) -> Turn:
    book = turn.state.rules.book
    turn, ticket = turn.draw()
    turn, patience = turn.wake(turn.state.rules.patient_waits)
    page = Wait(Heading(desk.filing.item.name), book.say("services.pause.wait"))
    return turn.ask(LeaveDraft(ticket, desk.filing.sid)).show(Waiting(ticket, patience, page, desk))


def leaving(turn: Turn, screen: Waiting, desk: Pausing, event: Event) -> Turn:
    match event:
        case DraftWasLeft(_, Kept(code) as kept) if code:
            return _on_paper(turn, desk.filing, kept)
        case DraftWasLeft(_, NotSent(fault) | Unknown(fault)):
            return _without(turn, desk.filing, fault)
        case DraftWasLeft(_, Refused(fault, reason)):
            return _without(turn, desk.filing, fault, reason)
        case DraftWasLeft():  # an office that keeps drafts and gives no codes
            return _without(turn, desk.filing)
        case Woke(ticket) if ticket == screen.patience:
            return _without(turn, desk.filing, FaultCode.OFFICE_UNREACHABLE)
        case _:
            return turn


def _on_paper(turn: Turn, filing: Filing, kept: Kept) -> Turn:
    book = turn.state.rules.book
    points = [Point(book.say("services.pause.how"), book.say("services.pause.how_text"))]
    if kept.until is not None:
        points.insert(0, Point(book.say("services.pause.until"), wording.day_of_year(kept.until, book)))
    page = _ended(filing, Ending.ACCEPTED, book.say("services.pause.kept_text"), book, points=tuple(points))
    turn, slip = turn.draw()
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    turn = turn.ask(PrintCaseSlip(slip, page, "", kept.code))
    return turn.show(Concluding(ticket, page, Lodged(filing), slip))


def _without(turn: Turn, filing: Filing, fault: FaultCode | None = None, reason: str = "") -> Turn:
    """No code came: what was filled in is on this kiosk's disk for a day, and that is all there is to promise."""
    book = turn.state.rules.book
    text = Words(reason) if reason else book.say("services.pause.here_only")
    page = _ended(filing, Ending.REFUSED, text, book, code=str(fault) if fault else "")
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    return turn.show(Concluding(ticket, page, Lodged(filing)))


def _ended(
    filing: Filing, ending: Ending, text: Words, book: Phrasebook, *, points: tuple[Point, ...] = (), code: str = ""
) -> Result:
    kind = "kept" if ending is Ending.ACCEPTED else "not_kept"
    title = book.say(f"services.pause.{kind}")
    return Result(Heading(filing.item.name), ending, title, text, points=points, code=code)


def wanted(turn: Turn, desk: Browsing, event: Event) -> bool:
    """Whether somebody at the list of items has brought a slip, and there is something to read it with."""
    return event == OptionPicked(wording.RESUME) and not desk.event and not turn.gone("scanner")


def resume(turn: Turn, again: str = "") -> Turn:
    """The slip first, then who it is: the scanner looks until a code comes or somebody turns away."""
    if turn.gone("scanner"):
        return browse.begin(turn)
    rules = turn.state.rules
    turn, ticket = turn.wake(rules.read_page)
    turn, scan = turn.draw()
    back = Option(LIST, rules.book.say("services.resume.list"))
    hint = rules.book.say(f"services.resume.{again or 'hint'}")
    head, title = Heading(rules.book.say("services.resume.head")), rules.book.say("services.resume.title")
    page = Choice(head, title, (back,), hint)
    wait = ScanCode(scan, turn.state.patience(rules.read_page))
    return turn.ask(StopScanning(), wait).show(Choosing(ticket, page, Resuming(), scan))


def resuming(turn: Turn, screen: Choosing, event: Event) -> Turn:
    match event:
        case CodeWasScanned(_, CodeScanned(code)):
            return _scanned(turn, code)
        case CodeWasScanned(_, CodeRejected()):
            return resume(turn, "unreadable")
        case OptionPicked(key) if key == LIST:
            return browse.begin(turn.ask(StopScanning()))
        case WentBack() | Continued():
            return browse.begin(turn.ask(StopScanning()))
        case DeviceChanged() if turn.gone("scanner"):
            return browse.begin(turn)
        case Left():
            return part(turn.ask(StopScanning()))
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            return resume(turn)
        case _:
            return turn


def _scanned(turn: Turn, code: Voucher) -> Turn:
    """What it continues stands in it; whether it is genuine, and whose, the office says once somebody is known."""
    said = code.reveal()
    item = turn.state.rules.services.items.get(item_of_draft(said) or "")
    if item is None or item.kind is not Kind.FILED:
        return resume(turn, "other_code")
    return browse.start(Turn(replace(turn.state, draft=said), turn.effects), item)
