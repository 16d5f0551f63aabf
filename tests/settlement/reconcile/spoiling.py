"""Hands that spoil one row of an invented day, each in one way.

A hand returns what a clerk must be told: the kind of the difference and the number of the settlement it is about.
`HANDS` says on which rows each of them has something to do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace

from kiosk.domain.accounts import AccountRow, Figures, Standing
from kiosk.domain.insurer import Outcome
from kiosk.domain.money import ZERO, Money
from kiosk.domain.sid import new_order, new_sid
from kiosk.domain.stay import Back
from settlement.reconcile.findings import Kind
from settlement.reconcile.rows import (
    HandedBill,
    InsurerRow,
    Looked,
    MadeRefund,
    OnPhone,
    PlatformDifference,
    Taken,
    Verdict,
)
from tests.settlement.reconcile.invented import Day
from tests.settlement.reconcile.single import DAY, EMPLOYEES, PROMISED, booking_of, phones_booking

Named = tuple[Kind, str | None]
Spoil = Callable[[Day, AccountRow], Named]
Fits = Callable[[AccountRow], bool]


def only_at_platform(row: AccountRow) -> PlatformDifference:
    figures = row.figures or Figures()
    amounts = (figures.medfee_sumamt, figures.fund_pay_sumamt, figures.acct_pay)
    return PlatformDifference(
        row.setl_id or f"P{row.batch_no}", row.msgid, Verdict.PLATFORM_ONLY, "101", False, *amounts
    )


# --- a settlement that stands, at the hospital -----------------------------------------------------------------------
def _forget_booking(day: Day, row: AccountRow) -> Named:
    day.booked[row.sid] = []
    day.told.append(only_at_platform(row))
    return Kind.NOT_BOOKED, row.sid


def _forget_everywhere(day: Day, row: AccountRow) -> Named:
    day.booked[row.sid] = []
    return Kind.KIOSK_ONLY, row.sid


def _book_twice(day: Day, row: AccountRow) -> Named:
    day.booked[row.sid] *= 2
    return Kind.BOOKED_TWICE, row.sid


def _book_anew_under_one_msgid(day: Day, row: AccountRow) -> Named:
    [booked] = day.booked[row.sid]
    day.booked[row.sid].append(replace(booked, setl_id=f"P{row.batch_no}", taken=()))
    return Kind.BOOKED_WITHOUT_KIOSK, row.sid


def _book_otherwise(day: Day, row: AccountRow) -> Named:
    """What the hospital has is what the platform was told, and says that it has otherwise."""
    [booked] = day.booked[row.sid]
    day.booked[row.sid] = [replace(booked, figures=replace(booked.figures, fund_pay_sumamt=Money(2_999)))]
    day.told.append(replace(only_at_platform(row), verdict=Verdict.AMOUNTS, code="103"))
    return Kind.HOSPITAL_AMOUNTS, row.sid


def _cancel_elsewhere(day: Day, row: AccountRow) -> Named:
    day.booked[row.sid] = [replace(booked, undone=True) for booked in day.booked[row.sid]]
    return Kind.CANCELLED_ELSEWHERE, row.sid


def _cancel_and_refund_elsewhere(day: Day, row: AccountRow) -> Named:
    """A window gave the money back by the same service, under a key of its own."""
    order = day.orders[row.sid]
    day.orders[row.sid] = replace(order, refunds={"window1": order.amount})
    return _cancel_elsewhere(day, row)


def _cancel_at_hospital_alone(day: Day, row: AccountRow) -> Named:
    _cancel_elsewhere(day, row)
    day.told.append(only_at_platform(row))
    return Kind.HALF_CANCELLED, row.sid


def _other_receipt(day: Day, row: AccountRow) -> Named:
    day.booked[row.sid] = [replace(booked, receipt="0000000001") for booked in day.booked[row.sid]]
    return Kind.RECEIPT_OTHERWISE, row.sid


def _lose_row(day: Day, row: AccountRow) -> Named:
    """The kiosk's journal lost it; all others have it, and its order, and what it gave back: one difference."""
    del day.rows[row.sid]
    return Kind.BOOKED_WITHOUT_KIOSK, row.sid


def _leave_open(day: Day, row: AccountRow) -> Named:
    day.rows[row.sid] = replace(row, standing=Standing.OPEN, state="SettleIntent")
    return Kind.STILL_OPEN, row.sid


# --- at the platform -------------------------------------------------------------------------------------------------
def _lose_at_platform(day: Day, row: AccountRow) -> Named:
    day.told.append(replace(only_at_platform(row), verdict=Verdict.INSTITUTION_ONLY, code="102"))
    return Kind.PLATFORM_MISSING, row.sid


