"""What the office said, the slip, and 好差评."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.filing import Case, CaseState, Score
from kiosk.domain.pages import Result
from kiosk.domain.sid import spoken_number
from kiosk.faults import FaultCode
from kiosk.filing.course import Report, Stage
from kiosk.flow import bills
from kiosk.flow.effects import PrintCaseSlip, RateAgain, RateCase
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
from kiosk.flow.offer import CareAway
from kiosk.flow.served_states import Choosing, Concluding, Waiting
from kiosk.flow.services import browse, doctor, vouching, wording
from kiosk.flow.services.desk import Filing, Lodged, Scoring, Submitting, Vouching
from kiosk.flow.services.filling import items_after
from kiosk.flow.turn import Turn, part, wait_anew

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
    if filing.aside is not None:  # the slip keeps what was quoted, whatever became of the filing
        page = wording.with_quotes(page, filing.item, filing.aside, turn.state.rules.book, in_force=_in_force(case))
    slip = slip or filing.aside is not None
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    printing = None
    if slip:
        turn, printing = turn.draw()
        number = case.case_no if case else spoken_number(filing.sid)
        handover, certificate = (case.handover, case.certificate) if case else ("", None)
        turn = turn.ask(PrintCaseSlip(printing, page, number, handover, certificate))
    return turn.show(Concluding(ticket, page, Lodged(filing, case), printing))


def _lodged(turn: Turn, filing: Filing, case: Case) -> Turn:
    rules = turn.state.rules
    page = wording.lodged(filing, case, rules.services, rules.book)
    if case.state in _UNDONE:
        page = wording.with_following(page, items_after(turn, filing.item))
    if case.state is CaseState.UNDER_REVIEW and vouching.offered(turn, Lodged(filing, case)):
        page = replace(page, next=(vouching.option(turn),))
    return _conclude(turn, filing, page, case, slip=True)


def _doubtful(turn: Turn, filing: Filing) -> Turn:
    number, book = spoken_number(filing.sid), turn.state.rules.book
    page = wording.doubtful(filing, number, FaultCode.FILING_UNKNOWN, book)
    return _conclude(turn, filing, page, None, slip=True)


def _not_lodged(turn: Turn, filing: Filing, fault: FaultCode, reason: str, *, refused: bool) -> Turn:
    page = wording.not_lodged(filing, reason, fault, turn.state.rules.book, refused=refused)
    return _conclude(turn, filing, page, None, slip=False)


def _in_force(case: Case | None) -> bool:
    return case is not None and case.state is CaseState.IN_FORCE


def _back_to_bills(turn: Turn, filing: Filing, case: Case | None) -> Turn:
    """Only what is in force changes what anything costs: then the same bills are quoted again, beside what they cost
    before. Otherwise the person looks at their bills anew, or not at all.
    """
    aside = filing.aside
    if aside is None:
        return part(turn)
    if case is None or not _in_force(case):
        return bills.begin(turn, filing.person)
    filed = CareAway(before=aside.quoted, case_no=case.case_no)
    return bills.quote(turn, aside.bills, aside.queue, aside.others, filed)


def _is_rated(turn: Turn, filing: Filing) -> bool:
    """Not in the middle of a payment: whoever pays is not asked for marks."""
    return filing.aside is None and filing.item.rated and bool(turn.state.rules.services.ratings)


def concluding(turn: Turn, screen: Concluding, desk: Lodged, event: Event) -> Turn:
    services = turn.state.rules.services
    match event:
        case Continued() if desk.filing.aside is not None and _in_force(desk.case):
            return _back_to_bills(turn, desk.filing, desk.case)
        case OptionPicked(wording.BILLS) if desk.filing.aside is not None:
            return _back_to_bills(turn, desk.filing, desk.case)
        case SlipWasPrinted(ticket, result) if ticket == screen.slip:
            return turn.show(replace(screen, printed=result))
        case OptionPicked(vouching.HERE) if desk.case is not None and vouching.offered(turn, desk):
            return doctor.begin(turn, Vouching(desk.filing, desk.case))
        case OptionPicked(key) if key in {option.key for option in screen.page.next}:
            return browse.read(turn, services.items[key])
        case Continued() if desk.case is not None and _is_rated(turn, desk.filing):
            return rate(turn, Scoring(desk.filing.item, desk.case, desk.filing.person, desk.filing.sid))
        case Woke(ticket) if ticket == screen.ticket:
            return part(turn)
        case Continued() | Left() | WentBack():
            return part(turn)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.next_steps_page)
        case _:
            return turn


def rate(turn: Turn, desk: Scoring) -> Turn:
    return browse.choose(turn, wording.levels(turn.state.rules.services, desk.item, turn.state.rules.book), desk)


def scoring(turn: Turn, screen: Choosing, desk: Scoring, event: Event) -> Turn:
    services = turn.state.rules.services
    match event:
        case OptionPicked(wording.SKIP) if desk.level is not None:
            return _score(turn, desk, desk.level, ())
        case OptionPicked(key) if desk.level is not None:
            return _score(turn, desk, desk.level, (int(key),)) if key.isdigit() else turn
        case OptionPicked(key) if key.isdigit() and int(key) in {one.level for one in services.ratings}:
            page = wording.labels(services, desk.item, int(key), turn.state.rules.book)
            return browse.choose(turn, page, replace(desk, level=int(key)))
        case OptionPicked(wording.SKIP) | Left() | WentBack() | Continued():
            return _score(turn, desk, desk.level, ()) if desk.level else part(turn)
        case Woke(ticket) if ticket == screen.ticket:
            return _score(turn, desk, desk.level, ()) if desk.level else part(turn)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case _:
            return turn


def _score(turn: Turn, desk: Scoring, level: int, labels: tuple[int, ...]) -> Turn:
    """It leaves by itself, when there is a line; nobody waits for it."""
    score = Score(desk.case.case_no, level, labels)
    return part(turn.ask(RateCase(desk.sid, score) if desk.sid else RateAgain(desk.person, desk.case, score)))
