"""A stay's day list, leafed through one day at a time, before anything is decided."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.day_door import days_of
from kiosk.flow.day_events import DayTurned
from kiosk.flow.day_states import QuotedDays, ReadingDays
from kiosk.flow.events import Continued, Event, Left, MoneyReported, PaperWanted, Stayed, WentBack, Woke
from kiosk.flow.outcome import follow
from kiosk.flow.sheets import DaysWerePrinted, PrintDays
from kiosk.flow.states import ChoosingBill, Explaining
from kiosk.flow.turn import Turn, doubt, leave, wait_anew
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted
from kiosk.ports.receipt_printer import SlipPrinted, SlipUnknown


def reading(turn: Turn, screen: ReadingDays, event: Event) -> Turn:
    match event:
        case DayTurned(later):
            return _leaf(turn, screen, screen.at + (1 if later else -1))
        case PaperWanted() if may_print(screen):
            return _print(turn, screen)
        case DaysWerePrinted(ticket, result) if ticket == screen.slip:
            return turn.show(replace(screen, slip=None, printed=result))
        case Continued() | WentBack():
            return _back(turn, screen)
        case Left():
            return leave(turn, screen)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            return _leaf(turn, screen, screen.at)
        case MoneyReported(_, report) if isinstance(screen, QuotedDays):
            return follow(turn, screen, report)
        case _:
            return turn


def on_paper(screen: ReadingDays) -> bool:
    """Whether it came out, or may have."""
    return isinstance(screen.printed, PagePrinted | SlipPrinted | SlipUnknown)


def may_print(screen: ReadingDays) -> bool:
    """One for the patient and one for whoever keeps the papers at home; nobody needs a third."""
    return screen.slip is None and not (screen.second and on_paper(screen))


def _print(turn: Turn, screen: ReadingDays) -> Turn:
    """On A4 where there is a printer for it; after one that failed, and without any, short from the receipt printer."""
    health = turn.state.fixtures.health.get("page_printer")
    usable = health is not None and health.usable and turn.state.rules.statement
    short = not usable or isinstance(screen.printed, PageNotPrinted)
    turn, slip = turn.draw()
    turn = turn.ask(PrintDays(slip, screen.person, screen.batch, short))
    return turn.show(replace(screen, slip=slip, printed=None, second=screen.second or on_paper(screen)))


def _leaf(turn: Turn, screen: ReadingDays, at: int) -> Turn:
    """There is nothing before the first day, nor after the last."""
    if not 0 <= at < days_of(screen.batch):
        return turn
    return wait_anew(turn, replace(screen, at=at), turn.state.rules.read_page)


def _back(turn: Turn, screen: ReadingDays) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    if isinstance(screen, QuotedDays):
        return turn.show(Explaining(ticket, screen.money, screen.offer))
    return turn.show(ChoosingBill(ticket, screen.person, screen.batches, screen.on_file))
