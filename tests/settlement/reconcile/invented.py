"""A day of an institution on which all parties agree: `spoiling` makes differences of it, one row at a time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta

from kiosk.domain.accounts import AccountRow, ClaimShare, Figures, GivenBack, HandedShare, Standing
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import ZERO, Money
from kiosk.domain.sid import new_order
from kiosk.domain.stay import Back
from settlement.reconcile.books import Books
from settlement.reconcile.rows import (
    HandedBill,
    InstitutionRow,
    InsurerRow,
    Looked,
    MadeRefund,
    NotedReturn,
    OnPhone,
    PaidOrder,
    PlatformDifference,
    PlatformView,
    TakenBack,
    TakenDeposit,
)
from tests.settlement.reconcile.single import (
    DAY,
    EMPLOYEES,
    RESIDENTS,
    begun_on_a_phone,
    booking_of,
    msgid_of,
    phones_booking,
    settlement_row,
    window_row,
)


@dataclass(slots=True)
class Day:
    """Rows that may still be spoiled, by settlement. What is `taken_back` is under the number of its refund."""

    rows: dict[str, AccountRow] = field(default_factory=dict[str, AccountRow])
    booked: dict[str, list[InstitutionRow]] = field(default_factory=dict[str, list[InstitutionRow]])
    orders: dict[str, PaidOrder] = field(default_factory=dict[str, PaidOrder])
    earlier: dict[str, PaidOrder] = field(default_factory=dict[str, PaidOrder])
    """By settlement too: orders of before that it gives back of, within the three days."""
    refunds: dict[str, MadeRefund] = field(default_factory=dict[str, MadeRefund])
    """Of orders that are older than that, by key."""
    returned: dict[str, list[NotedReturn]] = field(default_factory=dict[str, list[NotedReturn]])
    taken_back: dict[str, TakenBack] = field(default_factory=dict[str, TakenBack])
    claims: dict[str, InsurerRow] = field(default_factory=dict[str, InsurerRow])
    deposits: dict[str, TakenDeposit] = field(default_factory=dict[str, TakenDeposit])
    handed: list[HandedBill] = field(default_factory=list[HandedBill])
    windows: list[InstitutionRow] = field(default_factory=list[InstitutionRow])
    told: list[PlatformDifference] = field(default_factory=list[PlatformDifference])
    terminals: frozenset[str] = frozenset()
    silent: set[str] = field(default_factory=set[str])
    settled_again: set[str] = field(default_factory=set[str])
    """What another settlement of the day took back, or finished: whoever spoils these spoils that one."""

    def books(self) -> Books:
        institution = [row for rows in self.booked.values() for row in rows] + self.windows
        return Books(
            day=DAY,
            terminals=self.terminals,
            kiosks=list(self.rows.values()),
            institution=institution,
            platform=PlatformView(asked=True, differences=tuple(self.told)),
            orders=[*self.orders.values(), *self.earlier.values()],
            deposits=list(self.deposits.values()),
            silent=frozenset(self.silent),
            refunds=list(self.refunds.values()),
            returned=[one for rows in self.returned.values() for one in rows],
            taken_back=list(self.taken_back.values()),
            claims=list(self.claims.values()),
            handed=self.handed,
        )


def plain_day(chance: random.Random, kiosks: int = 60, each: int = 20, windows: int = 1_000) -> Day:
    """Settlements alone."""
    return quiet_day(chance, kiosks, each, windows, plain=True)


def quiet_day(
    chance: random.Random, kiosks: int = 60, each: int = 20, windows: int = 1_000, *, plain: bool = False
) -> Day:
    """Most settle, some are undone and refunded, some pay nothing; deposits are taken and given back, bills that were
    paid here or elsewhere, today or before, are taken back, insurers pay, refuse and look into it, some of it waits;
    bills are handed to phones, and are paid there or not.
    """
    day = Day(terminals=frozenset(f"{number:03d}" for number in range(1, kiosks + 1)))
    serial = 0
    for terminal in sorted(day.terminals):
        for _ in range(each):
            serial += 1
            add = _add_visit if plain else chance.choices(_VISITS, _HOW_OFTEN)[0]
            add(day, chance, terminal, serial)
    day.windows += [window_row(chance, number) for number in range(windows)]
    return day


def _add_visit(day: Day, chance: random.Random, terminal: str, serial: int) -> None:
    own = Money(chance.choice((0, chance.randrange(1, 50_000))))
    undone = chance.random() < 0.15
    row = settlement_row(terminal, serial, own, undone=undone)
    if chance.random() < 0.1:
        row = begun_on_a_phone(row, serial)
    _put(day, chance, row)


def _put(day: Day, chance: random.Random, row: AccountRow) -> None:
    """A row and what the others have of it."""
    day.rows[row.sid] = row
    if row.standing is Standing.SETTLED:
        day.booked[row.sid] = [booking_of(row, chance.choice((EMPLOYEES, RESIDENTS)))]
    if row.claim is not None and (row.claim.outcome is not Outcome.REFUSED or chance.random() < 0.5):
        looked = {Outcome.PAID: Looked.PAID, Outcome.OPEN: Looked.REVIEWING, Outcome.REFUSED: Looked.REFUSED}
        claimed = InsurerRow(row.claim.key, row.setl_id, row.claim.amount, looked[row.claim.outcome])
        day.claims[row.sid] = claimed
    for share in row.orders:
        refunds = {share.refund_order: share.refunded} if share.refunded else {}
        day.orders[row.sid] = PaidOrder(share.order, row.terminal, share.channel, share.collected, DAY, refunds)


def _add_insured(day: Day, chance: random.Random, terminal: str, serial: int) -> None:
    """An insurer has a part in it, and it may pay, refuse, or be looking into it."""
    row = settlement_row(terminal, serial, Money(chance.randrange(1, 50_000)), undone=False)
    assert row.figures is not None
    waits = row.promised or ZERO
    claim = ClaimShare(f"{row.sid}-claim", Money(1_500), chance.choice(list(Outcome)))
    figures = replace(row.figures, psn_cash_pay=row.figures.psn_cash_pay + claim.amount)
    _put(day, chance, replace(row, figures=figures, promised=waits + claim.amount, deferred=waits, claim=claim))


def _add_deposit(day: Day, _chance: random.Random, terminal: str, serial: int) -> None:
    row = replace(settlement_row(terminal, serial, Money(150_000), undone=False), deposit=True, receipt="")
    bare = replace(row, setl_id="", msgid="", figures=None, promised=None, deferred=None, used=None)
    [share] = bare.orders
    day.rows[row.sid] = bare
    day.orders[row.sid] = PaidOrder(share.order, terminal, share.channel, share.collected, DAY)
    key = f"{row.sid}-book"
    day.deposits[row.sid] = TakenDeposit(key, terminal, share.order, share.channel, share.collected)


def _add_stay(day: Day, chance: random.Random, terminal: str, serial: int) -> None:
    """Two deposits of before were more than enough: one goes back by its channel, a window pays out the other."""
    row = settlement_row(terminal, serial, ZERO, undone=False)
    used, surplus = Money(chance.randrange(1, 50_000)), Money(chance.randrange(1, 9_000))
    assert row.figures is not None
    figures = replace(row.figures, psn_cash_pay=row.figures.psn_cash_pay + used)
    key = f"{row.sid.lower()}d1"
    returns = (
        GivenBack(new_order(), key, chance.choice(("alipay", "wechat")), surplus, Back.RETURNED),
        GivenBack("", f"{row.sid.lower()}d0", "cash", Money(700), Back.WINDOW),
    )
    _put(day, chance, replace(row, figures=figures, returns=returns, used=used))
    day.booked[row.sid] = [replace(booked, deposits=used) for booked in day.booked[row.sid]]
    _give_back(day, chance, day.rows[row.sid], Money(used.fen + surplus.fen))


def _give_back(day: Day, chance: random.Random, row: AccountRow, paid: Money) -> None:
    """What went back of a payment made before, at another till; yesterday, or long ago."""
    for one in row.given_back:
        day.returned[row.sid] = [NotedReturn(row.sid, row.terminal, one.order, one.channel, one.amount, DAY)]
        if chance.random() < 0.5:
            day.earlier[row.sid] = PaidOrder(
                one.order, "APP", one.channel, paid, DAY - timedelta(days=1), {one.key: one.amount}
            )
        else:
            day.refunds[row.sid] = MadeRefund(one.key, one.order, "APP", one.channel, one.amount, DAY)


def _add_refund(day: Day, chance: random.Random, terminal: str, serial: int) -> None:
    """A bill of another till, paid before today, is taken back here in part or whole."""
    whole = chance.random() < 0.3
    row = settlement_row(terminal, serial, ZERO, undone=whole)
    paid, back = Money(20_000), Money(20_000 if whole else chance.randrange(1, 20_000))
    given = GivenBack(new_order(), f"{row.sid.lower()}d0", "alipay", back, Back.RETURNED)
    row = replace(row, returns=(given,), cancels=f"OLD{serial:09d}", red=f"9{serial:09d}", msgid="")
    if row.figures is not None:
        kept = Money(row.figures.psn_cash_pay.fen + paid.fen - back.fen)
        figures = replace(row.figures, psn_cash_pay=kept)
        row = replace(row, msgid=msgid_of(row.moment, terminal), figures=figures, used=paid - back)
    _put(day, chance, row)
    if not whole:
        day.booked[row.sid] = [replace(booked, deposits=paid - back) for booked in day.booked[row.sid]]
    _give_back(day, chance, row, paid)
    yesterday = DAY - timedelta(days=1)
    day.taken_back[row.sid] = TakenBack(row.sid, terminal, row.cancels, yesterday, row.red, DAY)


def _add_refund_of_today(day: Day, chance: random.Random, terminal: str, serial: int) -> None:
    """Paid at a kiosk in the morning, taken back in part at another till of theirs in the afternoon."""
    first = settlement_row(terminal, serial, Money(9_000), undone=False)
    _put(day, chance, replace(first, promised=ZERO, deferred=ZERO, figures=_cash(first, Money(9_000))))
    [share], booked = first.orders, day.booked[first.sid]
    day.booked[first.sid] = [replace(one, undone=True) for one in booked]
    day.settled_again.add(first.sid)
    again = settlement_row(terminal, serial + 500_000, ZERO, undone=False)
    given = GivenBack(share.order, f"{again.sid.lower()}d0", share.channel, Money(4_000), Back.RETURNED)
    again = replace(again, returns=(given,), cancels=first.setl_id, red=f"8{serial:09d}", promised=ZERO, deferred=ZERO)
    _put(day, chance, replace(again, figures=_cash(again, Money(5_000)), used=Money(5_000)))
    day.booked[again.sid] = [replace(one, deposits=Money(5_000)) for one in day.booked[again.sid]]
    paid = day.orders.pop(first.sid)
    day.orders[again.sid] = replace(paid, refunds={given.key: given.amount})
    day.returned[again.sid] = [NotedReturn(again.sid, terminal, given.order, given.channel, given.amount, DAY)]
    day.taken_back[again.sid] = TakenBack(again.sid, terminal, first.setl_id, DAY, again.red, DAY)


def _cash(row: AccountRow, cash: Money) -> Figures:
    assert row.figures is not None
    return replace(row.figures, psn_cash_pay=cash)


def _add_handed(day: Day, chance: random.Random, terminal: str, serial: int) -> None:
    """Its patient took the bill to the phone, where it waits, lapses, is paid, or is taken from again."""
    row = replace(settlement_row(terminal, serial, ZERO, undone=True), msgid="")
    handed = HandedShare(f"{row.sid}-phone", f"O{serial:09d}", row.moment + timedelta(hours=24))
    row = day.rows[row.sid] = replace(row, handed=handed)
    state = chance.choice(list(OnPhone))
    settled = state in {OnPhone.PAYING, OnPhone.PAID, OnPhone.UNDONE}
    told = HandedBill(handed.key, row.batch_no, state, f"P{serial:09d}" if settled else "")
    day.handed.append(told)
    if state in {OnPhone.PAID, OnPhone.UNDONE}:
        booked = phones_booking(told, chance)
        day.windows.append(replace(booked, undone=state is OnPhone.UNDONE))
    elif state is OnPhone.BACK and chance.random() < 0.5:
        own = Money(chance.randrange(1, 50_000))
        day.settled_again.add(row.sid)
        again = settlement_row(terminal, serial + 700_000, own, undone=False)
        _put(day, chance, replace(again, batch_no=row.batch_no))


_VISITS = (_add_visit, _add_insured, _add_deposit, _add_stay, _add_refund, _add_refund_of_today, _add_handed)
_HOW_OFTEN = (16, 4, 1, 2, 2, 1, 2)
