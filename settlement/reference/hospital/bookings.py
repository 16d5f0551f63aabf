"""Books a paid bill, issues the fiscal receipt and says where the patient goes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from settlement.reference.hospital import claims, stays
from settlement.reference.hospital.collected import prepaid_of
from settlement.reference.hospital.errand import Declined, Errand
from settlement.reference.hospital.holds import end_hold, find_bill, find_hold, refuse_paid
from settlement.reference.ledger.books import Event, Kind, Move, post
from settlement.reference.ledger.parties import Bill, BookedPart, Booking, StayDeposit
from settlement.reference.ledger.queries import store
from settlement.reference.ledger.refunds import RefundedPart
from settlement.reference.platform.call import fresh_number
from settlement.wire import codec, hospital
from settlement.wire.values import to_fen

LATER = "医院公众号“电子票据”，或财政部全国财政电子票据查验平台"
"""Where a receipt that is still being issued can be looked up."""


def book(errand: Errand, wish: hospital.Book) -> hospital.BookReply:
    bill = find_bill(errand.session, wish.batch_no)
    known = refuse_paid(errand.session, bill, wish.book_key)
    if known:
        return codec.read(hospital.BookReply, codec.decode(known.reply.encode()))
    held = find_hold(errand.session, wish.hold_key, wish.batch_no)
    if held is None or held.released_at:
        raise Declined("该费用不在占用中，不能入账")
    deposits: list[StayDeposit | RefundedPart] = [*stays.deposits_of(errand.session, bill.batch_no)]
    deposits += prepaid_of(errand.session, bill.batch_no)
    _check_amounts(bill, wish)
    claims.check(codec.read(hospital.FeeBatch, codec.decode(bill.body.encode())), wish.promised)
    stays.check(deposits, wish.prepaid)
    end_hold(errand, held)
    return _record(errand, bill, deposits, wish)


def _check_amounts(bill: Bill, wish: hospital.Book) -> None:
    if to_fen(wish.medfee_sumamt) != bill.total:
        raise Declined("结算总额与费用不符")
    cash = to_fen(wish.psn_cash_pay)
    if sum(part.amount_fen for part in wish.payments) + _met_otherwise(wish) != cash:
        raise Declined("收款与个人现金支付不符")
    if to_fen(wish.fund_pay_sumamt) + to_fen(wish.acct_pay) + cash > bill.total:
        raise Declined("各方支付之和超过总额")


def _met_otherwise(wish: hospital.Book) -> int:
    """Fen of the cash part that nobody pays now: a stay's deposits, an insurer's part, and what waits."""
    used = wish.prepaid.used_fen if wish.prepaid else 0
    return used + (wish.promised.insurer_fen + wish.promised.deferred_fen if wish.promised else 0)


def _record(
    errand: Errand, bill: Bill, deposits: Sequence[StayDeposit | RefundedPart], wish: hospital.Book
) -> hospital.BookReply:
    book_no = f"R{fresh_number(errand.now)}"
    told = codec.decode(bill.next_steps.encode())
    later = bool(told.get("einvoice_later"))
    reply = hospital.BookReply(
        book_key=wish.book_key,
        booked=book_no,
        next_steps=tuple(codec.read(hospital.NextStep, step) for step in told["next_steps"]),
        einvoice=None if later else fiscal_receipt(errand),
        einvoice_at=LATER if later else "",
    )
    store(
        errand.session,
        Booking.made(
            book_no=book_no,
            book_key=wish.book_key,
            hold_key=wish.hold_key,
            batch_no=bill.batch_no,
            setl_id=wish.setl_id,
            msgid=wish.msgid,
            medfee=to_fen(wish.medfee_sumamt),
            fund=to_fen(wish.fund_pay_sumamt),
            account=to_fen(wish.acct_pay),
            cash=to_fen(wish.psn_cash_pay),
            booked_at=errand.now,
            reply=codec.encode(reply).decode(),
        ),
    )
    parts = (
        BookedPart.made(book_no=book_no, order_no=part.order, amount=part.amount_fen, channel=part.channel)
        for part in wish.payments
    )
    store(errand.session, *parts)
    met = stays.use(errand.session, deposits, wish.prepaid, book_no) if wish.prepaid else []
    met += claims.promise(errand.session, bill, wish.promised, book_no) if wish.promised else []
    post(errand.session, Event.BOOKED, book_no, errand.now, [*_moves(bill, wish), *met])
    return reply


def _moves(bill: Bill, wish: hospital.Book) -> list[Move]:
    """What was collected now pays what is owed of the bill; deposits have their own moves."""
    return [
        Move(Kind.DUE, bill.chrg_bchno, to_fen(wish.psn_cash_pay)),
        *(Move(Kind.COLLECTED, part.order, -part.amount_fen) for part in wish.payments),
    ]


def fiscal_receipt(errand: Errand) -> hospital.EInvoice:
    """A 医疗收费电子票据 in the shape of real ones: code, ten digits of number, six characters of check."""
    number = f"{secrets.randbelow(10**10):010d}"
    check = secrets.token_hex(3)
    url = f"https://einvoice.invalid/{errand.now:%Y}/{number}/{check}"
    return hospital.EInvoice(code="00060199", number=number, check=check, url=url)
