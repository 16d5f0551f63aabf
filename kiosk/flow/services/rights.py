"""What is on file of a person, in words: covered or since when not, the account, the year's sums, diseases, cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kiosk.domain.benefits import Accumulator, Rights
from kiosk.domain.catalogue import Listing, Quota, Services
from kiosk.domain.filing import Case, StandingRow
from kiosk.domain.insured import CardIdentity, IdCardIdentity, Insurance, Person
from kiosk.domain.money import Money
from kiosk.domain.pages import Guide, Heading, Point, Wait, Words
from kiosk.faults import FaultCode
from kiosk.flow.effects import AskCases, AskRights, AskStanding
from kiosk.flow.events import (
    CasesWereSought,
    Continued,
    Event,
    Left,
    OptionPicked,
    RightsWereSought,
    StandingWasSought,
    WentBack,
    Woke,
)
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.served_states import Choosing, Guiding, Waiting
from kiosk.flow.services import browse, ending, records, wording
from kiosk.flow.services.desk import (
    Detailed,
    Informed,
    Inquiring,
    InquiringStopped,
    Recounting,
    Scoring,
)
from kiosk.flow.services.wording import amount
from kiosk.flow.turn import Turn, fail, part
from kiosk.ports.filing import Cases, Standing

_MOST_CASES = 3


def begin(turn: Turn, person: Person) -> Turn:
    turn, ticket = turn.draw()
    turn, patience = turn.wake(turn.state.rules.patient_waits)
    turn = turn.ask(AskRights(ticket, person), AskCases(ticket, person))
    return turn.show(Waiting(ticket, patience, _wait(turn.state.rules.book), Inquiring(person)))


def begin_stopped(turn: Turn, identity: CardIdentity | IdCardIdentity) -> Turn:
    """The platform says no more than that nothing can be settled; the office knows since when."""
    certno = identity.resident_id
    if certno is None:
        return fail(turn, FaultCode.INSURANCE_STOPPED)
    turn, ticket = turn.draw()
    turn, patience = turn.wake(turn.state.rules.patient_waits)
    turn = turn.ask(AskStanding(ticket, certno, identity.name))
    return turn.show(Waiting(ticket, patience, _wait(turn.state.rules.book), InquiringStopped()))


def _wait(book: Phrasebook) -> Wait:
    return Wait(Heading(book.say("rights.head")), book.say("rights.wait"))


def inquiring(turn: Turn, screen: Waiting, desk: Inquiring, event: Event) -> Turn:
    """Both answers make the page; what does not come in time is said to be missing."""
    match event:
        case RightsWereSought(_, rights):
            desk = replace(desk, rights=rights)
        case CasesWereSought(_, answer):
            desk = replace(desk, cases=answer)
        case Woke(ticket) if ticket == screen.patience:
            return _inform(turn, desk)
        case _:
            return turn
    if desk.rights is None or desk.cases is None:
        return turn.show(replace(screen, desk=desk))
    return _inform(turn, desk)


def inquiring_stopped(turn: Turn, screen: Waiting, event: Event) -> Turn:
    match event:
        case StandingWasSought(_, Standing(rows)):
            book = turn.state.rules.book
            return browse.guide(turn, _stopped_page(rows, turn.state.rules.services, book), Informed())
        case StandingWasSought():
            return fail(turn, FaultCode.INSURANCE_STOPPED)
        case Woke(ticket) if ticket == screen.patience:
            return fail(turn, FaultCode.INSURANCE_STOPPED)
        case _:
            return turn


def _inform(turn: Turn, desk: Inquiring) -> Turn:
    rules = turn.state.rules
    item = rules.services.items.get(turn.state.wish)
    if item is not None and Listing.DUES in item.lists:
        return browse.guide(turn, records.dues_page(item, desk.cases, rules.book), Informed())
    return overview(turn, desk)


def overview(turn: Turn, known: Inquiring) -> Turn:
    """Everything at a glance, and the ways to more of it."""
    rules = turn.state.rules
    return browse.guide(turn, _page(known, rules.services, rules.book), Informed(known))


def informed(turn: Turn, screen: Guiding, desk: Informed, event: Event) -> Turn:
    match event:
        case OptionPicked(records.VISITS) if desk.known is not None:
            return records.recall(turn, desk.known)
        case OptionPicked(records.NOTICES) if desk.known is not None:
            return records.read_notices(turn, desk.known)
        case OptionPicked(records.CASES) if desk.known is not None:
            return records.recount(turn, desk.known)
        case Continued() | WentBack() | Left():
            return part(turn)
        case _:
            return browse.stay(turn, screen, event)


def recounting(turn: Turn, screen: Choosing, desk: Recounting, event: Event) -> Turn:
    rules, told = turn.state.rules, desk.known.cases
    match event:
        case OptionPicked(number) if isinstance(told, Cases):
            case = next((one for one in told.rows if one.case_no == number), None)
            if case is None:
                return turn
            page = records.case_page(case, rules.services, rules.book, told.today)
            return browse.guide(turn, page, Detailed(desk.known, case))
        case WentBack():
            return overview(turn, desk.known)
        case Left():
            return part(turn)
        case _:
            return browse.stay(turn, screen, event)


def detailed(turn: Turn, screen: Guiding, desk: Detailed, event: Event) -> Turn:
    """Back to the page at a glance; a case that may be rated once more is."""
    case = desk.case
    match event:
        case Continued() if (
            case is not None and case.again and (item := turn.state.rules.services.items.get(case.item))
        ):
            return ending.rate(turn, Scoring(item, case, desk.known.person))
        case Continued() | WentBack():
            return overview(turn, desk.known)
        case Left():
            return part(turn)
        case _:
            return browse.stay(turn, screen, event)


def _page(desk: Inquiring, services: Services, book: Phrasebook) -> Guide:
    points = [point for row in desk.person.insurances for point in _insurance(row, book)]
    rights = desk.rights or Rights(failed=True)
    points += _sums(rights, services, book)
    if rights.chronic:
        names = Words("、".join(one.name for one in rights.chronic))
        points.append(Point(book.say("rights.chronic"), names))
    if rights.failed:
        points.append(Point(book.say("rights.sums"), book.say("rights.unanswered")))
    points += records.on_file(desk.cases, book)
    points += _cases(desk, services, book)
    head, done = Heading(book.say("rights.head")), book.say("rights.done")
    more = records.more(desk, book)
    return Guide(head, book.say("rights.title"), book.say("rights.lead"), tuple(points), affirm=done, next=more)


def _insurance(row: Insurance, book: Phrasebook) -> list[Point]:
    name = wording.insurance_name(row.insutype, book)
    if row.paused_on is not None:
        day = row.paused_on
        said = book.say("rights.stopped", year=str(day.year), month=str(day.month), day=str(day.day))
        return [Point(name, said), Point(book.say("rights.do"), _renew(row.insutype, book))]
    points = [Point(name, book.say("rights.active"))]
    if row.insutype == "310":
        points.append(Point(book.say("rights.balance"), amount(row.balance, book)))
    return points


def _renew(insutype: str, book: Phrasebook) -> Words:
    return book.say("rights.renew_employee" if insutype == "310" else "rights.renew_resident")


def _sums(rights: Rights, services: Services, book: Phrasebook) -> list[Point]:
    """What was used, and what is left where the pack knows the limit; the platform tells no limit."""
    points: list[Point] = []
    for quota in services.quotas:
        used = _used(rights.accumulators, quota)
        if used is None:
            continue
        left = Money(max(0, quota.limit.fen - used.fen))
        values = {"used": amount(used, book), "left": amount(left, book), "limit": amount(quota.limit, book)}
        points.append(Point(quota.text, book.say("rights.used_left", **values), _part(used, quota.limit)))
    return [*points, *_payers(rights.accumulators, book)]


def _part(amount: Money, whole: Money) -> int:
    """Of a hundred, for a bar's length alone; the figures beside it are the platform's and the pack's."""
    return min(100, 100 * amount.fen // whole.fen) if whole.fen else 0


_FEES = "F0000"
_PAYERS = (("D3101", "payer.hifp"), ("D3901", "payer.hifp"), ("D3102", "payer.account"))
"""How the kinds of sums begin that tell what a fund or the account paid (cum_type_code: D and the fund's code)."""


def _payers(rows: tuple[Accumulator, ...], book: Phrasebook) -> list[Point]:
    """Who paid what this year, as the platform's sums say; each as a part of the year's charges."""
    points: list[Point] = []
    for insutype in dict.fromkeys(row.insutype for row in rows):
        mine = [row for row in rows if row.insutype == insutype]
        fees = _newest(mine, _FEES)
        if fees is None or not fees.fen:
            continue
        name = book.say("rights.year", insurance=wording.insurance_name(insutype, book))
        points.append(Point(name, amount(fees, book), 100))
        for begins, payer in _PAYERS:
            paid = _newest(mine, begins)
            if paid is not None and paid.fen:
                points.append(Point(book.say(payer), amount(paid, book), _part(paid, fees)))
    return points


def _newest(rows: Sequence[Accumulator], begins: str) -> Money | None:
    mine = [row for row in rows if row.kind.startswith(begins)]
    return max(mine, key=lambda row: (row.year, row.month or "999999")).amount if mine else None


def _used(rows: tuple[Accumulator, ...], quota: Quota) -> Money | None:
    """The year's sum: the newest row of that kind, since each is up to and including its month."""
    mine = [row for row in rows if row.kind == quota.kind and row.insutype in {quota.insutype, ""}]
    return max(mine, key=lambda row: (row.year, row.month or "999999")).amount if mine else None


def _cases(desk: Inquiring, services: Services, book: Phrasebook) -> list[Point]:
    if not isinstance(desk.cases, Cases):
        return [Point(book.say("rights.cases"), book.say("rights.unanswered"))]
    rows: list[Point] = []
    for case in desk.cases.rows[:_MOST_CASES]:
        rows.append(_case(case, services, book))
        if case.confirmed:  # a doctor's word comes by itself, some time after the application
            rows.append(wording.confirmed(case.confirmed, book))
    return rows


def _case(case: Case, services: Services, book: Phrasebook) -> Point:
    item = services.items.get(case.item)
    state = book.say(f"services.state.{case.state}")
    said = book.say("services.result.part", state=state, number=case.case_no)
    return Point(item.name if item else Words(case.item), said)


def _stopped_page(rows: tuple[StandingRow, ...], services: Services, book: Phrasebook) -> Guide:
    points: list[Point] = []
    for row in rows:
        name, day = wording.insurance_name(row.insutype, book), row.stopped
        if row.active:
            points.append(Point(name, book.say("rights.active")))
        elif day is not None:
            said = book.say("rights.stopped", year=str(day.year), month=str(day.month), day=str(day.day))
            points += [Point(name, said), Point(book.say("rights.do"), _renew(row.insutype, book))]
    if "registration" in services.items:
        points.append(Point(book.say("rights.here"), services.items["registration"].name))
    head, done = Heading(book.say("rights.head")), book.say("rights.done")
    title, lead = book.say("rights.stopped_title"), book.say("rights.stopped_lead")
    return Guide(head, title, lead, tuple(points), affirm=done)
