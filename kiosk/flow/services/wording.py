"""Makes the pages of a service from the catalogue: what a guide tells, what a field wants, what a review repeats."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.domain import money, pages
from kiosk.domain.catalogue import (
    Advice,
    Element,
    Item,
    Kind,
    Material,
    Origin,
    Question,
    Receiver,
    Services,
    Source,
    Way,
)
from kiosk.domain.confirming import Attested
from kiosk.domain.filing import Case, CaseState
from kiosk.domain.initials import initials
from kiosk.domain.money import Money
from kiosk.domain.pages import SILENT, Commitment, Ending, Entered, Form, Guide, Heading, Option, Point, Review, Words
from kiosk.domain.personal import PersonName, ResidentId, Typed
from kiosk.flow.offer import SetAside
from kiosk.flow.phrases import Phrasebook, together
from kiosk.flow.services.checks import day_of
from kiosk.flow.services.desk import MATERIAL, PART, Filing
from kiosk.flow.services.due import last_day
from kiosk.flow.services.listing import listed

_ORDER = (
    Element.CONDITIONS,
    Element.MATERIALS,
    Element.STEPS,
    Element.LIMIT,
    Element.RESULT,
    Element.STANDARD,
    Element.BASIS,
    Element.LEVEL,
    Element.CODE,
)
"""What a person needs first stands first; the name is the title."""
_SHOWN_PARTS = "all"
_HOTLINE = "12393"
"""The insurance line of every place in the country."""


def source_of(source: Source | None) -> pages.Source | None:
    if source is None:
        return None
    document = source.document
    cited = f"{document.issuer} {document.cited}".strip()
    return pages.Source(Words(cited), document.dated.isoformat() if document.dated else "")


def guide(item: Item, services: Services, book: Phrasebook) -> Guide:
    """一次告知: every element with its words; those that the paper does not state are named together, at the end."""
    points = tuple(
        Point(book.say(f"services.element.{element}"), item.told[element].text)
        for element in _ORDER
        if element in item.told
    )
    if item.consequence:
        points = (Point(book.say("services.guide.consequence"), item.consequence.text), *points)
    receiver = Point(book.say("services.guide.receiver"), _receiver(item.receiver, book))
    own = (Point(book.say("services.guide.form"), book.say("services.guide.own_form")),) if item.questions else ()
    affirm = book.say("services.guide.back") if item.kind is Kind.TOLD else SILENT
    source = source_of(item.told[Element.NAME].source)
    points = (*points, *listed(item, services, book), receiver, *own, *_not_stated(item, book))
    return Guide(Heading(item.name), item.name, _lead(item, book), points, source, affirm)


def _lead(item: Item, book: Phrasebook) -> Words:
    asked = sum(question.origin is None for question in item.questions)
    return book.say("services.guide.lead", count=str(asked)) if asked else book.say("services.guide.told")


def _not_stated(item: Item, book: Phrasebook) -> tuple[Point, ...]:
    names = tuple(book.say(f"services.element.{element}") for element in _ORDER if element not in item.told)
    if not names:
        return ()
    said = book.say("services.not_stated_ask", elements=together(names, book))
    return (Point(book.say("services.not_stated"), said),)


def _receiver(receiver: Receiver, book: Phrasebook) -> Words:
    return book.say("services.receiver", name=receiver.name, phone=receiver.phone)


def heading(filing: Filing) -> Heading:
    """Which question of how many: those that are asked at all."""
    asked = [one.key for one in filing.questions if not one.locked and one.key not in dict(filing.known)]
    at = asked.index(filing.asked) + 1 if filing.asked in asked else 0
    return Heading(filing.item.name, at, len(asked) if at else 0)


def form(filing: Filing, question: Question, error: Words = SILENT) -> Form:
    value = filing.answer_of(question.key)
    field = pages.Field(
        question.key,
        question.label,
        question.entry,
        question.hint,
        question.least,
        question.most,
        value,
        question.private,
        question.options,
    )
    return Form(heading(filing), field, error)


def choice(filing: Filing, question: Question) -> pages.Choice:
    value = filing.answer_of(question.key)
    chosen = value.reveal() if value else ""
    return pages.Choice(heading(filing), question.label, question.options, question.hint, chosen)


def parts(filing: Filing, book: Phrasebook) -> pages.Choice:
    """Which of the items: all at first, each can be taken out and put back."""

    def row(part: Item) -> Option:
        out = part.key in filing.dropped
        return Option(part.key, part.name, book.say("services.parts.out" if out else "services.parts.in"))

    go = Option(_SHOWN_PARTS, book.say("services.parts.go", count=str(len(filing.wanted))))
    rows = tuple(row(part) for part in filing.parts)
    return pages.Choice(Heading(filing.item.name), book.say("services.parts.title"), (go, *rows), chosen=_SHOWN_PARTS)


def material(filing: Filing, wanted: Material, ways: tuple[Way, ...], book: Phrasebook) -> pages.Choice:
    """How a material comes that no department has."""
    rows = tuple(
        Option(way.value, book.say(f"services.way.{way}", days=str(wanted.days)), book.say(f"services.way_note.{way}"))
        for way in ways
    )
    title = book.say("services.material.title", name=wanted.name)
    return pages.Choice(Heading(filing.item.name), title, rows, book.say("services.material.hint"))


def ways_left(wanted: Material, *, pictures: bool) -> tuple[Way, ...]:
    """What the person may choose when no department has it; a window takes everything."""
    here = {Way.PHOTOGRAPHED: pictures, Way.DEFERRED: Way.DEFERRED in wanted.ways, Way.WINDOW: True}
    return tuple(way for way, possible in here.items() if possible)


def capture(filing: Filing, wanted: Material, book: Phrasebook, error: Words) -> pages.Capture:
    """The paper is laid down and photographed; whoever has not brought it goes another way."""
    return pages.Capture(
        Heading(filing.item.name),
        book.say("services.picture.title", name=wanted.name),
        pages.Subject.DOCUMENT,
        book.say("services.picture.hint"),
        error=error,
        other=book.say("services.picture.other"),
    )


def commitment(filing: Filing, book: Phrasebook) -> Commitment:
    sentences = tuple(dict.fromkeys(sentence for item in filing.wanted for sentence in item.promise))
    promised = tuple(one.name for one in filing.materials if filing.way_of(one) is Way.PROMISED)
    more = tuple(book.say("services.promise.material", name=name) for name in promised)
    consequence = filing.item.consequence
    told = (consequence.text,) if consequence else ()
    source = source_of(consequence.source) if consequence else None
    return Commitment(Heading(filing.item.name), book.say("services.promise.title"), (*told, *sentences, *more), source)


def review(filing: Filing, book: Phrasebook, lang: str) -> Review:
    """Everything that will leave, and nothing else. A line has one language: it may be what somebody typed."""
    lines = [_part(filing, part, book, lang) for part in filing.parts]
    lines += [line for question in filing.questions if (line := _line(filing, question, book, lang))]
    lines += [_material(filing, one, book, lang) for one in filing.materials]
    consequence = filing.item.consequence
    return Review(
        Heading(filing.item.name),
        book.say("services.review.title"),
        tuple(lines),
        consequence.text if consequence else SILENT,
        book.say("services.review.affirm"),
    )


def _part(filing: Filing, part: Item, book: Phrasebook, lang: str) -> Entered:
    said = book.say("services.parts.out" if part.key in filing.dropped else "services.parts.in")
    return Entered(f"{PART}{part.key}", part.name, Typed(said.of(lang)))


def _line(filing: Filing, question: Question, book: Phrasebook, lang: str) -> Entered | None:
    value = filing.answer_of(question.key)
    if value is None:
        return None
    label = next((one.label for one in question.options if one.key == value.reveal()), None)
    day = day_of(value.reveal()) if question.entry is pages.Entry.DATE else None
    words = label or (day_of_year(day, book) if day else None)
    shown = Typed(words.of(lang)) if words else _covered(question, value)
    return Entered(question.key, question.label, shown, question.private, change=not question.locked)


def _covered(question: Question, value: Typed) -> Typed:
    """What a card or certificate said needs no checking by its holder, and whoever stands behind may not read it; what
    was entered by hand stands as it was entered.
    """
    if question.origin is Origin.NAME:
        return Typed(PersonName(value.reveal()).masked())
    return Typed(ResidentId(value.reveal()).masked()) if question.origin is Origin.CERTNO else value


def _material(filing: Filing, wanted: Material, book: Phrasebook, lang: str) -> Entered:
    way = filing.way_of(wanted) or Way.WINDOW
    said = book.say(f"services.way.{way}", days=str(wanted.days))
    several = len(ways_left(wanted, pictures=Way.PHOTOGRAPHED in wanted.ways)) > 1
    can_change = way in {Way.PHOTOGRAPHED, Way.DEFERRED, Way.WINDOW} and several
    return Entered(f"{MATERIAL}{wanted.key}", wanted.name, Typed(said.of(lang)), change=can_change)


def day_of_year(day: date, book: Phrasebook) -> Words:
    return book.say("services.day", year=str(day.year), month=str(day.month), day=str(day.day))


def lodged(filing: Filing, case: Case, services: Services, book: Phrasebook) -> pages.Result:
    """The number, the last day, who answers for it, and what the office says to each part."""
    ending = {
        CaseState.IN_FORCE: Ending.DONE,
        CaseState.UNDER_REVIEW: Ending.ACCEPTED,
        CaseState.REFUSED: Ending.REFUSED,
        CaseState.NOT_SERVED: Ending.REFUSED,
    }[case.state]
    item = filing.item
    due = last_day(case, item, services.calendar, book)
    points = [
        Point(book.say("services.result.due"), due),
        Point(book.say("services.guide.receiver"), answering(case, item.receiver, book)),
    ]
    if case.state in {CaseState.REFUSED, CaseState.NOT_SERVED}:
        points.pop(0)
    if case.confirmed:
        points.append(confirmed(case.confirmed, book))
    if case.certificate:
        points.append(Point(book.say("services.certificate"), Words(case.certificate.number)))
    for part in case.parts:
        name = next((one.name for one in filing.parts if one.key == part.item), Words(part.item))
        said = book.say(f"services.state.{part.state}")
        points.append(Point(name, book.say("services.result.part", state=said, number=part.case_no)))
    text = Words(case.reason) if case.reason else book.say(f"services.result.{case.state}.text")
    return pages.Result(
        Heading(item.name),
        ending,
        book.say(f"services.result.{case.state}.title"),
        text,
        case.case_no,
        tuple(points),
        link=item.elsewhere if case.state is CaseState.NOT_SERVED else None,
        printed=_printed(services.case_lines, filing, case, due),
    )


def _printed(lines: tuple[str, ...], filing: Filing, case: Case, due: Words) -> tuple[str, ...]:
    """The province's lines, filled in with what this application has."""
    receiver = filing.item.receiver
    values = {
        "number": case.case_no,
        "item": filing.item.name.zh,
        "accepted": case.accepted.isoformat(),
        "due": due.zh,
        "receiver": case.taken_by or receiver.name.zh,
        "phone": _HOTLINE if case.taken_by else receiver.phone,
    }
    return tuple(line.format_map(values) for line in lines)


