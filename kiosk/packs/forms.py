"""What all packs share: the kiosk's own forms, the working days, and how it sorts items by what brings people here."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from pydantic import ValidationError

from kiosk.domain.catalogue import LifeEvent
from kiosk.domain.workdays import Calendar
from kiosk.installed import config_dir
from kiosk.packs.complaints import complaint, read_toml_tree
from kiosk.packs.tables import CalendarFile, FormsFile


@cache
def read_forms() -> FormsFile:
    """The kiosk's own forms, shared by all packs."""
    path = config_dir() / "packs" / "forms.toml"
    try:
        return FormsFile.model_validate(read_toml_tree(path, path.name))
    except ValidationError as problem:
        raise complaint(problem, path, path.name) from problem


@cache
def read_calendar() -> Calendar:
    path = config_dir() / "packs" / "calendar.toml"
    try:
        told = CalendarFile.model_validate(read_toml_tree(path, path.name))
    except ValidationError as problem:
        raise complaint(problem, path, path.name) from problem
    return Calendar(
        frozenset(int(year) for year in told.years),
        frozenset(day for year in told.years.values() for day in year.holidays),
        frozenset(day for year in told.years.values() for day in year.worked),
    )


def events_of(forms: FormsFile, known: Container[str]) -> tuple[LifeEvent, ...]:
    """Only what the pack has an item for is offered."""
    rows = (
        LifeEvent(key, row.name.words, tuple(item for item in row.items if item in known))
        for key, row in forms.events.items()
    )
    return tuple(row for row in rows if row.items)