def _take_back_on_the_phone(day: Day, row: AccountRow) -> Named:
    _lose_at_platform(day, row)
    return Kind.PHONE_TAKEN_BACK, row.sid


def _other_amounts_at_platform(day: Day, row: AccountRow) -> Named:
    told = replace(only_at_platform(row), verdict=Verdict.AMOUNTS, code="103", fund_pay_sumamt=Money(1))
    day.told.append(told)
    return Kind.PLATFORM_AMOUNTS, row.sid


def _puzzling_platform(day: Day, row: AccountRow) -> Named:
    day.told.append(replace(only_at_platform(row), verdict=Verdict.UNKNOWN, code="777"))
    return Kind.PLATFORM_UNEXPLAINED, row.sid


def _settle_twice_under_one_msgid(day: Day, row: AccountRow) -> Named:
    """One 2207 settled two times: only one of the two ever reached a kiosk."""
    day.told.append(replace(only_at_platform(row), setl_id=f"P{row.batch_no}"))
    return Kind.SETTLED_WITHOUT_KIOSK, None


# --- what others pay, and what waits ---------------------------------------------------------------------------------
def _forget_promise(day: Day, row: AccountRow) -> Named:
    """What an insurer or an agreement stood for is gone from the hospital's books, or stands there for nothing."""
    [booked] = day.booked[row.sid]
    day.booked[row.sid] = [replace(booked, promised=ZERO if booked.promised else PROMISED)]
    return Kind.PROMISED_OTHERWISE, row.sid


def _swap_promise(day: Day, row: AccountRow) -> Named:
    """The hospital wrote as collected what an insurer promised: its sum is right, and so is every other party's."""
    [booked] = day.booked[row.sid]
    one = Taken("nobodys", "wechat", booked.promised)
    day.booked[row.sid] = [replace(booked, promised=ZERO, taken=(*booked.taken, one))]
    return Kind.PROMISED_OTHERWISE, row.sid


def _collect_what_waits(day: Day, row: AccountRow) -> Named:
    """The hospital has what waits as an insurer's: the sum of both is right."""
    day.booked[row.sid] = [replace(booked, deferred=ZERO) for booked in day.booked[row.sid]]
    return Kind.PROMISED_OTHERWISE, row.sid


def _insurer_knows_nothing(day: Day, row: AccountRow) -> Named:
    del day.claims[row.sid]
    return Kind.CLAIM_MISSING, row.sid


def _nobody_knows_of_claim(day: Day, row: AccountRow) -> Named:
    del day.claims[row.sid]
    return Kind.CLAIM_OPEN, row.sid


def _insurer_ends_otherwise(day: Day, row: AccountRow) -> Named:
    assert row.claim is not None
    looked = Looked.REFUSED if _outcome(row) is Outcome.PAID else Looked.PAID
    day.claims[row.sid] = InsurerRow(row.claim.key, row.setl_id, row.claim.amount, looked)
    return (Kind.CLAIM_OPEN if _outcome(row) is Outcome.OPEN else Kind.CLAIM_OTHERWISE), row.sid


def _insurer_pays_otherwise(day: Day, row: AccountRow) -> Named:
    day.claims[row.sid] = replace(day.claims[row.sid], amount=Money(1))
    return Kind.CLAIM_OTHERWISE, row.sid


def _hospital_not_told(day: Day, row: AccountRow) -> Named:
    [booked] = day.booked[row.sid]
    ended = Outcome.OPEN if _outcome(row) is Outcome.PAID else Outcome.PAID
    day.booked[row.sid] = [replace(booked, claims=tuple(replace(one, outcome=ended) for one in booked.claims or ()))]
    return Kind.CLAIM_NOT_NOTED, row.sid


def _claim_of_nobody(day: Day, row: AccountRow) -> Named:
    day.claims[row.sid] = InsurerRow(f"{row.sid}-claim", row.setl_id, Money(500), Looked.PAID)
    return Kind.CLAIM_WITHOUT_KIOSK, row.sid


def _outcome(row: AccountRow) -> Outcome | None:
    return row.claim.outcome if row.claim else None


# --- money that came -------------------------------------------------------------------------------------------------
def _pay_nothing(day: Day, row: AccountRow) -> Named:
    del day.orders[row.sid]
    return Kind.NOT_PAID, row.sid


def _pay_otherwise(day: Day, row: AccountRow) -> Named:
    order = day.orders[row.sid]
    day.orders[row.sid] = replace(order, amount=Money(order.amount.fen + 1))
    return Kind.PAID_OTHERWISE, row.sid


