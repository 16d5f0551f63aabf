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
from settlement.reconcile.handed import settled_twice, settled_twice_since
from settlement.reconcile.indexing import Index
from settlement.reconcile.paid import channels, payment
from settlement.reconcile.promises import promises
from settlement.reconcile.settled import settlement
from settlement.reconcile.strangers import strangers

CHECKS: tuple[Callable[[Index, AccountRow], Iterator[Finding]], ...] = (
    settlement,
    settled_twice,
    promises,
    taken_back,
    returns,
    channels,
    payment,
)
"""What is asked of every row of a kiosk. No two of them name the same difference."""


@dataclass(frozen=True, slots=True)
class Others:
    """What is no kiosk's is counted, and left to whoever it belongs to. `handed` are settlements on phones to which
    kiosks had handed their bills, and not among the `institution_rows`.
    """

    institution_rows: int = 0
    handed: int = 0
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
    beside = (still_there, settled_twice_since)
    found += [finding for row in books.neighbours for check in beside for finding in check(index, row)]
    found += strangers(index)
    others = [row.setl_id in index.on_phones for row in books.institution if row.terminal not in books.terminals]
    differences = sum(not index.of_a_kiosk(told) for told in books.platform.differences)
    waiting = tuple(finding for finding in found if finding.kind is Kind.NOT_REPORTED)
    findings = tuple(finding for finding in found if finding.kind is not Kind.NOT_REPORTED)
    return Compared(findings, Others(others.count(False), others.count(True), differences), waiting)
