"""The working-day calendar: weekends, holidays, and the weekend days that are worked instead.

Holidays are data (config/packs/calendar.toml). A year whose holidays were not announced yet has only its weekends, and
a day reckoned through it is not certain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

_SATURDAY = 5
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit. `certain` False: a holiday that nobody has announced may still move it."""

    day: date
    certain: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """`years` are those whose holidays are known; `worked` are weekend days on which offices are open."""

    years: frozenset[int] = frozenset()
    holidays: frozenset[date] = field(default=frozenset(), repr=False)
    worked: frozenset[date] = field(default=frozenset(), repr=False)

    def is_workday(self, day: date) -> bool:
        if day in self.holidays:
            return False
        return day.weekday() < _SATURDAY or day in self.worked

    def due(self, accepted: date, days: int) -> Due:
        """The last of so many working days after the day of acceptance, which does not count; 0 is the same day.

        Raises ValueError for a limit no office has: beyond 400 working days, or negative.
        """
        if not 0 <= days <= _MOST_DAYS:
            raise ValueError(f"{days} working days")
        day, left = accepted, days
        while left:
            day += timedelta(days=1)
            left -= self.is_workday(day)
        certain = days == 0 or self.years.issuperset(range(accepted.year, day.year + 1))
        return Due(day, certain)


WEEKENDS = Calendar()
"""No holiday is known."""
