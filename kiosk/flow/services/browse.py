"""Before anybody has said who they are: which item, its guide, and the answers by the policy papers."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.catalogue import Item, Kind
from kiosk.domain.pages import Choice, Guide
from kiosk.flow import identify
from kiosk.flow.effects import PrintGuide
from kiosk.flow.events import (
    Continued,
    Event,
    Left,
    OptionPicked,
    PaperWanted,
    SlipWasPrinted,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.rules import Door
from kiosk.flow.served_states import Choosing, Guiding
from kiosk.flow.services import wording
from kiosk.flow.services.desk import Asking, Browsing, Detailed, Filing, Informed, Reading, Recounting, Scoring
from kiosk.flow.turn import Turn, doubt, part, wait_anew
from kiosk.ports.receipt_printer import SlipPrinted


def begin(turn: Turn, event: str = "") -> Turn:
    """The list of everything this kiosk can do or tell of, or of what one event of life takes."""
    rules, scanner = turn.state.rules, not turn.gone("scanner")
    return choose(turn, wording.items(rules.services, rules.book, event, resumes=scanner), Browsing(event))


def choose(turn: Turn, page: Choice, desk: Browsing | Asking | Filing | Recounting | Scoring) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(Choosing(ticket, page, desk))


def guide(turn: Turn, page: Guide, desk: Reading | Asking | Informed | Detailed) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(Guiding(ticket, page, desk))


def browsing(turn: Turn, screen: Choosing, desk: Browsing, event: Event) -> Turn:
    rules = turn.state.rules
    match event:
        case OptionPicked(wording.EVENTS) if rules.services.events:
            return choose(turn, wording.events(rules.services, rules.book), Browsing(wording.EVENTS))
        case OptionPicked(key) if desk.event == wording.EVENTS and key in {one.key for one in rules.services.events}:
            return begin(turn, key)
        case WentBack() if desk.event:
            return begin(turn)
        case OptionPicked(wording.ADVICE) if rules.services.advice:
            return choose(turn, wording.questions(rules.services, rules.book), Asking())
        case OptionPicked(key) if key in rules.services.items:
            return read(turn, rules.services.items[key])
        case WentBack() | Left():
            return part(turn)
        case _:
            return stay(turn, screen, event)


def stay(turn: Turn, screen: Choosing | Guiding, event: Event) -> Turn:
    """What every page of a service does when nobody, or somebody, is still there."""
    match event:
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case PaperWanted() | SlipWasPrinted() if isinstance(screen, Guiding):
            return _on_paper(turn, screen, event)
        case _:
            return turn


def _on_paper(turn: Turn, screen: Guiding, event: Event) -> Turn:
    """One slip at a time; of a page whose slip came out nobody needs a second."""
    match event:
        case PaperWanted() if screen.slip is None and not isinstance(screen.printed, SlipPrinted):
            turn, slip = turn.draw()
            return turn.ask(PrintGuide(slip, screen.page)).show(replace(screen, slip=slip, printed=None))
        case SlipWasPrinted(ticket, result) if ticket == screen.slip:
            return turn.show(replace(screen, slip=None, printed=result))
        case _:
            return turn


def read(turn: Turn, item: Item) -> Turn:
    """一次告知, before identification."""
    rules = turn.state.rules
    return guide(turn, wording.guide(item, rules.services, rules.book), Reading(item))


def reading(turn: Turn, screen: Guiding, desk: Reading, event: Event) -> Turn:
    match event:
        case Continued() if desk.item.kind is Kind.TOLD:
            return begin(turn)
        case Continued():
            return start(turn, desk.item)
        case WentBack():
            return begin(turn)
        case Left():
            return part(turn)
        case _:
            return stay(turn, screen, event)


def start(turn: Turn, item: Item) -> Turn:
    """Now it matters who stands there."""
    door = Door.RIGHTS if item.kind is Kind.ANSWERED else Door.SERVICES
    turn = Turn(replace(turn.state, wish=item.key), turn.effects)
    return identify.begin(turn, door)


def asking(turn: Turn, screen: Choosing, event: Event) -> Turn:
    rules = turn.state.rules
    match event:
        case OptionPicked(key) if (page := wording.answer(rules.services, key, rules.book)) is not None:
            return guide(turn, page, Asking())
        case WentBack():
            return begin(turn)
        case Left():
            return part(turn)
        case _:
            return stay(turn, screen, event)


def answered(turn: Turn, screen: Guiding, event: Event) -> Turn:
    rules = turn.state.rules
    match event:
        case Continued() | WentBack():
            return choose(turn, wording.questions(rules.services, rules.book), Asking())
        case Left():
            return part(turn)
        case _:
            return stay(turn, screen, event)
