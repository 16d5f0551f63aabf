"""The last day of a case: the office's own where it names one that can be meant, else the catalogue's limit.

A day before the case was taken is no day, and is said not to count. One beyond the limit is the office's word all the
same: it is shown with the limit beside it and whom to ask. One that is over is said to be over.
"""

from __future__ import annotations

from datetime import date

from kiosk.domain.catalogue import Item
from kiosk.domain.filing import Case, CaseState
from kiosk.domain.pages import Words
from kiosk.domain.workdays import Calendar, Due
from kiosk.flow.phrases import Phrasebook


def last_day(case: Case, item: Item | None, calendar: Calendar, book: Phrasebook, today: date | None = None) -> Words:
    """In words, for receipt, slip and progress. `today`: whoever asks later hears when it is over."""
    if case.state is CaseState.IN_FORCE:
        return book.say("services.result.at_once")
    ours, phone = _ours(case, item, calendar), item.receiver.phone if item else "12393"
    if case.due is None:
        return _passed(ours.day if ours else None, today, phone, book) or _by_limit(ours, item, book)
    if case.due < case.accepted:
        counted = _by_limit(ours, item, book)
        return book.say("services.due.before", day=_day(case.due, book), counted=counted)
    if (passed := _passed(case.due, today, phone, book)) is not None:
        return passed
    if ours is not None and case.due > ours.day:
        return book.say("services.due.late", day=_day(case.due, book), counted=_day(ours.day, book), phone=phone)
    return book.say("services.due.office", day=_day(case.due, book))


def _ours(case: Case, item: Item | None, calendar: Calendar) -> Due | None:
    limit = item.limit if item else None
    return calendar.due(case.accepted, limit.days) if limit is not None and limit.days else None


def _by_limit(ours: Due | None, item: Item | None, book: Phrasebook) -> Words:
    limit = item.limit if item else None
    if ours is None or limit is None:  # at once, says the catalogue, and the office still looks at it
        return book.say("services.result.due_not_stated")
    said = "services.result.due_by" if ours.certain else "services.result.due_about"
    return book.say(said, day=_day(ours.day, book), days=str(limit.days))


def _passed(day: date | None, today: date | None, phone: str, book: Phrasebook) -> Words | None:
    if day is None or today is None or day >= today:
        return None
    return book.say("services.due.passed", day=_day(day, book), phone=phone)


def _day(day: date, book: Phrasebook) -> Words:
    return book.say("services.day", year=str(day.year), month=str(day.month), day=str(day.day))
