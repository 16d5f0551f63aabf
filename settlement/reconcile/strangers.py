"""What others have of a kiosk, and no kiosk has: each once, whoever else tells of it too.

Where the kiosk's own accounts are not there yet, nothing of it is missing; it is named as not reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from settlement.reconcile.findings import Finding, Kind
from settlement.reconcile.indexing import Index, terminal_of
from settlement.reconcile.rows import InstitutionRow, Verdict
from settlement.reconcile.settled import told_amounts

_BOOK_KEY = "-book"


def strangers(index: Index) -> Iterator[Finding]:
    bookings = [row for row in index.books.institution if _strange(index, row)]
    known = {part.order for row in bookings for part in row.taken}
    yield from (_booking(index, row) for row in bookings)
    yield from _deposits(index, known)
    yield from _given_back(index, {sid_of(row.book_key, _BOOK_KEY) for row in bookings})
    yield from _at_platform(index)
    yield from _orders(index, known)


def _named(index: Index, kind: Kind, terminal: str) -> Kind:
    return Kind.NOT_REPORTED if terminal in index.books.silent else kind


def _strange(index: Index, row: InstitutionRow) -> bool:
    """One that a kiosk took back since was its own all the same; of one that a window did nothing is said."""
    ours = row.terminal in index.books.terminals and (not row.undone or index.taken_back_here(row.setl_id))
    return ours and not index.known(row.setl_id, row.msgid)


def _booking(index: Index, row: InstitutionRow) -> Finding:
    kind = _named(index, Kind.BOOKED_WITHOUT_KIOSK, row.terminal)
    order = row.taken[0].order if row.taken else ""
    return Finding(kind, row.terminal, sid_of(row.book_key, _BOOK_KEY), row.setl_id, row.msgid, order)


def _deposits(index: Index, known: set[str]) -> Iterator[Finding]:
    for taken in index.books.deposits:
        if taken.terminal in index.books.terminals and taken.order not in index.shares.collected:
            known.add(taken.order)
            kind = _named(index, Kind.BOOKED_WITHOUT_KIOSK, taken.terminal)
            yield Finding(kind, taken.terminal, sid_of(taken.key, _BOOK_KEY), order=taken.order)


def _given_back(index: Index, known: set[str | None]) -> Iterator[Finding]:
    """A refund that the hospital has from a kiosk, by its number; the money of it, and what was settled anew, are the
    same number's.
    """
    told, day = dict[str, Finding](), index.books.day
    for one in index.books.taken_back or ():
        if one.day == day and one.terminal in index.books.terminals:
            told.setdefault(one.sid, _refund(index, one.terminal, one.sid, setl_id=one.setl_id))
    for noted in index.books.returned or ():
        if noted.day == day and noted.terminal in index.books.terminals:
            told.setdefault(noted.sid, _refund(index, noted.terminal, noted.sid, order=noted.order))
    yield from (finding for sid, finding in told.items() if sid not in index.sids and sid not in known)


def _refund(index: Index, terminal: str, sid: str, *, setl_id: str = "", order: str = "") -> Finding:
    late = terminal in index.books.silent_beside
    kind = Kind.NOT_REPORTED if late else _named(index, Kind.REFUND_WITHOUT_KIOSK, terminal)
    return Finding(kind, terminal, sid or None, setl_id, order=order)


def _at_platform(index: Index) -> Iterator[Finding]:
    for told in index.books.platform.differences:
        terminal = terminal_of(told.msgid)
        ours = terminal in index.books.terminals and not told.undone and told.verdict is Verdict.PLATFORM_ONLY
        if ours and not index.known(told.setl_id, told.msgid) and told.setl_id not in index.undoers:
            kind, amounts = _named(index, Kind.SETTLED_WITHOUT_KIOSK, terminal), tuple(told_amounts(told))
            yield Finding(kind, terminal, None, told.setl_id, told.msgid, amounts=amounts)


def _orders(index: Index, known: set[str]) -> Iterator[Finding]:
    """An order paid before midnight may be of a settlement after it, in accounts that are not there yet."""
    for order in index.books.orders:
        ours = order.terminal in index.books.terminals and order.day == index.books.day
        if ours and order.kept and order.order not in index.shares.collected and order.order not in known:
            late = order.terminal in index.books.silent_beside
            kind = Kind.NOT_REPORTED if late else _named(index, Kind.PAID_WITHOUT_KIOSK, order.terminal)
            yield Finding(kind, order.terminal, order=order.order, amounts=(("payment.amount", order.kept),))


def sid_of(key: str, what: str) -> str | None:
    """The keys under which a kiosk tells the hospital of something bear the settlement's number."""
    return key.removesuffix(what) if key.endswith(what) else None
