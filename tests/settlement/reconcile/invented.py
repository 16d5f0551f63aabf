"""A day of an institution in which all four parties agree, and hands that spoil one row of it at a time.

Each spoiling returns what a clerk must be told: the kind of the difference and the settlement it is about.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from kiosk.domain.accounts import AccountRow, Figures, OrderShare, Standing
from kiosk.domain.money import ZERO, Money
from kiosk.domain.personal import PersonNumber
from kiosk.domain.sid import new_order, new_sid
from kiosk.ports.clock import BEIJING
from settlement.reconcile.findings import Kind
from settlement.reconcile.matching import Books
from settlement.reconcile.rows import (
    Group,
    InstitutionRow,
    PaidOrder,
    PlatformDifference,
    PlatformView,
    Taken,
    Verdict,
)

DAY = date(2026, 11, 26)
MORNING = datetime(2026, 11, 26, 8, 0, tzinfo=BEIJING)
_PROMISED = Money(800)
EMPLOYEES = Group("310", "11", "000000")
RESIDENTS = Group("390", "11", "000000")


@dataclass(slots=True)
class Day:
    """Rows that may still be spoiled, by settlement."""

    rows: dict[str, AccountRow] = field(default_factory=dict[str, AccountRow])
    booked: dict[str, list[InstitutionRow]] = field(default_factory=dict[str, list[InstitutionRow]])
    orders: dict[str, PaidOrder] = field(default_factory=dict[str, PaidOrder])
    windows: list[InstitutionRow] = field(default_factory=list[InstitutionRow])
    told: list[PlatformDifference] = field(default_factory=list[PlatformDifference])
    terminals: frozenset[str] = frozenset()

    def books(self) -> Books:
        institution = [row for rows in self.booked.values() for row in rows] + self.windows
        return Books(
            day=DAY,
            terminals=self.terminals,
            kiosks=list(self.rows.values()),
            institution=institution,
            platform=PlatformView(asked=True, differences=tuple(self.told)),
            orders=list(self.orders.values()),
        )


def quiet_day(chance: random.Random, kiosks: int = 60, each: int = 20, windows: int = 1_000) -> Day:
    """Most settle, some are undone and refunded, some pay nothing, some pay two bills at once."""
    day = Day(terminals=frozenset(f"{number:03d}" for number in range(1, kiosks + 1)))
    serial = 0
    for terminal in sorted(day.terminals):
        for _ in range(each):
            serial += 1
            _add_visit(day, chance, terminal, serial)
    day.windows += [_window_row(chance, number) for number in range(windows)]
    return day


def _add_visit(day: Day, chance: random.Random, terminal: str, serial: int) -> None:
    own = Money(chance.choice((0, chance.randrange(1, 50_000))))
    undone = chance.random() < 0.15
    row = settlement_row(terminal, serial, own, undone=undone)
    if chance.random() < 0.1:
        row = _begun_on_a_phone(row, serial)
    day.rows[row.sid] = row
    if not undone:
        day.booked[row.sid] = [booking_of(row, chance.choice((EMPLOYEES, RESIDENTS)))]
    for share in row.orders:
        refunds = {share.refund_order: share.refunded} if share.refunded else {}
        day.orders[row.sid] = PaidOrder(share.order, terminal, share.channel, share.collected, DAY, refunds)


def settlement_row(terminal: str, serial: int, own: Money, *, undone: bool) -> AccountRow:
    moment = MORNING + timedelta(seconds=serial)
    order = new_order()
    promised = _PROMISED if serial % 10 == 0 else ZERO
    share = OrderShare(order, "wechat", own, f"{order}r", own if undone else ZERO)
    return AccountRow(
        sid=new_sid(int(moment.timestamp() * 1000) + serial),
        terminal=terminal,
        state="Closed",
        standing=Standing.UNDONE if undone else Standing.SETTLED,
        moment=moment,
        batch_no=f"B{serial:09d}",
        msgid=_msgid(moment, terminal),
        setl_id="" if undone else f"S{serial:09d}",
        figures=None if undone else Figures(Money(own.fen + 5_000), Money(3_000), Money(2_000), own + promised),
        booked=not undone,
        promised=None if undone else promised,
        orders=(share,) if own else (),
    )


def _begun_on_a_phone(row: AccountRow, serial: int) -> AccountRow:
    """The centre's own number ends as a till's would, and is none."""
    return replace(row, by_phone=True, setl_id=f"S{serial:09d}", msgid=f"M{serial:025d}{row.terminal}")


def _msgid(moment: datetime, terminal: str) -> str:
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
    )


def _window_row(chance: random.Random, number: int) -> InstitutionRow:
    moment = MORNING + timedelta(seconds=number)
    own = Money(chance.randrange(50_000))
    figures = Figures(Money(own.fen + 5_000), Money(5_000), ZERO, own)
    terminal = f"9{number % 20:02d}"
    key = f"window-{number}"
    return InstitutionRow(
        key, f"W{number:09d}", _msgid(moment, terminal), "M2", None, EMPLOYEES, terminal, figures, (), away=False
    )


# --- hands that spoil ------------------------------------------------------------------------------------------------
Spoil = Callable[[Day, AccountRow], tuple[Kind, str | None]]


def _forget_booking(day: Day, row: AccountRow) -> tuple[Kind, str]:
    day.booked[row.sid] = []
    day.told.append(only_at_platform(row))
    return Kind.NOT_BOOKED, row.sid


def _forget_everywhere(day: Day, row: AccountRow) -> tuple[Kind, str]:
    day.booked[row.sid] = []
    return Kind.KIOSK_ONLY, row.sid


def _book_twice(day: Day, row: AccountRow) -> tuple[Kind, str]:
    day.booked[row.sid] *= 2
    return Kind.BOOKED_TWICE, row.sid


def _book_otherwise(day: Day, row: AccountRow) -> tuple[Kind, str]:
    [booked] = day.booked[row.sid]
    day.booked[row.sid] = [replace(booked, figures=replace(booked.figures, fund_pay_sumamt=Money(2_999)))]
    return Kind.HOSPITAL_AMOUNTS, row.sid


def _cancel_elsewhere(day: Day, row: AccountRow) -> tuple[Kind, str]:
    day.booked[row.sid] = [replace(booked, undone=True) for booked in day.booked[row.sid]]
    return Kind.CANCELLED_ELSEWHERE, row.sid


def _lose_at_platform(day: Day, row: AccountRow) -> tuple[Kind, str]:
    day.told.append(replace(only_at_platform(row), verdict=Verdict.INSTITUTION_ONLY, code="102"))
    return (Kind.PHONE_TAKEN_BACK if row.by_phone else Kind.PLATFORM_MISSING), row.sid


def _forget_promise(day: Day, row: AccountRow) -> tuple[Kind, str]:
    """What an insurer or an agreement stood for is gone from the hospital's books, or stands there for nothing."""
    [booked] = day.booked[row.sid]
    day.booked[row.sid] = [replace(booked, promised=ZERO if booked.promised else _PROMISED)]
    return Kind.PROMISED_OTHERWISE, row.sid


