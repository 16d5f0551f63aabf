"""The slip of a refund that was made here: what came back the way it was paid, and what is settled in its place."""

from __future__ import annotations

from kiosk.domain import money
from kiosk.domain.money import total
from kiosk.domain.paper import Align, PaperShape, Slip
from kiosk.domain.stay import Back
from kiosk.domain.visit import Booking
from kiosk.messages import Texts
from kiosk.ports.documents import RefundedBill, Site
from printing import names
from printing.composer import Composer
from printing.payers import shares
from printing.receipt import fiscal_code, heading, scanned_number, where_and_when


def refunded_slip(bill: RefundedBill, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """First the money and where it is, then both settlements and both fiscal receipts. The name is masked: slips are
    left lying about.
    """
    paper = Composer(shape, texts.say("slip.footnote"))
    heading(paper, "slip.refunded.heading", site, texts)
    if bill.reprint:
        paper.text(texts.say("slip.reprint"), bold=True, scale=2, align=Align.CENTRE)
    paper.rule()
    _returned(paper, bill, texts)
    paper.rule()
    _undone(paper, bill, texts)
    paper.rule()
    _settled_anew(paper, bill, texts)
    scanned_number(paper, bill.number, texts)
    where_and_when(paper, site, bill.printed_at, texts)
    paper.text(texts.say("slip.no_voucher"), bold=True)
    for booking, says in ((bill.unbooked, "slip.refunded.red_scan"), (bill.booking, "slip.fiscal_scan")):
        fiscal_code(paper, booking, says, texts)
    return paper.slip()


def _returned(paper: Composer, bill: RefundedBill, texts: Texts) -> None:
    sum_ = total(one.amount for one in bill.returns)
    paper.pair(texts.say("slip.refunded.total"), money.text(sum_, texts.lang), bold=True, scale=2)
    if texts.lang.startswith("zh"):
        paper.pair(texts.say("slip.refund.capitals"), money.in_capitals(sum_))
    for one in bill.returns:
        where = names.channel(one.deposit.channel, texts)
        paper.pair(texts.say(f"slip.stay.{one.back}", deposit=where), money.text(one.amount, texts.lang))
    paid = total(one.amount for one in bill.redress.payments)
    paper.pair(texts.say("slip.refunded.paid"), money.text(paid, texts.lang))
    if any(one.back is Back.WINDOW for one in bill.returns):
        paper.text(texts.say("slip.refunded.window"), bold=True)


def _undone(paper: Composer, bill: RefundedBill, texts: Texts) -> None:
    paper.text(texts.say("slip.refunded.undone"), bold=True)
    for line in bill.redress.lines:
        paper.pair(f"{line.name} ×{line.quantity.text()}{line.unit}", money.text(line.amount, texts.lang))
    pairs = [
        ("slip.name", bill.name.masked()),
        ("slip.department", bill.batch.department),
        ("slip.refunded.approval", bill.redress.approval_no),
        ("slip.refunded.old", bill.redress.setl_id),
        ("slip.refunded.number", bill.unbooked.book_no),
    ]
    for label, value in pairs:
        paper.pair(texts.say(label), value)
    _receipt(paper, bill.unbooked, "slip.refunded.red", texts)


def _settled_anew(paper: Composer, bill: RefundedBill, texts: Texts) -> None:
    """What stays, payer by payer, as the platform settled it; or that nothing does."""
    if bill.settlement is None:
        paper.text(texts.say("slip.refunded.whole"), bold=True)
        return
    paper.text(texts.say("slip.refunded.anew"), bold=True)
    amounts = bill.settlement.amounts
    paper.pair(texts.say("slip.total"), money.text(amounts.medfee_sumamt, texts.lang))
    for share in shares(amounts):
        label = texts.say("slip.within" if share.within else f"slip.payer.{share.payer}")
        paper.pair(label, money.text(share.amount, texts.lang), bold=share.payer == "psn_cash_pay")
    paper.pair(texts.say("slip.setl_id"), bill.settlement.setl_id)
    if bill.booking is not None:
        _receipt(paper, bill.booking, "slip.refunded.blue", texts)


def _receipt(paper: Composer, booking: Booking, label: str, texts: Texts) -> None:
    """A fiscal receipt by its numbers, or where it can be looked up while it is being issued."""
    if booking.receipt is not None:
        paper.pair(texts.say("slip.fiscal_code"), booking.receipt.code)
        paper.pair(texts.say(label), booking.receipt.number)
        paper.pair(texts.say("slip.fiscal_check"), booking.receipt.check)
    elif booking.receipt_at:
        paper.pair(texts.say(label), texts.say("slip.fiscal_pending"))
        paper.text(texts.say("slip.fiscal_at", where=booking.receipt_at))
