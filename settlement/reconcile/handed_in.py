"""What the kiosks handed in: the newest word of each about each of its days, and who has not said anything yet.

A kiosk is off for a day, its file is copied twice, or was made before midnight and again in the morning. Of two files
about one day the later one counts, and of two rows about one settlement the one that was written down later: it may
have been open at midnight. What a journal once called settled it never forgets: where the later file does not know it,
two machines bear one number (a disk was copied, or a journal begun anew), and both are believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.account_file import DayAccounts
from kiosk.domain.accounts import AccountRow, Standing


@dataclass(frozen=True, slots=True)
class HandedIn:
    """`rows` are of the day, `beside` of the days before and after it and of later ones; `terminals` who is a kiosk.

    `silent` kiosks have not told the day, or not to its end, `silent_after` not the next one. `doubled` are numbers
    under which two journals were handed in.
    """

    rows: tuple[AccountRow, ...]
    beside: tuple[AccountRow, ...]
    terminals: frozenset[str]
    silent: frozenset[str]
    silent_after: frozenset[str]
    doubled: frozenset[str] = frozenset()


def handed_in(accounts: Iterable[DayAccounts], day: date, expected: Iterable[str], *, over: bool) -> HandedIn:
    """`over` says that the day is: before that nobody can have told all of it, and nobody is blamed for it."""
    near = [account for account in accounts if account.day >= day - timedelta(days=1)]
    newest = _newest(near)
    forgotten = _forgotten(near, newest.values())
    rows = {row.sid: (told, row) for told, row in forgotten}
    for account in sorted(newest.values(), key=_written):
        rows |= {row.sid: (account.day, row) for row in account.rows}
    of_the_day = tuple(row for told, row in rows.values() if told == day)
    beside = tuple(row for told, row in rows.values() if told != day)
    told = {terminal for (terminal, when), account in newest.items() if when == day and (account.whole or not over)}
    after = {terminal for terminal, when in newest if when == day + timedelta(days=1)}
    terminals = frozenset(expected) | {terminal for terminal, _ in newest}
    late = terminals - after if over else frozenset[str]()
    doubled = frozenset(row.terminal for _, row in forgotten)
    return HandedIn(of_the_day, beside, terminals, terminals - told, late, doubled)


def _newest(accounts: Iterable[DayAccounts]) -> dict[tuple[str, date], DayAccounts]:
    newest = dict[tuple[str, date], DayAccounts]()
    for account in accounts:
        key = (account.terminal, account.day)
        newest[key] = max(newest.get(key, account), account, key=_written)
    return newest


def _forgotten(accounts: Iterable[DayAccounts], newest: Iterable[DayAccounts]) -> list[tuple[date, AccountRow]]:
    """Settled rows of older files that no newest one has: an open one may have gone to a day not handed in yet."""
    known = {row.sid for account in newest for row in account.rows}
    return [
        (account.day, row)
        for account in accounts
        for row in account.rows
        if row.standing is Standing.SETTLED and row.sid not in known
    ]


def _written(account: DayAccounts) -> tuple[bool, str, date]:
    """In the order in which they were written down; files of before tell no time and are the oldest."""
    until = account.until
    return (until is not None, until.isoformat() if until else "", account.day)
