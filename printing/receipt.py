"""The receipt: first where to go next, then what was paid by whom, then what staff need to find it again."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain import money
from kiosk.domain.paper import Align, PaperShape, Slip
from kiosk.domain.visit import Booking
from kiosk.messages import Texts
from kiosk.ports.documents import PaidBill, Pending, Site
from printing import names, stay
from printing.composer import Composer
from printing.payers import owner, shares

_TAIL = 6
"""Characters of a payment order that its owner finds again in the telephone's bill."""


def receipt(bill: PaidBill, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """The slip of a settled bill. The name is masked: slips are left lying about."""
    paper = Composer(shape, texts.say("slip.footnote"))
    where_to_go(paper, bill.booking, texts, "slip.nothing_next" if bill.all_done else "slip.settled")
    heading(paper, "slip.title", site, texts)
    if bill.reprint:
        paper.text(texts.say("slip.reprint"), bold=True, scale=2, align=Align.CENTRE)
    if bill.reprint and bill.official:
        paper.text(texts.say("slip.official_copy"))
    paper.rule()
    _bill(paper, bill, texts)
    paper.rule()
    _amounts(paper, bill, texts)
    stay.stay(paper, bill, texts)
    paper.rule()
    _proof(paper, bill, texts)
    scanned_number(paper, bill.number, texts)
    where_and_when(paper, site, bill.printed_at, texts)
    paper.text(texts.say("slip.no_voucher"), bold=True)
    fiscal_code(paper, bill.booking, "slip.fiscal_scan", texts)
    stay.window_part(paper, bill, site, texts)
    return paper.slip()


def pending_slip(pending: Pending, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """The slip of a bill whose outcome is still sought: what is known, and the number under which staff find it."""
    paper = Composer(shape, texts.say("slip.footnote"))
    paper.text(texts.say("slip.pending.title"), bold=True, scale=2)
    paper.text(texts.say("slip.pending.warning"), bold=True, scale=2)
    paper.text(pending.sentence, bold=True)
    paper.text(texts.say("slip.pending.do"))
    paper.rule(heavy=True)
    heading(paper, "slip.pending.heading", site, texts)
    scanned_number(paper, pending.number, texts)
    paper.rule()
    _pairs(paper, (("slip.department", pending.batch.department), ("slip.doctor", pending.batch.doctor)), texts)
    paper.pair(texts.say("slip.total"), money.text(pending.batch.total, texts.lang))
    if pending.own_part:  # of a refund in doubt nothing is to be paid, and that is not what it comes to
        paper.pair(texts.say("slip.pending.own"), money.text(pending.own_part, texts.lang), bold=True)
    paper.rule()
    where_and_when(paper, site, pending.printed_at, texts)
    paper.text(texts.say("slip.no_voucher"), bold=True)
    return paper.slip()


def where_to_go(paper: Composer, booking: Booking | None, texts: Texts, done: str = "slip.nothing_next") -> None:
    """`done` is what to say where there is nowhere to go."""
    if booking is None:
        paper.text(texts.say(done), bold=True, scale=2)
        paper.text(texts.say("slip.not_booked"), bold=True)
    elif not booking.steps:
        paper.text(texts.say(done), bold=True, scale=2)
    else:
        for at, step in enumerate(booking.steps, start=1):
            if at > 1:
                paper.rule()
            label = "slip.next_one" if len(booking.steps) == 1 else "slip.next_many"
            paper.text(texts.say(label, at=str(at), what=step.what), bold=True)
            paper.text(step.where, bold=True, scale=2)
            paper.text(names.room(step), bold=True, scale=2)
            paper.text(step.note)
    paper.rule(heavy=True)


def heading(paper: Composer, title: str, site: Site, texts: Texts) -> None:
    """Hospital, kind of slip, and that it is simulated where it is."""
    paper.text(site.hospital, bold=True, align=Align.CENTRE)
    paper.text(texts.say(title), align=Align.CENTRE)
    if site.simulated:
        paper.text(texts.say("slip.simulated"), bold=True, scale=2, align=Align.CENTRE)


def _bill(paper: Composer, bill: PaidBill, texts: Texts) -> None:
    batch = bill.batch
    _pairs(
        paper,
        (
            ("slip.name", bill.name.masked()),
            ("slip.insurance", names.insurance(bill.insurance.insutype, texts)),
            ("slip.department", batch.department),
            ("slip.doctor", batch.doctor),
            ("slip.kind", names.medical_type(batch.med_type, texts)),
            ("slip.disease", batch.disease),
            ("slip.bill", batch.chrg_bchno),
        ),
        texts,
    )


def _amounts(paper: Composer, bill: PaidBill, texts: Texts) -> None:
    amounts, cover = bill.settlement.amounts, bill.cover
    own_part = amounts.psn_cash_pay - cover.insurer - cover.deferred
    paper.pair(texts.say("slip.total"), money.text(amounts.medfee_sumamt, texts.lang))
    for share in shares(amounts, cover, bill.claim):
        label = texts.say("slip.within" if share.within else f"slip.payer.{share.payer}")
        own = share.payer == "psn_cash_pay"
        paper.pair(label, money.text(share.amount, texts.lang), bold=own, scale=2 if own else 1)
        if share.payer == "acct_mulaid_pay":
            _owners(paper, bill, texts)
        if share.payer.startswith("insurer_") and bill.claim is not None:
            paper.pair(texts.say("slip.claim.insurer"), bill.claim.pledge.policy.insurer)
        if share.payer == "deferred" and bill.batch.deferral is not None:
            paper.text(bill.batch.deferral.basis)
    if texts.lang.startswith("zh"):
        paper.pair(texts.say("slip.capitals"), money.in_capitals(own_part))
    paper.pair(texts.say("slip.balance"), money.text(amounts.balc, texts.lang))


def _owners(paper: Composer, bill: PaidBill, texts: Texts) -> None:
    """Whose account it was, as far as the platform says; what each paid where there are several."""
    owners = bill.settlement.family
    for one in owners:
        parted = f" {money.text(one.amount, texts.lang)}" if len(owners) > 1 and one.amount is not None else ""
        paper.pair(texts.say("slip.family_owner"), owner(one, texts) + parted)


def _proof(paper: Composer, bill: PaidBill, texts: Texts) -> None:
    payment, receipt_ = bill.payment, bill.booking.receipt if bill.booking else None
    if payment is None:
        by_deposit = bill.batch.stay is not None and bill.settlement.amounts.psn_cash_pay
        paper.pair(texts.say("slip.channel.label"), texts.say("slip.stay.paid" if by_deposit else "slip.channel.none"))
    else:
        paper.pair(texts.say("slip.channel.label"), names.channel(payment.channel, texts))
        if payment.amount != bill.cover.due + bill.cover.used:
            paper.pair(texts.say("slip.collected"), money.text(payment.amount, texts.lang))
        paper.pair(texts.say("slip.order"), payment.order[-_TAIL:])
    paper.pair(texts.say("slip.setl_id"), bill.settlement.setl_id)
    paper.pair(texts.say("slip.settled_at"), _moment(bill.settlement.settled_at))
    if receipt_ is not None:
        paper.pair(texts.say("slip.fiscal_code"), receipt_.code)
        paper.pair(texts.say("slip.fiscal_number"), receipt_.number)
        paper.pair(texts.say("slip.fiscal_check"), receipt_.check)
    elif bill.booking is not None and bill.booking.receipt_at:
        paper.pair(texts.say("slip.fiscal_number"), texts.say("slip.fiscal_pending"))
        paper.text(texts.say("slip.fiscal_at", where=bill.booking.receipt_at))


def large_number(paper: Composer, number: str, texts: Texts) -> None:
    """The number by which staff find it, large: it is read to them over a counter or a telephone."""
    paper.gap()
    paper.text(texts.say("slip.number"), align=Align.CENTRE)
    whole = len(number) * 2 <= paper.shape.columns  # ours is; a hospital's own may be longer, and is never cut in two
    paper.text(number, bold=True, scale=2 if whole else 1, align=Align.CENTRE)


def scanned_number(paper: Composer, number: str, texts: Texts) -> None:
    """The same with a code of it, for slips that staff take to a scanner."""
    large_number(paper, number, texts)
    paper.gap()
    paper.qr(number)
    paper.gap()


def fiscal_code(paper: Composer, booking: Booking | None, says: str, texts: Texts) -> None:
    """What a phone scans to have the hospital's fiscal receipt; apart from the number that staff scan."""
    if booking is None or booking.receipt is None or not booking.receipt.url:
        return
    paper.gap()
    paper.text(texts.say(says), align=Align.CENTRE)
    paper.qr(booking.receipt.url)


def where_and_when(paper: Composer, site: Site, printed_at: datetime, texts: Texts) -> None:
    """The foot of every slip: when, which kiosk, whom to call."""
    _pairs(
        paper,
        (
            ("slip.printed_at", _moment(printed_at)),
            ("slip.terminal", site.terminal),
            ("slip.place", site.place),
            ("slip.help", site.help_phone),
            ("slip.hotline", "12393 / 12345"),
        ),
        texts,
    )
    paper.rule()


def _pairs(paper: Composer, pairs: tuple[tuple[str, str], ...], texts: Texts) -> None:
    for label, value in pairs:
        if value:
            paper.pair(texts.say(label), value)


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")