def _pay_by_another_channel(day: Day, row: AccountRow) -> Named:
    day.orders[row.sid] = replace(day.orders[row.sid], channel="alipay")
    return Kind.CHANNEL_OTHERWISE, row.sid


def _book_another_channel(day: Day, row: AccountRow) -> Named:
    [booked] = day.booked[row.sid]
    taken = tuple(replace(part, channel="alipay") for part in booked.taken)
    day.booked[row.sid] = [replace(booked, taken=taken)]
    return Kind.CHANNEL_OTHERWISE, row.sid


def _book_under_another_till(day: Day, row: AccountRow) -> Named:
    """Every sum is right, and two cashiers are wrong by as much."""
    day.booked[row.sid] = [replace(booked, terminal=_another(row.terminal)) for booked in day.booked[row.sid]]
    return Kind.CHANNEL_OTHERWISE, row.sid


def _another(terminal: str) -> str:
    return "002" if terminal == "001" else "001"


def _book_as_deposits(day: Day, row: AccountRow) -> Named:
    """What was paid today is written off as paid before: somebody's deposit is too low by as much."""
    [booked] = day.booked[row.sid]
    day.booked[row.sid] = [replace(booked, taken=(), deposits=booked.received + booked.deposits)]
    return Kind.HOSPITAL_AMOUNTS, row.sid


def _give_back(day: Day, row: AccountRow) -> Named:
    order = day.orders[row.sid]
    day.orders[row.sid] = replace(order, refunds={"clerk1": order.amount})
    return Kind.GIVEN_BACK_UNKNOWN, row.sid


# --- a settlement that was undone ------------------------------------------------------------------------------------
def _keep_refund(day: Day, row: AccountRow) -> Named:
    day.orders[row.sid] = replace(day.orders[row.sid], refunds={})
    return Kind.NOT_GIVEN_BACK, row.sid


def _book_undone(day: Day, row: AccountRow) -> Named:
    day.rows[row.sid] = settled = replace(row, setl_id=f"S{row.batch_no}", figures=Figures())
    day.booked[row.sid] = [booking_of(settled, EMPLOYEES)]
    return Kind.BOOKED_BUT_UNDONE, row.sid


def _book_what_got_no_number(day: Day, row: AccountRow) -> Named:
    """Undone before a setl_id was known here; the hospital has one, under the same msgid."""
    booked = replace(row, setl_id=f"S{row.batch_no}", figures=Figures())
    day.booked[row.sid] = [booking_of(booked, EMPLOYEES)]
    return Kind.BOOKED_BUT_UNDONE, row.sid


def _settle_undone(day: Day, row: AccountRow) -> Named:
    day.told.append(only_at_platform(row))
    return Kind.SETTLED_BUT_UNDONE, row.sid


def _leave_phones_settlement(day: Day, row: AccountRow) -> Named:
    _settle_undone(day, row)
    return Kind.PHONE_UNFINISHED, row.sid


def _lose_undone_row(day: Day, row: AccountRow) -> Named:
    """Settled at the platform by a kiosk that knows nothing of it: no party wrote its number down."""
    del day.rows[row.sid]
    day.told.append(only_at_platform(row))
    return Kind.SETTLED_WITHOUT_KIOSK, None


def _lose_row_with_money(day: Day, row: AccountRow) -> Named:
    del day.rows[row.sid]
    day.orders[row.sid] = replace(day.orders[row.sid], refunds={})
    return Kind.PAID_WITHOUT_KIOSK, None


# --- a deposit -------------------------------------------------------------------------------------------------------
def _forget_deposit(day: Day, row: AccountRow) -> Named:
    del day.deposits[row.sid]
    return Kind.NOT_BOOKED, row.sid


def _take_other_deposit(day: Day, row: AccountRow) -> Named:
    day.deposits[row.sid] = replace(day.deposits[row.sid], amount=Money(1))
    return Kind.HOSPITAL_AMOUNTS, row.sid


def _note_deposit_in_another_drawer(day: Day, row: AccountRow) -> Named:
    taken = day.deposits[row.sid]
    day.deposits[row.sid] = replace(taken, terminal=_another(row.terminal), channel="alipay")
    return Kind.CHANNEL_OTHERWISE, row.sid


def _undo_deposit(day: Day, row: AccountRow) -> Named:
    """Refused and given back, says the kiosk, and the payment service; the hospital has it."""
    [share] = row.orders
    day.rows[row.sid] = replace(row, standing=Standing.UNDONE, orders=(replace(share, refunded=share.collected),))
    day.orders[row.sid] = replace(day.orders[row.sid], refunds={share.refund_order: share.collected})
    return Kind.BOOKED_BUT_UNDONE, row.sid


