"""Compares the parties row by row. Pure: rows in, findings out, in time that grows with the rows alone.

Another kind of difference: its name in `findings.Kind`, its words in `words.WORDS`, a function of index and row in
`CHECKS`, and a hand that makes it in tests/settlement/reconcile/spoiling.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kiosk.domain.accounts import AccountRow
from settlement.reconcile.books import Books
from settlement.reconcile.findings import Finding, Kind
from settlement.reconcile.given_back import returns, still_there, taken_back
from settlement.reconcile.indexing import Index
from settlement.reconcile.paid import channels, payment
from settlement.reconcile.promises import promises
from settlement.reconcile.settled import settlement
from settlement.reconcile.strangers import strangers

CHECKS: tuple[Callable[[Index, AccountRow], Iterator[Finding]], ...] = (
    settlement,
    promises,
    taken_back,
    returns,
    channels,
    payment,
)
"""What is asked of every row of a kiosk. No two of them name the same difference."""


@dataclass(frozen=True, slots=True)
class Others:
    """What is no kiosk's is counted, and left to whoever it belongs to."""

    institution_rows: int = 0
    differences: int = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """`waiting` are rows of kiosks whose accounts are not there yet: no differences, but nothing that agrees either."""

    findings: tuple[Finding, ...]
    others: Others
    waiting: tuple[Finding, ...] = ()


def compare(books: Books, known: Index | None = None) -> Compared:
    """Every difference about a kiosk's settlement or order, in the kiosks' order; `known` is the index of the books."""
    index = known or Index(books)
    found = [finding for row in books.kiosks for check in CHECKS for finding in check(index, row)]
    found += [finding for row in books.neighbours for finding in still_there(index, row)]
    found += strangers(index)
    others = Others(
        sum(row.terminal not in books.terminals for row in books.institution),
        sum(not index.of_a_kiosk(told) for told in books.platform.differences),
    )
    waiting = tuple(finding for finding in found if finding.kind is Kind.NOT_REPORTED)
    return Compared(tuple(finding for finding in found if finding.kind is not Kind.NOT_REPORTED), others, waiting)
