"""Bills that kiosks handed to phones: where each of them is now, and whether it was settled at both places.

A bill that waits on a phone, or that nobody paid there in time, is no difference: nothing of it was collected. It has a
line, for whoever looks for it by the number on the patient's slip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.domain.accounts import AccountRow, HandedShare, Standing
from settlement.reconcile.findings import Finding, Kind, about
from settlement.reconcile.indexing import Index
from settlement.reconcile.rows import OnPhone

NOT_TOLD = "not_told"
"""In place of a state: the hospital has no such list, or the bill is not in it."""

WORDS: dict[str, tuple[str, str]] = {
    OnPhone.PAID: ("转到手机，已在手机上缴清", "handed to the phone, settled and paid there"),
    OnPhone.PAYING: (
        "转到手机，医保部分已在手机上结算，个人部分还没有付",
        "handed to the phone, the insurance's part is settled there, the own part is not paid yet",
    ),
    OnPhone.WAITING: (
        "转到手机，还没有缴，可缴到 {until}",
        "handed to the phone, not yet paid: until {until}",
    ),
    OnPhone.LAPSED: ("转到手机，{until} 过期，没有缴", "handed to the phone, expired at {until}, not paid"),
    OnPhone.BACK: (
        "转到手机后又收回，没有在手机上缴清",
        "handed to the phone and taken back, not paid there",
    ),
    OnPhone.UNDONE: ("转到手机，在手机上缴清后又退了", "handed to the phone, paid there and taken back since"),
    NOT_TOLD: ("转到手机，医院没有说后来怎样", "handed to the phone, the hospital does not say what became of it"),
}
"""What finance reads of such a bill, Chinese and English."""


@dataclass(frozen=True, slots=True)
class HandedLine:
    """One bill that a kiosk handed over on the day. `at` is the row of the kiosk that settled it after all."""

    row: AccountRow
    handed: HandedShare
    state: OnPhone | None
    setl_id: str = ""
    at: AccountRow | None = None

    @property
    def state_name(self) -> str:
        return self.state or NOT_TOLD

    def words(self, lang: str) -> str:
        zh, en = WORDS[self.state_name]
        return (zh if lang == "zh" else en).format(until=f"{self.handed.until:%Y-%m-%d %H:%M}")


def handed_over(index: Index) -> tuple[HandedLine, ...]:
    """In the kiosks' order."""
    books = index.books
    standing = (row for row in (*books.neighbours, *books.kiosks) if _stands(index, row))
    settled = {row.batch_no: row for row in standing}
    lines = list[HandedLine]()
    for row in books.kiosks:
        if row.handed is not None:
            told = index.handed.get(row.handed.key)
            state, setl_id = (told.state, told.setl_id) if told else (None, "")
            lines.append(HandedLine(row, row.handed, state, setl_id, settled.get(row.batch_no)))
    return tuple(lines)


def counted(lines: Iterable[HandedLine]) -> Counter[str]:
    """By state, in the order in which they are told."""
    found = Counter(line.state_name for line in lines)
    return Counter({name: found[name] for name in WORDS if found[name]})


def settled_twice(index: Index, row: AccountRow) -> Iterator[Finding]:
    """A bill that this kiosk settled, and the phone that it had been handed to by any kiosk as well."""
    if not _stands(index, row):
        return
    booked = index.booked(row)
    if booked and booked[0].undone:
        return  # told as that
    for one in index.settled_by_phone.get(row.batch_no, ()):
        there = index.hospital.get(one.setl_id, ())
        stands = one.state is not OnPhone.UNDONE and not any(booking.undone for booking in there)
        if stands and one.setl_id != row.setl_id:
            amounts = [("kiosk.collected", row.kept), *(("phone.received", booking.received) for booking in there[:1])]
            yield about(Kind.SETTLED_TWICE, row, amounts, setl_id=one.setl_id)
            return


def settled_twice_since(index: Index, row: AccountRow) -> Iterator[Finding]:
    """The phone settled on this day what the kiosk settled on another."""
    if any(one.setl_id in index.hospital for one in index.settled_by_phone.get(row.batch_no, ())):
        yield from settled_twice(index, row)


def _stands(index: Index, row: AccountRow) -> bool:
    return row.standing is Standing.SETTLED and bool(row.setl_id) and not index.undone_here(row)