# --- a bill that was taken back, and money that goes back ------------------------------------------------------------
def _keep_old_booking(day: Day, row: AccountRow) -> Named:
    """Of a settlement of today it stands in the list; of an older one nothing is in the list of what was taken back."""
    ours = [sid for sid, old in day.rows.items() if old.setl_id == row.cancels]
    for sid in ours:
        day.booked[sid] = [replace(booked, undone=False) for booked in day.booked[sid]]
    del day.taken_back[row.sid]
    return Kind.REFUND_STILL_BOOKED, row.sid


def _keep_old_settlement(day: Day, row: AccountRow) -> Named:
    day.told.append(replace(only_at_platform(row), setl_id=row.cancels, msgid=""))
    return Kind.REFUND_STILL_SETTLED, row.sid


def _other_red_receipt(day: Day, row: AccountRow) -> Named:
    day.taken_back[row.sid] = replace(day.taken_back[row.sid], red="")
    return Kind.RECEIPT_OTHERWISE, row.sid


def _lose_refund(day: Day, row: AccountRow) -> Named:
    del day.rows[row.sid]
    return Kind.REFUND_WITHOUT_KIOSK, row.sid


def _return_nothing(day: Day, row: AccountRow) -> Named:
    """The payment service did not give it back, whatever kiosk and hospital believe."""
    day.refunds.pop(row.sid, None)
    for orders in (day.orders, day.earlier):
        if row.sid in orders:
            orders[row.sid] = replace(orders[row.sid], refunds={})
    return Kind.NOT_GIVEN_BACK, row.sid


def _note_no_return(day: Day, row: AccountRow) -> Named:
    del day.returned[row.sid]
    return Kind.RETURN_OTHERWISE, row.sid


def _return_in_doubt(day: Day, row: AccountRow) -> Named:
    first, *others = row.returns
    day.rows[row.sid] = replace(row, returns=(replace(first, back=Back.ASKED), *others))
    return Kind.STILL_GIVING_BACK, row.sid


def _return_twice(day: Day, row: AccountRow) -> Named:
    """The channel gave back what the kiosk sent to a window, which would pay it once more."""
    first, *others = row.returns
    day.rows[row.sid] = replace(row, returns=(replace(first, back=Back.WINDOW), *others))
    return Kind.GIVEN_BACK_UNKNOWN, row.sid


def _refund_what_nobody_did(day: Day, row: AccountRow) -> Named:
    """Of an order of long ago, under a key that a kiosk would not make."""
    order = new_order()
    day.refunds[order] = MadeRefund("clerk1", order, row.terminal, "wechat", Money(300), DAY)
    return Kind.REFUND_UNKNOWN, None


def _refund_under_a_lost_number(day: Day, row: AccountRow) -> Named:
    """By its key a kiosk's: no row, and nothing at the hospital, tells of it."""
    sid, order = new_sid(int(row.moment.timestamp())), new_order()
    day.refunds[order] = MadeRefund(f"{sid.lower()}d0", order, row.terminal, "wechat", Money(300), DAY)
    return Kind.REFUND_UNKNOWN, sid


# --- a bill that was handed to a phone -------------------------------------------------------------------------------
def _pay_on_the_phone_too(day: Day, row: AccountRow) -> Named:
    """Another kiosk had handed it over, and had it back; the phone, or the hospital, did not keep to that."""
    told = HandedBill(f"{row.sid}-phone", row.batch_no, OnPhone.PAID, f"P9{row.batch_no[1:]}")
    day.handed.append(told)
    day.windows.append(phones_booking(told, random.Random(row.sid)))
    return Kind.SETTLED_TWICE, row.sid


def _settle_on_the_phone_too(day: Day, row: AccountRow) -> Named:
    """As far as the insurance's part alone: the platform paid twice, and nobody booked it."""
    day.handed.append(HandedBill(f"{row.sid}-phone", row.batch_no, OnPhone.PAYING, f"P9{row.batch_no[1:]}"))
    return Kind.SETTLED_TWICE, row.sid


def _settle_what_was_handed_over(day: Day, row: AccountRow) -> Named:
    """The very kiosk that handed it over has settled and booked it besides; the phone settles it too."""
    settled = replace(row, standing=Standing.SETTLED, setl_id=f"S{row.batch_no}", figures=Figures(), used=ZERO)
    day.rows[row.sid] = settled
    day.booked[row.sid] = [booking_of(settled, EMPLOYEES)]
    return _settle_on_the_phone_too(day, row)


