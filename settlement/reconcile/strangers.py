"""What others have of a kiosk, and no kiosk has: each once, whoever else tells of it too.

Where the kiosk's own accounts are not there yet, nothing of it is missing; it is named as not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.domain.money import Money, total
from kiosk.domain.sid import is_sid
from settlement.reconcile.findings import Finding, Kind
from settlement.reconcile.indexing import Index, terminal_of
from settlement.reconcile.rows import InstitutionRow, MadeRefund, Verdict
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
    yield from (_refund_unknown(index, made) for made in index.books.refunds or () if _made_by_nobody(index, made))


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


_OWN_REFUND = re.compile(r"r\d*")
"""What a kiosk puts behind an order's number to name its refund."""
_RETURN = re.compile(r"([0-9a-z]{26})d\d+")
"""The number of the settlement that gives a payment back, and which payment."""


def _made_by_nobody(index: Index, made: MadeRefund) -> bool:
    """Given back on this day of what a kiosk took on an earlier one, and no kiosk, nor the hospital, says for what.

    Refunds of the day's own orders are their settlements'. A kiosk that undoes an old settlement at last names the
    refund after its order. What a kiosk gave back under another number, or key, is named as that already.
    """
    if made.day != index.books.day or made.terminal not in index.books.terminals:
        return False
    known = index.shares.keys.get(made.order, {})
    own = made.key.startswith(made.order) and _OWN_REFUND.fullmatch(made.key, len(made.order))
    if made.key in known or own or made.order in index.orders_of_day or made.order in index.explained:
        return False
    return all(index.refunded(made.order, one.key) == one.amount for one in index.given_back.get(made.order, ()))


def _refund_unknown(index: Index, made: MadeRefund) -> Finding:
    """By the number of whoever had collected it, or names themselves in its key; else it is the order's alone."""
    books = index.books
    named = _RETURN.fullmatch(made.key)
    sid = named[1].upper() if named and is_sid(named[1].upper()) else index.owners.get(made.order)
    told = [("payment.refunded", made.amount), *_noted(index, made)]
    late = made.terminal in books.silent | books.silent_beside
    unsure = late or (books.returned is None and bool(books.silent | books.silent_beside))
    kind = Kind.NOT_REPORTED if unsure else Kind.REFUND_UNKNOWN
    return Finding(kind, made.terminal, sid, order=made.order, amounts=tuple(told))


def _noted(index: Index, made: MadeRefund) -> Iterator[tuple[str, Money]]:
    if index.books.returned is not None:
        amounts = (one.amount for one in index.books.returned if one.order == made.order and one.day == made.day)
        yield "hospital.refunded", total(amounts)


def sid_of(key: str, what: str) -> str | None:
    """The keys under which a kiosk tells the hospital of something bear the settlement's number."""
    return key.removesuffix(what) if key.endswith(what) else None
