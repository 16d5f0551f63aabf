"""What is on file of a person in full: visits and drugs, one case at a time, filings, shared accounts, what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.domain.benefits import PastVisit, Rights
from kiosk.domain.catalogue import Element, Item, Services
from kiosk.domain.filing import Case, CaseState, Certificate, Due, FiledAway, Shared
from kiosk.domain.notices import Notice
from kiosk.domain.pages import Choice, Guide, Heading, Link, Option, Point, Wait, Words
from kiosk.flow.effects import AskRights
from kiosk.flow.events import Event, RightsWereSought, Woke
from kiosk.flow.notice_effects import NoticesRead
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.served_states import Waiting
from kiosk.flow.services import browse, wording
from kiosk.flow.services.desk import Detailed, Inquiring, Recalling, Recounting
from kiosk.flow.services.due import last_day
from kiosk.flow.services.wording import amount, day_of_year
from kiosk.flow.turn import Turn
from kiosk.ports.filing import Cases, Failure

VISITS, CASES, NOTICES = "visits", "cases", "notices"
_MOST_DRUGS = 8
_KINDS = frozenset({"temporary", "referral", "residence", "emergency"})
_MED_TYPES = frozenset({"11", "12", "13", "14", "21", "51", "52"})


def more(known: Inquiring, book: Phrasebook) -> tuple[Option, ...]:
    """The ways on from the page at a glance."""
    visits = Option(VISITS, book.say("rights.visits"), book.say("rights.visits_note"))
    if not isinstance(known.cases, Cases) or not known.cases.rows:
        return (visits,)
    each = Option(CASES, book.say("rights.each_case"), book.say("rights.each_case_note"))
    unread = known.cases.notices
    if not unread:
        return (visits, each)
    count = book.say("rights.notices_note", count=str(len(unread)))
    return (Option(NOTICES, book.say("rights.notices"), count), visits, each)


def notices_page(told: Cases, services: Services, book: Phrasebook) -> Guide:
    """Newest first: which case, what the office says, by when; what has gone on since is said to be over."""
    named = {case.case_no: _name(case, services) for case in told.rows}
    points = tuple(Point(named[one.case_no], _notice(one, book)) for one in told.notices or ())
    head, title, lead = Heading(book.say("rights.head")), book.say("rights.notices"), book.say("rights.notices_lead")
    return Guide(head, title, lead, points, affirm=book.say("rights.back"))


def _notice(one: Notice, book: Phrasebook) -> Words:
    values: dict[str, Words | str] = {"day": day_of_year(one.at.date(), book), "number": one.case_no, "text": one.text}
    if one.over:
        return book.say("rights.notice.over", **values)
    if one.due is None:
        return book.say(f"rights.notice.{one.kind}", **values)
    return book.say("rights.notice.missing_by", **values, until=day_of_year(one.due, book))


def on_file(told: Cases | Failure | None, book: Phrasebook) -> list[Point]:
    """Filings of care elsewhere and shared accounts; where the office said nothing, its cases say so already."""
    if not isinstance(told, Cases):
        return []
    return [*(_away(row, book) for row in told.away), *(_shared(row, book) for row in told.shared)]


def _away(row: FiledAway, book: Phrasebook) -> Point:
    kind = book.say(f"rights.away.{row.kind if row.kind in _KINDS else 'other'}")
    since = day_of_year(row.since, book)
    if row.until is None:
        return Point(
            book.say("rights.away.label"), book.say("rights.away.from", place=row.place, kind=kind, since=since)
        )
    until = day_of_year(row.until, book)
    said = book.say("rights.away.between", place=row.place, kind=kind, since=since, until=until)
    return Point(book.say("rights.away.label"), said)


def _shared(row: Shared, book: Phrasebook) -> Point:
    if row.mine:
        return Point(book.say("rights.shared.label"), book.say("rights.shared.mine", name=row.name))
    if row.balance is None:
        return Point(book.say("rights.shared.label"), book.say("rights.shared.theirs", name=row.name))
    said = book.say("rights.shared.balance", name=row.name, balance=amount(row.balance, book))
    return Point(book.say("rights.shared.label"), said)


def dues_page(item: Item, told: Cases | Failure | None, book: Phrasebook) -> Guide:
    """What is due is paid to the tax authority by a phone, never to the hospital."""
    done = book.say("rights.done")
    if not isinstance(told, Cases):
        points: tuple[Point, ...] = (Point(book.say("rights.due.label"), book.say("rights.unanswered")),)
        return Guide(Heading(item.name), item.name, book.say("rights.due.lead"), points, affirm=done)
    points = tuple(_due(row, book) for row in told.dues)
    if not points:
        points = (Point(book.say("rights.due.label"), book.say("rights.due.nothing")),)
    link = Link(told.dues[0].address, book.say("rights.due.link")) if told.dues else None
    source = wording.source_of(item.told[Element.NAME].source)
    return Guide(Heading(item.name), item.name, book.say("rights.due.lead"), points, source, done, link=link)


def _due(row: Due, book: Phrasebook) -> Point:
    if row.until is None:
        return Point(Words(row.what), amount(row.amount, book))
    until = day_of_year(row.until, book)
    return Point(Words(row.what), book.say("rights.due.until", amount=amount(row.amount, book), until=until))


def recall(turn: Turn, known: Inquiring) -> Turn:
    book = turn.state.rules.book
    turn, ticket = turn.draw()
    turn, patience = turn.wake(turn.state.rules.patient_waits)
    page = Wait(Heading(book.say("rights.head")), book.say("rights.visits_wait"))
    return turn.ask(AskRights(ticket, known.person, visits=True)).show(
        Waiting(ticket, patience, page, Recalling(known))
    )


def recalling(turn: Turn, screen: Waiting, desk: Recalling, event: Event) -> Turn:
    match event:
        case RightsWereSought(_, told):
            return _recalled(turn, desk.known, told)
        case Woke(ticket) if ticket == screen.patience:
            return _recalled(turn, desk.known, Rights(failed=True))
        case _:
            return turn


def _recalled(turn: Turn, known: Inquiring, told: Rights) -> Turn:
    book = turn.state.rules.book
    points = tuple(_visit(row, book) for row in told.visits)
    if not points:
        points = (
            Point(book.say("rights.visits"), book.say("rights.unanswered" if told.failed else "rights.visits_none")),
        )
    head, title, lead = Heading(book.say("rights.head")), book.say("rights.visits"), book.say("rights.visits_lead")
    page = Guide(head, title, lead, points, affirm=book.say("rights.back"))
    return browse.guide(turn, page, Detailed(known))


def _visit(row: PastVisit, book: Phrasebook) -> Point:
    """The amounts are the platform's, each as it told it."""
    kind = book.say(f"medtype.{row.med_type if row.med_type in _MED_TYPES else 'other'}")
    label = book.say("rights.visit", day=day_of_year(row.begun, book) if row.begun else "", kind=kind)
    said = book.say("rights.visit_unpaid")
    if row.paid is not None:
        total, fund, account, cash = (
            amount(each, book) for each in (row.paid.total, row.paid.fund, row.paid.account, row.paid.cash)
        )
        said = book.say("rights.visit_paid", total=total, fund=fund, account=account, cash=cash)
    if not row.drugs:
        return Point(label, said)
    names = Words("、".join(row.drugs[:_MOST_DRUGS]))
    return Point(label, book.say("rights.visit_drugs", paid=said, drugs=names))