def _swap_promise(day: Day, row: AccountRow) -> tuple[Kind, str]:
    """The hospital wrote as collected what an insurer promised: its sum is right, and so is every other party's."""
    [booked] = day.booked[row.sid]
    one = Taken("nobodys", "wechat", booked.promised)
    day.booked[row.sid] = [replace(booked, promised=ZERO, taken=(*booked.taken, one))]
    return Kind.PROMISED_OTHERWISE, row.sid


def _other_amounts_at_platform(day: Day, row: AccountRow) -> tuple[Kind, str]:
    told = replace(only_at_platform(row), verdict=Verdict.AMOUNTS, code="103", fund_pay_sumamt=Money(1))
    day.told.append(told)
    return Kind.PLATFORM_AMOUNTS, row.sid


def _puzzling_platform(day: Day, row: AccountRow) -> tuple[Kind, str]:
    day.told.append(replace(only_at_platform(row), verdict=Verdict.UNKNOWN, code="777"))
    return Kind.PLATFORM_UNEXPLAINED, row.sid


def _lose_row(day: Day, row: AccountRow) -> tuple[Kind, str]:
    """The kiosk's journal lost it; hospital and platform have it. Its order is known to nobody either."""
    del day.rows[row.sid]
    day.orders.pop(row.sid, None)
    return Kind.BOOKED_WITHOUT_KIOSK, row.sid