def answering(case: Case, receiver: Receiver, book: Phrasebook) -> Words:
    """Who answers for a case: the office of the place of insurance where the hospital's is not the one that has it."""
    if not case.taken_by:
        return _receiver(receiver, book)
    return book.say("services.insured_office", name=case.taken_by)


def confirmed(told: Attested, book: Phrasebook) -> Point:
    """Who confirmed, when, and whether at a kiosk: one line of a case's progress."""
    said = book.say(
        "doctor.confirmed.here" if told.here else "doctor.confirmed.hospital",
        doctor=told.doctor,
        hospital=told.hospital,
        day=day_of_year(told.at.date(), book),
    )
    return Point(book.say("doctor.confirmed.label"), said)


def doubtful(filing: Filing, number: str, code: str, book: Phrasebook) -> pages.Result:
    """Nobody knows yet whether the office has it: it is sought by its key, and nothing is handed in twice."""
    return pages.Result(
        Heading(filing.item.name),
        Ending.UNKNOWN,
        book.say("services.result.unknown.title"),
        book.say("services.result.unknown.text"),
        number,
        (Point(book.say("services.guide.receiver"), _receiver(filing.item.receiver, book)),),
        code=code,
    )


def not_lodged(filing: Filing, reason: str, code: str, book: Phrasebook, *, refused: bool) -> pages.Result:
    """The office said no, or nothing left us; what was filled in stays."""
    kind = "declined" if refused else "not_sent"
    return pages.Result(
        Heading(filing.item.name),
        Ending.REFUSED,
        book.say(f"services.result.{kind}.title"),
        Words(reason) if reason else book.say(f"services.result.{kind}.text"),
        points=(Point(book.say("services.guide.receiver"), _receiver(filing.item.receiver, book)),),
        code=code,
    )


