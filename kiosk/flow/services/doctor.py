"""A doctor confirms an application at the kiosk, where the site wants it (刷脸＋定位).

Their staff number finds them at the hospital, they read what they are about to confirm, and their own face is compared
with the hospital's picture. Their patient's page of the case is where it begins and ends: nothing of it is lost when a
doctor does not come to an end of it.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.pages import SILENT, Entered, Entry, Field, Form, Heading, Review, Wait, Words
from kiosk.domain.personal import Typed
from kiosk.faults import FaultCode
from kiosk.flow import face
from kiosk.flow.effects import FindDoctor
from kiosk.flow.events import Continued, DoctorWasSought, Event, FieldFilled, Left, Stayed, WentBack, Woke
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.served_states import Filling, Reviewing, Waiting
from kiosk.flow.services.desk import Vouching
from kiosk.flow.turn import Turn, doubt, part, wait_anew
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.confirming import DoctorFound

_LONGEST = 12


def begin(turn: Turn, desk: Vouching, error: Words = SILENT) -> Turn:
    book = turn.state.rules.book
    hint = book.say("doctor.number.hint")
    field = Field(Vouching.NUMBER, book.say("doctor.number.label"), Entry.DIGITS, hint, most=_LONGEST)
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(Filling(ticket, Form(Heading(desk.filing.item.name), field, error), desk))


def numbered(turn: Turn, screen: Filling, desk: Vouching, event: Event) -> Turn:
    match event:
        case FieldFilled(Vouching.NUMBER, value):
            return _seek(turn, desk, value)
        case _:
            return _otherwise(turn, screen, event)


def _seek(turn: Turn, desk: Vouching, value: Typed) -> Turn:
    number, book = value.reveal(), turn.state.rules.book
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST):
        return begin(turn, desk, book.say("services.field.wrong"))
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    page = Wait(Heading(desk.filing.item.name), book.say("doctor.seeking.title"), book.say("doctor.seeking.hint"))
    return turn.ask(FindDoctor(ticket, number)).show(Waiting(ticket, patience, page, desk))


def seeking(turn: Turn, desk: Vouching, event: Event) -> Turn:
    match event:
        case DoctorWasSought(_, DoctorFound(doctor)):
            return review(turn, replace(desk, doctor=doctor))
        case DoctorWasSought(_, Refused(fault) | NotSent(fault) | Unknown(fault)):
            return begin(turn, desk, turn.state.rules.book.say(f"fault.{fault}.what"))
        case Woke():
            return begin(turn, desk, turn.state.rules.book.say(f"fault.{FaultCode.HOSPITAL_UNREACHABLE}.what"))
        case _:
            return turn


def review(turn: Turn, desk: Vouching) -> Turn:
    """What the doctor is about to confirm, of whom, and from where."""
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(Reviewing(ticket, _page(desk, turn), desk))


def _page(desk: Vouching, turn: Turn) -> Review:
    book, lang, place = turn.state.rules.book, turn.state.lang, turn.state.rules.place
    filing, doctor = desk.filing, desk.doctor
    asked = next((one for one in filing.questions if one.key == _DISEASE), None)
    answer = filing.answer_of(_DISEASE)
    named = next((one.label for one in asked.options if answer and one.key == answer.reveal()), None) if asked else None
    where = f"{place.latitude}, {place.longitude}" if place else ""
    lines = [
        _line("patient", Typed(filing.person.name.reveal()), book, private=True),
        _line("disease", Typed(named.of(lang)) if named else answer, book),
        _line("case", Typed(desk.case.case_no), book),
        _line("name", Typed(doctor.name.reveal()) if doctor else None, book),
        _line("department", Typed(doctor.department) if doctor and doctor.department else None, book),
        _line("place", Typed(where) if where else None, book),
    ]
    told = tuple(line for line in lines if line is not None)
    title, affirm = book.say("doctor.review.title"), book.say("doctor.review.affirm")
    return Review(Heading(filing.item.name), title, told, book.say("doctor.review.warning"), affirm)


_DISEASE = "disease"


def _line(key: str, value: Typed | None, book: Phrasebook, *, private: bool = False) -> Entered | None:
    label = book.say(f"doctor.review.{key}")
    return Entered(key, label, value, private, change=False) if value is not None else None


def reviewing(turn: Turn, screen: Reviewing, desk: Vouching, event: Event) -> Turn:
    match event:
        case Continued() if desk.doctor is not None:
            return face.ask_doctor(turn, desk, desk.doctor.portrait)
        case WentBack():
            return begin(turn, replace(desk, doctor=None))
        case _:
            return _otherwise(turn, screen, event)


def _otherwise(turn: Turn, screen: Filling | Reviewing, event: Event) -> Turn:
    match event:
        case Left() | WentBack():
            return part(turn)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case _:
            return turn