def _leave_open(day: Day, row: AccountRow) -> tuple[Kind, str]:
    day.rows[row.sid] = replace(row, standing=Standing.OPEN, state="SettleIntent")
    return Kind.STILL_OPEN, row.sid


def _pay_nothing(day: Day, row: AccountRow) -> tuple[Kind, str]:
    del day.orders[row.sid]
    return Kind.NOT_PAID, row.sid


def _pay_otherwise(day: Day, row: AccountRow) -> tuple[Kind, str]:
    order = day.orders[row.sid]
    day.orders[row.sid] = replace(order, amount=Money(order.amount.fen + 1))
    return Kind.PAID_OTHERWISE, row.sid


def _give_back(day: Day, row: AccountRow) -> tuple[Kind, str]:
    order = day.orders[row.sid]
    day.orders[row.sid] = replace(order, refunds={"clerk1": order.amount})
    return Kind.GIVEN_BACK_UNKNOWN, row.sid


def _keep_refund(day: Day, row: AccountRow) -> tuple[Kind, str]:
    day.orders[row.sid] = replace(day.orders[row.sid], refunds={})
    return Kind.NOT_GIVEN_BACK, row.sid


def _book_undone(day: Day, row: AccountRow) -> tuple[Kind, str]:
    day.rows[row.sid] = settled = replace(row, setl_id=f"S{row.batch_no}", figures=Figures())
    day.booked[row.sid] = [booking_of(settled, EMPLOYEES)]
    return Kind.BOOKED_BUT_UNDONE, row.sid


def _settle_undone(day: Day, row: AccountRow) -> tuple[Kind, str]:
    day.told.append(only_at_platform(row))
    return (Kind.PHONE_UNFINISHED if row.by_phone else Kind.SETTLED_BUT_UNDONE), row.sid


def _lose_undone_row(day: Day, row: AccountRow) -> tuple[Kind, None]:
    """Settled at the platform by a kiosk that knows nothing of it: no party wrote its number down."""
    del day.rows[row.sid]
    day.orders.pop(row.sid, None)
    day.told.append(only_at_platform(row))
    return Kind.SETTLED_WITHOUT_KIOSK, None


def _lose_row_with_money(day: Day, row: AccountRow) -> tuple[Kind, None]:
    del day.rows[row.sid]
    day.orders[row.sid] = replace(day.orders[row.sid], refunds={})
    return Kind.PAID_WITHOUT_KIOSK, None


def only_at_platform(row: AccountRow) -> PlatformDifference:
    figures = row.figures or Figures()
    amounts = (figures.medfee_sumamt, figures.fund_pay_sumamt, figures.acct_pay)
    return PlatformDifference(
        row.setl_id or f"P{row.batch_no}", row.msgid, Verdict.PLATFORM_ONLY, "101", False, *amounts
    )


SETTLED: tuple[Spoil, ...] = (
    _forget_booking,
    _forget_everywhere,
    _book_twice,
    _book_otherwise,
    _cancel_elsewhere,
    _lose_at_platform,
    _other_amounts_at_platform,
    _puzzling_platform,
    _lose_row,
    _leave_open,
    _forget_promise,
)
"""On a settlement that stands."""
PAID: tuple[Spoil, ...] = (_pay_nothing, _pay_otherwise, _give_back)
"""On one that stands and cost the person something."""
PROMISED: tuple[Spoil, ...] = (_swap_promise,)
"""On one of which somebody else pays a part."""
ON_STANDING = SETTLED + PAID + PROMISED
UNDONE: tuple[Spoil, ...] = (_book_undone, _settle_undone, _lose_undone_row)
UNDONE_BY_PHONE: tuple[Spoil, ...] = (_book_undone, _settle_undone)
"""Without the kiosk's row nobody could tell that a kiosk had to do with a phone's settlement."""
UNDONE_PAID: tuple[Spoil, ...] = (_keep_refund, _lose_row_with_money)


def spoilings(row: AccountRow) -> tuple[Spoil, ...]:
    """What can go wrong with this row."""
    paid = bool(row.orders)
    if row.standing is Standing.SETTLED:
        return SETTLED + (PAID if paid else ()) + (PROMISED if row.promised else ())
    lost = UNDONE_BY_PHONE if row.by_phone else UNDONE
    return lost + UNDONE_PAID if paid else lost