def with_following(result: pages.Result, items: tuple[Item, ...]) -> pages.Result:
    """A refused application leads on: 两病 after a chronic disease that is not recognised."""
    return replace(result, next=tuple(Option(item.key, item.name) for item in items))


BILLS = "bills"


def with_quotes(result: pages.Result, item: Item, aside: SetAside, book: Phrasebook, *, in_force: bool) -> pages.Result:
    """In the middle of a payment: what was quoted stays readable, and where it goes on from here."""
    if in_force:
        return replace(result, text=book.say("services.away.in_force"), affirm=book.say("services.away.requote"))
    quoted = tuple(
        Point(
            book.say("services.away.bill", number=one.bill.batch.batch_no),
            book.say(
                "services.away.quoted",
                total=amount(one.amounts.medfee_sumamt, book),
                own=amount(one.amounts.psn_part_amt, book),
            ),
        )
        for one in aside.quoted
    )
    back = Option(BILLS, book.say("services.away.bills"), book.say("services.away.bills_note"))
    return replace(result, points=(*result.points, *quoted), next=(*result.next, back), link=item.elsewhere)


def insurance_name(insutype: str, book: Phrasebook) -> Words:
    known = insutype if insutype in {"310", "340", "390"} else "other"
    return book.say(f"insutype.{known}")


