"""Filling in an application: what is known is not asked, what is asked is asked once, and all is read once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.domain.catalogue import Item, Material, Origin, Question, Way
from kiosk.domain.filing import Answers
from kiosk.domain.insured import Person
from kiosk.domain.pages import SILENT, Choice, Heading, Wait, Words
from kiosk.domain.personal import Typed
from kiosk.faults import FaultCode
from kiosk.flow import away, bills
from kiosk.flow.effects import ConfirmFiling, KeepDraft, OpenFiling
from kiosk.flow.events import (
    Continued,
    Event,
    FieldFilled,
    FilingOpened,
    Left,
    LineReopened,
    OptionPicked,
    Signed,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.offer import SetAside
from kiosk.flow.served_states import Choosing, Committing, Filling, Reviewing, Waiting
from kiosk.flow.services import capture, parting, wording
from kiosk.flow.services.checks import acceptable, sound
from kiosk.flow.services.desk import MATERIAL, PART, Filing, Opening, Submitting
from kiosk.flow.turn import Turn, doubt, fail, wait_anew
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.filing import Prepared

ALL_PARTS = "all"
FillingPage = Filling | Choosing | Committing | Reviewing


def begin(turn: Turn, person: Person) -> Turn:
    """Somebody is known now; the office is asked what it has already."""
    item = turn.state.rules.services.items[turn.state.wish]
    return _open(turn, Opening(item, person, code=turn.state.draft))


def begin_aside(turn: Turn, item: str, aside: SetAside) -> Turn:
    """In the middle of a payment, by whoever is known already; the bills are quoted again by what comes of it."""
    told = away.inside_payment(turn.state.rules.services.items[item])
    return _open(turn, Opening(told, aside.bills[0].person, aside))


def _open(turn: Turn, desk: Opening) -> Turn:
    book = turn.state.rules.book
    turn, ticket = turn.draw()
    turn, patience = turn.patience()
    page = Wait(Heading(desk.item.name), book.say("services.opening.title"), book.say("services.opening.hint"))
    turn = turn.ask(OpenFiling(ticket, desk.person, desk.item.key, desk.code))
    return turn.show(Waiting(ticket, patience, page, desk))


def opening(turn: Turn, desk: Opening, event: Event) -> Turn:
    match event:
        case FilingOpened(_, sid, Prepared() as told, today):
            return _fill(turn, desk, sid, told, today)
        case FilingOpened(answer=NotSent(fault) | Unknown(fault)):
            return _unopened(turn, desk, fault)
        case FilingOpened(answer=Refused(fault, reason)):
            return _unopened(turn, desk, fault, reason)
        case Woke():
            return _unopened(turn, desk, FaultCode.OFFICE_UNREACHABLE)
        case _:
            return turn


def _unopened(turn: Turn, desk: Opening, fault: FaultCode, reason: str = "") -> Turn:
    """Whoever was paying may go back to their bills."""
    if desk.aside is None:
        return fail(turn, fault, reason=reason)
    return fail(turn, fault, reason=reason, can_retry=True, person=desk.person)


def _fill(turn: Turn, desk: Opening, sid: str, told: Prepared, today: date) -> Turn:
    rules, item = turn.state.rules, desk.item
    filing = Filing(
        item,
        desk.person,
        sid,
        today,
        parts=tuple(rules.services.items[key] for key in item.parts),
        answers=() if desk.aside else _still_offered(desk.item, told),  # a draft may be of another place and day
        fetched=told.fetched,
        offers=sound(told.offers, item.questions, today),
        aside=desk.aside,
    )
    filing = replace(filing, known=_known(filing, told.known, turn.state.rules.hospital_area))
    if filing.parts and not told.draft:
        return _ask_parts(turn, filing)
    return go_on(turn, filing)


def _still_offered(item: Item, told: Prepared) -> Answers:
    """Of a draft what may still be answered: a referral may have been used meanwhile, or have run out."""
    offered = {question.key for question in item.questions if question.offered}
    there = {(one.question, one.key) for one in told.offers}
    return tuple(pair for pair in told.draft if pair[0] not in offered or (pair[0], pair[1].reveal()) in there)


def _known(filing: Filing, told: Answers, hospital_area: str) -> Answers:
    """What nobody needs to be asked, as far as it would do as an answer."""
    person, on_file = filing.person, dict(told)
    row = next(iter(person.insurances), None)
    values: dict[Origin, Typed | None] = {
        Origin.NAME: Typed(person.name.reveal()),
        Origin.CERTNO: Typed(person.certno.reveal()),
        Origin.AREA: Typed(row.insuplc_admdvs) if row else None,
        Origin.INSURANCE: Typed(row.insutype) if row else None,
        Origin.TODAY: Typed(filing.today.isoformat()),
        Origin.HOSPITAL: Typed(hospital_area) if hospital_area else None,
    }
    found: list[tuple[str, Typed]] = []
    for question in filing.questions:
        value = on_file.get(question.key) if question.origin is Origin.TOLD else None
        if question.origin is not None and question.origin is not Origin.TOLD:
            value = values.get(question.origin)
        if value is not None and (question.locked or acceptable(question, value, filing.today)):
            found.append((question.key, value))
    return tuple(found)


def go_on(turn: Turn, filing: Filing) -> Turn:
    """The next thing that is missing: a field, a material, the promise; then everything once more."""
    if (question := filing.unanswered) is not None:
        return ask(turn, filing, question)
    if (missing := filing.missing) is not None:
        return ask_material(turn, filing, missing)
    return review(turn, filing)


def ask_material(turn: Turn, filing: Filing, wanted: Material) -> Turn:
    """How a material comes that no department has."""
    filing = replace(filing, asked=f"{MATERIAL}{wanted.key}")
    ways = wording.ways_left(wanted, pictures=capture.possible(turn, wanted))
    return _choose(turn, filing, wording.material(filing, wanted, ways, turn.state.rules.book))


def ask(turn: Turn, filing: Filing, question: Question, error: Words = SILENT) -> Turn:
    if question.offered and not question.options:
        return _nothing_offered(turn, filing, question)
    filing = replace(filing, asked=question.key)
    if question.choice:
        return _choose(turn, filing, wording.choice(filing, question))
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(Filling(ticket, wording.form(filing, question, error), filing))


def _nothing_offered(turn: Turn, filing: Filing, question: Question) -> Turn:
    """Somebody else has to begin: a doctor, or whoever lets others act for them."""
    desk = Opening(filing.item, filing.person, filing.aside)
    return _unopened(turn, desk, FaultCode.FILING_REFUSED, question.wrong.of(turn.state.lang))


def _choose(turn: Turn, filing: Filing, page: Choice) -> Turn:
    turn, ticket = turn.wake(turn.state.rules.read_page)
    return turn.show(Choosing(ticket, page, filing))


def _ask_parts(turn: Turn, filing: Filing) -> Turn:
    filing = replace(filing, asked=PART)
    return _choose(turn, filing, wording.parts(filing, turn.state.rules.book))


def review(turn: Turn, filing: Filing) -> Turn:
    filing = replace(filing, asked="", reviewed=True)
    turn, ticket = turn.wake(turn.state.rules.read_page)
    page = wording.review(filing, turn.state.rules.book, turn.state.lang)
    return turn.show(Reviewing(ticket, page, filing))


def filling(turn: Turn, screen: Filling, filing: Filing, event: Event) -> Turn:
    match event:
        case FieldFilled(key, value) if key == filing.asked:
            return _take(turn, filing, value)
        case OptionPicked(key):
            return _take(turn, filing, Typed(key))
        case _:
            return _otherwise(turn, screen, filing, event)


def choosing(turn: Turn, screen: Choosing, filing: Filing, event: Event) -> Turn:
    match event:
        case OptionPicked(key) if filing.asked == PART:
            return _take_part(turn, filing, key)
        case OptionPicked(key) if filing.asked.startswith(MATERIAL):
            return _take_way(turn, filing, key)
        case OptionPicked(key):
            return _take(turn, filing, Typed(key))
        case _:
            return _otherwise(turn, screen, filing, event)


def _take(turn: Turn, filing: Filing, value: Typed) -> Turn:
    """An answer that will do is on the disk before the next question; another is asked for again, with the reason."""
    question = next((one for one in filing.questions if one.key == filing.asked), None)
    if question is None:
        return turn
    if not acceptable(question, value, filing.today):
        error = question.wrong or turn.state.rules.book.say("services.field.wrong")
        return ask(turn, filing, question, error)
    filing = filing.with_answer(question.key, value)
    return go_on(turn.ask(KeepDraft(filing.sid, filing.answers)), filing)


def _take_part(turn: Turn, filing: Filing, key: str) -> Turn:
    if key == ALL_PARTS:
        return go_on(turn, filing)
    if key not in {one.key for one in filing.parts}:
        return turn
    dropped = filing.dropped ^ {key}
    if len(dropped) == len(filing.parts):
        return turn  # the last one stays: nothing to hand in is no application
    return _ask_parts(turn, replace(filing, dropped=dropped, promised=False))


def _take_way(turn: Turn, filing: Filing, key: str) -> Turn:
    name = filing.asked.removeprefix(MATERIAL)
    wanted = next((one for one in filing.materials if one.key == name), None)
    pictures = wanted is not None and capture.possible(turn, wanted)
    if wanted is None or key not in {way.value for way in wording.ways_left(wanted, pictures=pictures)}:
        return turn
    if Way(key) is Way.PHOTOGRAPHED:
        return capture.begin(turn, filing, wanted)
    return go_on(turn, filing.with_way(name, Way(key)))


def _otherwise(turn: Turn, screen: FillingPage, filing: Filing, event: Event) -> Turn:
    match event:
        case WentBack():
            return _back(turn, filing)
        case Left():
            return parting.offer(turn, filing)
        case Woke(ticket) if ticket == screen.ticket:
            return doubt(turn, screen)
        case Stayed():
            return wait_anew(turn, screen, turn.state.rules.read_page)
        case _:
            return turn


def _back(turn: Turn, filing: Filing) -> Turn:
    """One question back; from the first one out of the form, which is kept as a draft."""
    if filing.reviewed and filing.asked:
        return go_on(turn, filing)
    given = [key for key, _ in filing.answers]
    before = given[: given.index(filing.asked)] if filing.asked in given else given
    question = next((one for one in filing.questions if before and one.key == before[-1]), None)
    return ask(turn, filing, question) if question else _out(turn, filing)


def _out(turn: Turn, filing: Filing) -> Turn:
    """Whoever was paying is back at what they were quoted."""
    aside = filing.aside
    return bills.quote(turn, aside.bills, aside.queue, aside.others) if aside else parting.offer(turn, filing)


def committing(turn: Turn, screen: Committing, filing: Filing, event: Event) -> Turn:
    match event:
        case Signed():
            return submit(turn, replace(filing, promised=True))
        case WentBack():
            return review(turn, filing)
        case _:
            return _otherwise(turn, screen, filing, event)


def reviewing(turn: Turn, screen: Reviewing, filing: Filing, event: Event) -> Turn:
    match event:
        case Continued() if filing.wants_promise:
            turn, ticket = turn.wake(turn.state.rules.read_page)
            return turn.show(Committing(ticket, wording.commitment(filing, turn.state.rules.book), filing))
        case Continued():
            return submit(turn, filing)
        case LineReopened(key):
            return _reopen(turn, filing, key)
        case WentBack():
            return _back(turn, filing)
        case _:
            return _otherwise(turn, screen, filing, event)


def _reopen(turn: Turn, filing: Filing, key: str) -> Turn:
    """That question alone, and back to the review; a part of several is taken out or put back at once."""
    if key.startswith(PART):
        return _ask_parts(turn, filing)
    if key.startswith(MATERIAL):
        wanted = next((one for one in filing.materials if f"{MATERIAL}{one.key}" == key), None)
        return ask_material(turn, filing, wanted) if wanted else turn
    question = next((one for one in filing.questions if one.key == key and not one.locked), None)
    return ask(turn, filing, question) if question else turn


def submit(turn: Turn, filing: Filing) -> Turn:
    rules = turn.state.rules
    turn, ticket = turn.draw()
    turn, patience = turn.wake(rules.patient_waits)
    page = Wait(
        Heading(filing.item.name),
        rules.book.say("services.submitting.title"),
        rules.book.say("services.submitting.hint"),
    )
    turn = turn.ask(ConfirmFiling(ticket, filing.sid, filing.application(rules.pack, turn.state.helper)))
    return turn.show(Waiting(ticket, patience, page, Submitting(filing)))


def items_after(turn: Turn, item: Item) -> tuple[Item, ...]:
    known = turn.state.rules.services.items
    return tuple(known[key] for key in item.follows if key in known)
