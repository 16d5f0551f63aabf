"""What the office said, the slip, and 好差评."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.filing import Case, CaseState, Score
from kiosk.domain.pages import Result
from kiosk.domain.sid import spoken_number
from kiosk.faults import FaultCode
from kiosk.filing.course import Report, Stage
from kiosk.flow.effects import PrintCaseSlip, RateCase
from kiosk.flow.events import (
    Continued,
    Event,
    FilingReported,
    Left,
    OptionPicked,
    SlipWasPrinted,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.served_states import Choosing, Concluding, Waiting
from kiosk.flow.services import browse, wording
from kiosk.flow.services.desk import Filing, Lodged, Scoring, Submitting
from kiosk.flow.services.filling import items_after
from kiosk.flow.turn import Turn, part

_UNDONE = {CaseState.REFUSED, CaseState.NOT_SERVED}


def submitting(turn: Turn, screen: Waiting, desk: Submitting, event: Event) -> Turn:
    match event:
        case FilingReported(_, Report(stage=Stage.LODGED, case=Case() as case)):
            return _lodged(turn, desk.filing, case)
        case FilingReported(_, Report(stage=Stage.DECLINED, fault=fault, reason=reason)):
            return _not_lodged(turn, desk.filing, fault or FaultCode.FILING_REFUSED, reason, refused=True)
        case FilingReported(_, Report(stage=Stage.LOST, fault=fault)):
            return _not_lodged(turn, desk.filing, fault or FaultCode.OFFICE_UNREACHABLE, "", refused=False)
        case FilingReported(_, Report(stage=stage, fault=fault)):
            return turn.show(replace(screen, fault=fault, sought=stage is Stage.SOUGHT))
        case Woke(ticket) if ticket == screen.patience and screen.sought:
            return _doubtful(turn, desk.filing)
        case Woke(ticket) if ticket == screen.patience:
            return _not_lodged(turn, desk.filing, screen.fault or FaultCode.OFFICE_UNREACHABLE, "", refused=False)
        case _:
            return turn


def _conclude(turn: Turn, filing: Filing, page: Result, case: Case | None, *, slip: bool) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    printing = None
    if slip:
        turn, printing = turn.draw()
        number = case.case_no if case else spoken_number(filing.sid)
        turn = turn.ask(PrintCaseSlip(printing, page, number, case.handover if case else ""))
    return turn.show(Concluding(ticket, page, Lodged(filing, case), printing))


def _lodged(turn: Turn, filing: Filing, case: Case) -> Turn:
    rules = turn.state.rules
    page = wording.lodged(filing, case, rules.services.calendar, rules.book)
    if case.state in _UNDONE:
        page = wording.with_following(page, items_after(turn, filing.item))
    return _conclude(turn, filing, page, case, slip=True)


def _doubtful(turn: Turn, filing: Filing) -> Turn:
    number, book = spoken_number(filing.sid), turn.state.rules.book
    page = wording.doubtful(filing, number, FaultCode.FILING_UNKNOWN, book)
    return _conclude(turn, filing, page, None, slip=True)


def _not_lodged(turn: Turn, filing: Filing, fault: FaultCode, reason: str, *, refused: bool) -> Turn:
    page = wording.not_lodged(filing, reason, fault, turn.state.rules.book, refused=refused)
    return _conclude(turn, filing, page, None, slip=False)


def concluding(turn: Turn, screen: Concluding, desk: Lodged, event: Event) -> Turn:
    services = turn.state.rules.services
    match event:
        case SlipWasPrinted(ticket, result) if ticket == screen.slip:
            return turn.show(replace(screen, printed=result))
        case OptionPicked(key) if key in {option.key for option in screen.page.next}:
            return browse.read(turn, services.items[key])
        case Continued() if desk.case is not None and desk.filing.item.rated and services.ratings:
            page = wording.levels(services, desk.filing.item, turn.state.rules.book)
            return browse.choose(turn, page, Scoring(desk.filing, desk.case))
        case Woke(ticket) if ticket == screen.ticket:
            return part(turn)
        case Continued() | Left() | WentBack():
            return part(turn)
        case Stayed():
            turn, ticket = turn.wake(turn.state.rules.next_steps_page)
            return turn.show(replace(screen, ticket=ticket))
        case _:
            return turn


def scoring(turn: Turn, screen: Choosing, desk: Scoring, event: Event) -> Turn:
    services = turn.state.rules.services
    match event:
        case OptionPicked(wording.SKIP) if desk.level is not None:
            return _score(turn, desk, desk.level, ())
        case OptionPicked(key) if desk.level is not None:
            return _score(turn, desk, desk.level, (int(key),)) if key.isdigit() else turn
        case OptionPicked(key) if key.isdigit() and int(key) in {one.level for one in services.ratings}:
            page = wording.labels(services, desk.filing.item, int(key), turn.state.rules.book)
            return browse.choose(turn, page, replace(desk, level=int(key)))
        case OptionPicked(wording.SKIP) | Left() | WentBack() | Continued():
            return _score(turn, desk, desk.level, ()) if desk.level else part(turn)
        case Woke(ticket) if ticket == screen.ticket:
            return _score(turn, desk, desk.level, ()) if desk.level else part(turn)
        case Stayed():
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(replace(screen, ticket=ticket))
        case _:
            return turn


def _score(turn: Turn, desk: Scoring, level: int, labels: tuple[int, ...]) -> Turn:
    """It leaves by itself, when there is a line; nobody waits for it."""
    return part(turn.ask(RateCase(desk.filing.sid, Score(desk.case.case_no, level, labels))))