def amount(value: Money, book: Phrasebook) -> Words:
    """Fen in the words of each language."""
    return Words(money.text(value, "zh"), tuple((one.lang, money.text(value, one.lang)) for one in book.texts[1:]))


def items(services: Services, book: Phrasebook, event: str = "", *, resumes: bool = False) -> pages.Choice:
    """Everything this kiosk can do or tell of here, and the answers by the policy papers; or what one event takes.
    `resumes`: what was begun elsewhere can be gone on with by its slip.
    """
    named = next((one for one in services.events if one.key == event), None)
    rows = [
        Option(item.key, item.name, _note(item), item.initials)
        for item in services.items.values()
        if named is None or item.key in named.items
    ]
    head = Heading(book.say("services.items.head"))
    if named is not None:
        return pages.Choice(head, named.name, tuple(rows))
    if services.advice:
        rows.append(Option(ADVICE, book.say("services.advice.title"), book.say("services.advice.note"), "zcwd"))
    if services.events:
        rows.append(Option(EVENTS, book.say("services.events.title"), book.say("services.events.note"), "rsds"))
    if resumes and any(item.kind is Kind.FILED for item in services.items.values()):
        rows.append(Option(RESUME, book.say("services.resume.head"), book.say("services.resume.note"), "jzt xbd"))
    return pages.Choice(head, book.say("services.items.title"), tuple(rows))


RESUME = "resume"
EVENTS = "events"


def events(services: Services, book: Phrasebook) -> pages.Choice:
    """What brings people here, in their words."""
    rows = tuple(Option(one.key, one.name) for one in services.events)
    return pages.Choice(Heading(book.say("services.items.head")), book.say("services.events.ask"), rows)


ADVICE = "advice"


def _note(item: Item) -> Words:
    limit = item.told.get(Element.LIMIT)
    return limit.text if limit else SILENT


def questions(services: Services, book: Phrasebook) -> pages.Choice:
    rows = tuple(Option(one.key, one.question, initials=_letters(one)) for one in services.advice)
    head = Heading(book.say("services.advice.title"))
    return pages.Choice(head, book.say("services.advice.ask"), rows, searched=True)


def _letters(advice: Advice) -> str:
    """By the question and by each of its words, so that any of them finds it."""
    return " ".join(map(initials, (advice.question.zh, *advice.words)))


def answer(services: Services, key: str, book: Phrasebook) -> Guide | None:
    """One answer with its paper's own sentence beside it."""
    advice = next((one for one in services.advice if one.key == key), None)
    if advice is None:
        return None
    quote = Point(book.say("services.advice.quote"), Words(f"「{advice.source.quote}」"))
    hotline = Point(book.say("services.advice.more"), book.say("services.advice.hotlines"))
    head = Heading(book.say("services.advice.title"))
    affirm = book.say("services.advice.back")
    return Guide(head, advice.question, advice.answer, (quote, hotline), source_of(advice.source), affirm)


SKIP = "skip"


def levels(services: Services, item: Item, book: Phrasebook) -> pages.Choice:
    """Five levels, nothing chosen beforehand, and a way past."""
    rows = tuple(Option(str(one.level), one.name) for one in sorted(services.ratings, key=lambda row: -row.level))
    skip = Option(SKIP, book.say("services.score.skip"))
    title, hint = book.say("services.score.title"), book.say("services.score.hint")
    return pages.Choice(Heading(item.name), title, (*rows, skip), hint)


def labels(services: Services, item: Item, level: int, book: Phrasebook) -> pages.Choice:
    row = next(one for one in services.ratings if one.level == level)
    rows = tuple(Option(str(place), label) for place, label in enumerate(row.labels))
    skip = Option(SKIP, book.say("services.score.no_label"))
    return pages.Choice(Heading(item.name), book.say("services.score.labels"), (*rows, skip))