# --- on which rows ---------------------------------------------------------------------------------------------------
def _standing(row: AccountRow) -> bool:
    return row.standing is Standing.SETTLED and not row.deposit


def _paid(row: AccountRow) -> bool:
    return _standing(row) and bool(row.orders)


def _undone(row: AccountRow) -> bool:
    return row.standing is Standing.UNDONE and not row.cancels and row.handed is None


HANDS: dict[Spoil, Fits] = {
    _forget_booking: _standing,
    _forget_everywhere: _standing,
    _book_twice: _standing,
    _book_anew_under_one_msgid: _standing,
    _book_otherwise: _standing,
    _cancel_elsewhere: _standing,
    _cancel_and_refund_elsewhere: _paid,
    _cancel_at_hospital_alone: _standing,
    _other_receipt: _standing,
    _lose_row: _standing,
    _leave_open: lambda row: row.standing is Standing.SETTLED,
    _lose_at_platform: lambda row: _standing(row) and not row.by_phone,
    _take_back_on_the_phone: lambda row: _standing(row) and row.by_phone,
    _other_amounts_at_platform: _standing,
    _puzzling_platform: _standing,
    _settle_twice_under_one_msgid: lambda row: _standing(row) and not row.by_phone,
    _forget_promise: _standing,
    _swap_promise: lambda row: bool(row.promised),
    _collect_what_waits: lambda row: bool(row.deferred),
    _insurer_knows_nothing: lambda row: _outcome(row) is Outcome.PAID,
    _nobody_knows_of_claim: lambda row: _outcome(row) is Outcome.OPEN,
    _insurer_ends_otherwise: lambda row: row.claim is not None,
    _insurer_pays_otherwise: lambda row: _outcome(row) is Outcome.PAID,
    _hospital_not_told: lambda row: row.claim is not None,
    _claim_of_nobody: lambda row: _standing(row) and row.claim is None,
    _pay_nothing: lambda row: row.standing is Standing.SETTLED and bool(row.orders),
    _pay_otherwise: _paid,
    _pay_by_another_channel: _paid,
    _book_another_channel: _paid,
    _book_under_another_till: _standing,
    _book_as_deposits: lambda row: _paid(row) and row.used is not None,
    _give_back: _paid,
    _keep_refund: lambda row: _undone(row) and bool(row.orders),
    _book_undone: _undone,
    _book_what_got_no_number: lambda row: _undone(row) and not row.by_phone,
    _settle_undone: lambda row: _undone(row) and not row.by_phone,
    _leave_phones_settlement: lambda row: _undone(row) and row.by_phone,
    # without the kiosk's row nobody could tell that a kiosk had to do with a phone's settlement
    _lose_undone_row: lambda row: _undone(row) and not row.by_phone,
    _lose_row_with_money: lambda row: _undone(row) and bool(row.orders),
    _forget_deposit: lambda row: row.deposit,
    _take_other_deposit: lambda row: row.deposit,
    _note_deposit_in_another_drawer: lambda row: row.deposit,
    _undo_deposit: lambda row: row.deposit,
    _keep_old_booking: lambda row: bool(row.cancels),
    _keep_old_settlement: lambda row: bool(row.cancels),
    _other_red_receipt: lambda row: bool(row.cancels),
    _lose_refund: lambda row: bool(row.cancels) and row.standing is Standing.UNDONE,
    _return_nothing: lambda row: bool(row.given_back),
    _note_no_return: lambda row: bool(row.given_back),
    _return_in_doubt: lambda row: bool(row.given_back),
    _return_twice: lambda row: bool(row.given_back),
    _refund_what_nobody_did: _standing,
    _refund_under_a_lost_number: _standing,
    _pay_on_the_phone_too: _standing,
    _settle_on_the_phone_too: _standing,
    _settle_what_was_handed_over: lambda row: row.handed is not None,
}


def spoilings(row: AccountRow) -> list[Spoil]:
    """What can go wrong with this row."""
    return [hand for hand, fits in HANDS.items() if fits(row)]


def spoilable(day: Day) -> list[AccountRow]:
    """Rows on which a hand makes one difference: of a bill that was taken back today, the one that did that."""
    return [row for sid, row in day.rows.items() if sid not in day.settled_again]


def silenced(day: Day, terminal: str) -> Iterable[str | None]:
    """A kiosk that is off: its rows are not there. Which numbers others have of it, or none where nobody wrote one."""
    day.silent.add(terminal)
    for row in [row for row in day.rows.values() if row.terminal == terminal]:
        del day.rows[row.sid]
        if row.standing is Standing.SETTLED or row.cancels:
            yield row.sid