def read_notices(turn: Turn, known: Inquiring) -> Turn:
    """Shown, so they are read; the office hears of it by itself."""
    rules, told = turn.state.rules, known.cases
    if not isinstance(told, Cases) or not told.notices:
        return turn
    turn = turn.ask(NoticesRead(known.person, tuple(one.key for one in told.notices)))
    left = replace(known, cases=replace(told, notices=()))
    return browse.guide(turn, notices_page(told, rules.services, rules.book), Detailed(left))


def recount(turn: Turn, known: Inquiring) -> Turn:
    """Their cases, newest first, each with how it stands."""
    rules, told = turn.state.rules, known.cases
    rows = told.rows if isinstance(told, Cases) else ()
    options = tuple(Option(case.case_no, _name(case, rules.services), _state(case, rules.book)) for case in rows)
    head = Heading(rules.book.say("rights.head"))
    return browse.choose(turn, Choice(head, rules.book.say("rights.which_case"), options), Recounting(known))


def _name(case: Case, services: Services) -> Words:
    item = services.items.get(case.item)
    return item.name if item else Words(case.item)


def _state(case: Case, book: Phrasebook) -> Words:
    return book.say(f"services.state.{case.state}")


def case_page(case: Case, services: Services, book: Phrasebook, today: date | None = None) -> Guide:
    """One case in full, also for paper: how it stands, its last day, who confirmed it, its parts, its certificate."""
    points = [
        Point(book.say("slip.case.number"), Words(case.case_no)),
        Point(book.say("rights.accepted"), day_of_year(case.accepted, book)),
    ]
    if case.state is CaseState.UNDER_REVIEW:
        day = last_day(case, services.items.get(case.item), services.calendar, book, today)
        points.append(Point(book.say("services.result.due"), day))
    elif case.due is not None:
        points.append(Point(book.say("services.result.due"), day_of_year(case.due, book)))
    if case.taken_by:
        taken_by = book.say("services.insured_office", name=case.taken_by)
        points.append(Point(book.say("services.guide.receiver"), taken_by))
    if case.reason:
        points.append(Point(book.say("rights.reason"), Words(case.reason)))
    if case.confirmed is not None:
        points.append(wording.confirmed(case.confirmed, book))
    for one in case.parts:
        state = book.say(f"services.state.{one.state}")
        item = services.items.get(one.item)
        said = book.say("services.result.part", state=state, number=one.case_no)
        points.append(Point(item.name if item else Words(one.item), said))
    if case.certificate is not None:
        points += certified(case.certificate, book)
    affirm = book.say("rights.rate_again" if case.again else "rights.back")
    head = Heading(book.say("rights.head"))
    return Guide(head, _name(case, services), _state(case, book), tuple(points), affirm=affirm)


def certified(told: Certificate, book: Phrasebook) -> list[Point]:
    """参保凭证 line by line, as its issuer wrote it."""
    points = [
        Point(book.say("services.certificate"), Words(told.number)),
        Point(book.say("rights.certificate.holder"), Words(told.holder)),
    ]
    for row in told.times:
        since = day_of_year(row.since, book)
        until = day_of_year(row.until, book) if row.until else book.say("rights.certificate.now")
        said = book.say("rights.certificate.time", place=row.place, since=since, until=until, months=str(row.months))
        points.append(Point(wording.insurance_name(row.insutype, book), said))
    return points
