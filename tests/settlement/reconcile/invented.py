"""A day of an institution on which all parties agree: `spoiling` makes differences of it, one row at a time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from kiosk.domain.accounts import AccountRow, ClaimShare, Figures, GivenBack, OrderShare, Standing
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import ZERO, Money
from kiosk.domain.personal import PersonNumber
from kiosk.domain.sid import new_order, new_sid
from kiosk.domain.stay import Back
from kiosk.ports.clock import BEIJING
from settlement.reconcile.books import Books
from settlement.reconcile.rows import (
    Group,
    InstitutionRow,
    InsurerRow,
    Looked,
    MadeRefund,
    NotedClaim,
    NotedReturn,
    PaidOrder,
    PlatformDifference,
    PlatformView,
    Taken,
    TakenBack,
    TakenDeposit,
)

DAY = date(2026, 11, 26)
MORNING = datetime(2026, 11, 26, 8, 0, tzinfo=BEIJING)
PROMISED = Money(800)
EMPLOYEES = Group("310", "11", "000000")
RESIDENTS = Group("390", "11", "000000")


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
    windows: list[InstitutionRow] = field(default_factory=list[InstitutionRow])
    told: list[PlatformDifference] = field(default_factory=list[PlatformDifference])
    terminals: frozenset[str] = frozenset()
    silent: set[str] = field(default_factory=set[str])
    settled_again: set[str] = field(default_factory=set[str])
    """Settlements that another one of the day took back: whoever spoils them spoils that one."""

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
        )


def plain_day(chance: random.Random, kiosks: int = 60, each: int = 20, windows: int = 1_000) -> Day:
    """Settlements alone."""
    return quiet_day(chance, kiosks, each, windows, plain=True)


def quiet_day(
    chance: random.Random, kiosks: int = 60, each: int = 20, windows: int = 1_000, *, plain: bool = False
) -> Day:
    """Most settle, some are undone and refunded, some pay nothing; deposits are taken and given back, bills that were
    paid here or elsewhere, today or before, are taken back, insurers pay, refuse and look into it, some of it waits.
    """
    day = Day(terminals=frozenset(f"{number:03d}" for number in range(1, kiosks + 1)))
    serial = 0
    for terminal in sorted(day.terminals):
        for _ in range(each):
            serial += 1
            add = _add_visit if plain else chance.choices(_VISITS, _HOW_OFTEN)[0]
            add(day, chance, terminal, serial)
    day.windows += [_window_row(chance, number) for number in range(windows)]
    return day


def _add_visit(day: Day, chance: random.Random, terminal: str, serial: int) -> None:
    own = Money(chance.choice((0, chance.randrange(1, 50_000))))
    undone = chance.random() < 0.15
    row = settlement_row(terminal, serial, own, undone=undone)
    if chance.random() < 0.1:
        row = _begun_on_a_phone(row, serial)
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
    row = settlement_row(terminal, serial, Money(150_000), undone=False)
    bare = replace(row, setl_id="", msgid="", figures=None, promised=None, deferred=None, receipt="", deposit=True)
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
    _put(day, chance, replace(row, figures=figures, returns=returns))
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
        row = replace(row, msgid=_msgid(row.moment, terminal), figures=replace(row.figures, psn_cash_pay=kept))
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
    _put(day, chance, replace(again, figures=_cash(again, Money(5_000))))
    day.booked[again.sid] = [replace(one, deposits=Money(5_000)) for one in day.booked[again.sid]]
    paid = day.orders.pop(first.sid)
    day.orders[again.sid] = replace(paid, refunds={given.key: given.amount})
    day.returned[again.sid] = [NotedReturn(again.sid, terminal, given.order, given.channel, given.amount, DAY)]
    day.taken_back[again.sid] = TakenBack(again.sid, terminal, first.setl_id, DAY, again.red, DAY)


def _cash(row: AccountRow, cash: Money) -> Figures:
    assert row.figures is not None
    return replace(row.figures, psn_cash_pay=cash)


_VISITS = (_add_visit, _add_insured, _add_deposit, _add_stay, _add_refund, _add_refund_of_today)
_HOW_OFTEN = (16, 4, 1, 2, 2, 1)


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
        msgid=_msgid(moment, terminal),
        setl_id="" if undone else f"S{serial:09d}",
        figures=None if undone else Figures(Money(own.fen + 5_000), Money(3_000), Money(2_000), own + promised),
        booked=not undone,
        promised=None if undone else promised,
        deferred=None if undone else promised,
        orders=(share,) if own else (),
        receipt="" if undone else f"7{serial:09d}",
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
        deferred=row.deferred,
        claims=(NotedClaim(row.claim.key, row.claim.amount, row.claim.outcome),) if row.claim else (),
        receipt=row.receipt,
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
