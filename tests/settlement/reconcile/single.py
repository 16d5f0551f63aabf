"""One settlement as its kiosk, its hospital or a window has it: what invented days are made of."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

from kiosk.domain.accounts import AccountRow, Figures, OrderShare, Standing
from kiosk.domain.money import ZERO, Money
from kiosk.domain.personal import PersonNumber
from kiosk.domain.sid import new_order, new_sid
from kiosk.ports.clock import BEIJING
from settlement.reconcile.rows import Group, HandedBill, InstitutionRow, NotedClaim, Taken

DAY = date(2026, 11, 26)
MORNING = datetime(2026, 11, 26, 8, 0, tzinfo=BEIJING)
PROMISED = Money(800)
EMPLOYEES = Group("310", "11", "000000")
RESIDENTS = Group("390", "11", "000000")


def settlement_row(terminal: str, serial: int, own: Money, *, undone: bool) -> AccountRow:
    moment = MORNING + timedelta(seconds=serial)
    order = new_order()
    promised = PROMISED if serial % 10 == 0 else ZERO
    share = OrderShare(order, "wechat", own, f"{order}r", own if undone else ZERO)
    return AccountRow(
        sid=new_sid(int(moment.timestamp() * 1000) + serial),
        terminal=terminal,
        state="Closed",
        standing=Standing.UNDONE if undone else Standing.SETTLED,
        moment=moment,
        batch_no=f"B{serial:09d}",
        msgid=msgid_of(moment, terminal),
        setl_id="" if undone else f"S{serial:09d}",
        figures=None if undone else Figures(Money(own.fen + 5_000), Money(3_000), Money(2_000), own + promised),
        booked=not undone,
        promised=None if undone else promised,
        deferred=None if undone else promised,
        orders=(share,) if own else (),
        receipt="" if undone else f"7{serial:09d}",
        used=None if undone else ZERO,
    )


def begun_on_a_phone(row: AccountRow, serial: int) -> AccountRow:
    """The centre's own number ends as a till's would, and is none."""
    return replace(row, by_phone=True, setl_id=f"S{serial:09d}", msgid=f"M{serial:025d}{row.terminal}")


def msgid_of(moment: datetime, terminal: str) -> str:
    return f"H00000000001{moment:%Y%m%d%H%M%S}{terminal}0"


def booking_of(row: AccountRow, group: Group) -> InstitutionRow:
    assert row.figures is not None
    return InstitutionRow(
        book_key=f"{row.sid}-book",
        setl_id=row.setl_id,
        msgid=row.msgid,
        mdtrt_id="M1",
        psn_no=PersonNumber("1000000000000001"),
        group=group,
        terminal=row.terminal,
        figures=row.figures,
        taken=tuple(Taken(share.order, share.channel, share.collected) for share in row.orders),
        promised=row.promised or ZERO,
        deferred=row.deferred,
        claims=(NotedClaim(row.claim.key, row.claim.amount, row.claim.outcome),) if row.claim else (),
        receipt=row.receipt,
    )


def window_row(chance: random.Random, number: int) -> InstitutionRow:
    moment = MORNING + timedelta(seconds=number)
    own = Money(chance.randrange(50_000))
    figures = Figures(Money(own.fen + 5_000), Money(5_000), ZERO, own)
    terminal = f"9{number % 20:02d}"
    key = f"window-{number}"
    return InstitutionRow(
        key, f"W{number:09d}", msgid_of(moment, terminal), "M2", None, EMPLOYEES, terminal, figures, (), away=False
    )


def phones_booking(told: HandedBill, chance: random.Random) -> InstitutionRow:
    """As a window's, under the number by which a phone's app is known."""
    booked = window_row(chance, int(told.setl_id[1:]) % 10_000)
    return replace(booked, book_key=f"app-{told.key}", setl_id=told.setl_id, msgid=f"M{told.setl_id}", terminal="APP01")
