"""After a doctor's face was compared: the hospital is told what they confirmed, and the page says what came of it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.confirming import Attested
from kiosk.domain.pages import Ending, Heading, Option, Result, Wait, Words
from kiosk.flow.effects import AttestCase
from kiosk.flow.events import CaseWasAttested, Event, Woke
from kiosk.flow.served_states import Concluding, Waiting
from kiosk.flow.services import wording
from kiosk.flow.services.desk import Lodged, Vouching
from kiosk.flow.turn import Turn
from kiosk.ports.answers import Refused
from kiosk.ports.face import Evidence

HERE = "doctor"
"""The key of the option that has a doctor confirm at this kiosk."""


def offered(turn: Turn, desk: Lodged) -> bool:
    """Where the site wants it: the place is surveyed and signed, our own camera looks, and nobody confirmed yet."""
    rules = turn.state.rules
    waits = desk.case is not None and desk.case.confirmed is None and desk.filing.item.key in rules.confirmed_here
    return waits and rules.place is not None and not rules.certified_faces


def option(turn: Turn) -> Option:
    return Option(HERE, turn.state.rules.book.say("doctor.here"))


def attest(turn: Turn, desk: Vouching, evidence: Evidence) -> Turn:
    """The camera has compared. The key is the case's: said twice, it is one confirmation."""
    book, place = turn.state.rules.book, turn.state.rules.place
    if desk.doctor is None or place is None:
        return turn
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    page = Wait(Heading(desk.filing.item.name), book.say("doctor.sending.title"), book.say("doctor.sending.hint"))
    asked = AttestCase(ticket, f"{desk.filing.sid}-doctor", desk.case.case_no, desk.doctor.number, place, evidence)
    return turn.ask(asked).show(Waiting(ticket, patience, page, desk))


def attesting(turn: Turn, desk: Vouching, event: Event) -> Turn:
    match event:
        case CaseWasAttested(_, Attested() as told):
            return _conclude(turn, replace(desk, case=replace(desk.case, confirmed=told)), "done")
        case CaseWasAttested(_, Refused(reason=reason)):
            return _conclude(turn, desk, "refused", reason)
        case CaseWasAttested() | Woke():
            return _conclude(turn, desk, "unknown")
        case _:
            return turn


def _conclude(turn: Turn, desk: Vouching, how: str, reason: str = "") -> Turn:
    book, case = turn.state.rules.book, desk.case
    endings = {"done": Ending.DONE, "refused": Ending.REFUSED, "unknown": Ending.UNKNOWN}
    points = (wording.confirmed(case.confirmed, book),) if case.confirmed else ()
    page = Result(
        Heading(desk.filing.item.name),
        endings[how],
        book.say(f"doctor.{how}.title"),
        Words(reason) if reason else book.say(f"doctor.{how}.text"),
        case.case_no,
        points,
        next=(option(turn),) if how == "unknown" else (),
    )
    turn, ticket = turn.wake(turn.state.rules.next_steps_page)
    return turn.show(Concluding(ticket, page, Lodged(desk.filing, case)))
