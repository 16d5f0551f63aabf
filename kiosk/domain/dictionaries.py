"""The code dictionaries of the national interface, as a province has them in force on a day.

The core branches on few codes (`kiosk.domain.codes`); all others only pass through. But a platform refuses a message
with a code it does not know, so each code that is about to leave is looked up here first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """One code and its meaning. `since` and `until` are its first and last day; None: none is known."""

    code: str
    name: str
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All terms of one dictionary, past and future ones too; a code may come back with another meaning."""

    name: str
    terms: tuple[Term, ...]

    def in_force(self, day: date) -> dict[str, str]:
        """Meanings by code."""
        return {term.code: term.name for term in self.terms if term.in_force(day)}

    def allows(self, code: str, day: date) -> bool:
        return any(term.code == code and term.in_force(day) for term in self.terms)

    def amended(self, terms: Iterable[Term]) -> Dictionary:
        """With these terms besides; a code that is among them is no longer what it was here."""
        added = tuple(terms)
        codes = {term.code for term in added}
        return Dictionary(self.name, tuple(term for term in self.terms if term.code not in codes) + added)


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """Every dictionary by name, and which one a field's codes come from where the names differ.

    A field of which no dictionary is known is open: its codes cannot be checked. Without any dictionaries nothing is.
    """

    by_name: Mapping[str, Dictionary] = field(default_factory=dict[str, Dictionary])
    of_field: Mapping[str, str] = field(default_factory=dict[str, str])

    def get(self, field_name: str) -> Dictionary | None:
        return self.by_name.get(self.of_field.get(field_name, field_name))

    def allows(self, field_name: str, code: str, day: date) -> bool:
        """Whether this code may be sent in this field on this day."""
        dictionary = self.get(field_name)
        return dictionary is None or dictionary.allows(code, day)

    def amended(self, terms: Mapping[str, Iterable[Term]], whole: Iterable[str] = ()) -> Dictionaries:
        """With a province's terms by dictionary; of the dictionaries in `whole` the province gives all there are."""
        replaced = set(whole)
        changed = {
            name: (Dictionary(name, ()) if name in replaced else self.by_name.get(name, Dictionary(name, ()))).amended(
                own
            )
            for name, own in terms.items()
        }
        return Dictionaries({**self.by_name, **changed}, self.of_field)
