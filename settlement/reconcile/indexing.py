"""The rows of one day by the keys under which they are looked for, so that time grows with the rows alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.domain.accounts import AccountRow, GivenBack, Standing
from kiosk.domain.money import ZERO, Money
from settlement.reconcile.books import Books
from settlement.reconcile.rows import HandedBill, InstitutionRow, PlatformDifference

_MSGID = re.compile(r".{12}\d{14}(\d{3})\d")
"""12 characters of the institution, 14 of the time, then three of the terminal and a counter."""


def terminal_of(msgid: str) -> str:
    """Which till made a msgid; empty where no till did: the centre of the phones numbers its messages otherwise."""
    made = _MSGID.fullmatch(msgid)
    return made[1] if made else ""


@dataclass(slots=True)
class Shares:
    """What all settlements together say of an order: one payment may serve several bills.

    `keys` are the refunds that some settlement knows of it, its own first.
    """

    collected: defaultdict[str, Money] = field(default_factory=lambda: defaultdict[str, Money](lambda: ZERO))
    keys: defaultdict[str, dict[str, None]] = field(
        default_factory=lambda: defaultdict[str, dict[str, None]](dict[str, None])
    )
    open: set[str] = field(default_factory=set[str])

    @classmethod
    def of(cls, rows: Iterable[AccountRow]) -> Shares:
        shares, later = cls(), list[GivenBack]()
        for row in rows:
            later += row.returns
            for share in row.orders:
                shares.collected[share.order] += share.collected
                shares.keys[share.order][share.refund_order] = None
                if row.standing is Standing.OPEN:
                    shares.open.add(share.order)
        for one in later:
            shares.keys[one.order][one.key] = None
        return shares


class Index:
    """Everything of `books` that is looked up more than once."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.hospital: defaultdict[str, list[InstitutionRow]] = defaultdict(list)
        self._hospital_by_msgid: defaultdict[str, list[InstitutionRow]] = defaultdict(list)
        for booked in books.institution:
            self.hospital[booked.setl_id].append(booked)
            self._hospital_by_msgid[booked.msgid].append(booked)
        told = books.platform.differences
        self._told_by_setl = {one.setl_id: one for one in told if one.setl_id}
        self._told_by_msgid = {one.msgid: one for one in told if one.msgid}
        self.taken = {taken.order: taken for taken in books.deposits}
        self.orders = {order.order: order for order in books.orders}
        self.refunds = {(one.order, one.key): one.amount for one in books.refunds or ()}
        self.claims = {one.key: one for one in books.claims or ()}
        self.returned = {(one.sid, one.order): one for one in books.returned or ()}
        self.taken_back = {one.setl_id: one for one in books.taken_back or ()}
        self.handed = {one.key: one for one in books.handed or ()}
        self.on_phones = {one.setl_id for one in books.handed or () if one.setl_id}
        self.settled_by_phone: defaultdict[str, list[HandedBill]] = defaultdict(list)
        for one in books.handed or ():
            if one.setl_id and one.batch_no:
                self.settled_by_phone[one.batch_no].append(one)
        self.orders_of_day = {share.order for row in books.kiosks for share in row.orders}
        self._learn((*books.kiosks, *books.neighbours))

    def _learn(self, known: tuple[AccountRow, ...]) -> None:
        """What the kiosks say."""
        self.undoers = {row.cancels: row for row in known if row.cancels}
        self.setl_ids = {row.setl_id for row in known if row.setl_id}
        self._unnumbered = {row.msgid for row in known if row.msgid and not row.setl_id}
        self._msgids = {row.msgid for row in known if row.msgid}
        self.sids = {row.sid for row in known}
        self.settled = {row.setl_id for row in known if row.setl_id and row.standing is Standing.SETTLED}
        self.shares = Shares.of(known)
        self.owners = {share.order: row.sid for row in known for share in row.orders}
        self.given_back: defaultdict[str, list[GivenBack]] = defaultdict(list)
        for row in known:
            for one in row.given_back:
                self.given_back[one.order].append(one)
        self.explained = {*self._noted_elsewhere(known)}

    def _noted_elsewhere(self, known: tuple[AccountRow, ...]) -> Iterable[str]:
        """Orders of which the hospital says why something goes back: for a settlement that is named by its number, or
        because a window took the booking out of the books.
        """
        yield from (one.order for one in self.books.returned or () if one.sid not in self.sids)
        for undone in self.books.taken_back or ():
            if undone.terminal not in self.books.terminals:
                yield from undone.orders
        for row in known:
            if row.setl_id in self.taken_back:
                yield from (share.order for share in row.orders)

    def told(self, setl_id: str, msgid: str = "") -> PlatformDifference | None:
        """How the platform says that a settlement differs, by the one number or the other; never what it says of
        another settlement under the same msgid.
        """
        found = self._told_by_setl.get(setl_id) if setl_id else None
        if found is not None or not msgid:
            return found
        told = self._told_by_msgid.get(msgid)
        return told if told is not None and (not setl_id or not told.setl_id) else None

    def booked(self, row: AccountRow) -> list[InstitutionRow]:
        """What the hospital has of it: its bookings that stand, else the last that was taken out of the books."""
        if row.setl_id:
            found = self.hospital.get(row.setl_id, [])
        else:
            found = self._hospital_by_msgid.get(row.msgid, []) if row.msgid else []
        return [one for one in found if not one.undone] or found[-1:]

    def undone_here(self, row: AccountRow) -> bool:
        """A kiosk took the bill back since. How far that is its own row tells, or that it has none."""
        return bool(row.setl_id) and self.taken_back_here(row.setl_id)

    def taken_back_here(self, setl_id: str) -> bool:
        noted = self.taken_back.get(setl_id)
        return setl_id in self.undoers or (noted is not None and noted.terminal in self.books.terminals)

    def undone_unseen(self, row: AccountRow) -> bool:
        """The hospital let it go, and no kiosk's row says why: its money may have gone back under any key."""
        booked = self.booked(row)
        return bool(booked) and booked[0].undone and row.setl_id not in self.undoers

    def refunded(self, order: str, key: str) -> Money | None:
        """What the payment service gave back of an order under that key; None where it tells nothing of the order."""
        paid = self.orders.get(order)
        if paid is not None:
            return paid.refunds.get(key, ZERO)
        return None if self.books.refunds is None else self.refunds.get((order, key), ZERO)

    def of_a_kiosk(self, told: PlatformDifference) -> bool:
        known = self.known(told.setl_id, told.msgid) or told.setl_id in self.undoers
        return known or terminal_of(told.msgid) in self.books.terminals

    def known(self, setl_id: str, msgid: str) -> bool:
        """Whether it is a kiosk's own: by its msgid only where one of the two never had a setl_id."""
        return setl_id in self.setl_ids or msgid in (self._unnumbered if setl_id else self._msgids)
