"""The slips at the beginning of a stay: that it is registered, and what was paid for it in advance."""

from __future__ import annotations

from kiosk.domain import money
from kiosk.domain.paper import Align, PaperShape, Slip
from kiosk.domain.visit import Booking
from kiosk.messages import Texts
from kiosk.ports.documents import AdmissionSlip, DepositPaid, Site
from printing import names
from printing.composer import Composer
from printing.receipt import heading, large_number, where_and_when, where_to_go

_TAIL = 6
"""Characters of a payment order that its owner finds again in the telephone's bill."""


def deposit_slip(paid: DepositPaid, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """What was paid for which stay, and that what is not used of it comes back to whoever paid.

    The name is masked: slips are left lying about. What the deposit's number is, ward and window know.
    """
    paper, asked = Composer(shape, texts.say("slip.footnote")), paid.batch.deposit
    owed = asked is not None and asked.owed
    group = "slip.owed" if owed else "slip.deposit"
    where_to_go(paper, paid.booking, texts, f"{group}.done")
    heading(paper, f"{group}.title", site, texts)
    if paid.reprint:
        paper.text(texts.say("slip.reprint"), bold=True, scale=2, align=Align.CENTRE)
    paper.rule()
    paper.pair(texts.say("slip.name"), paid.name.masked())
    if asked is not None:
        place = " ".join(part for part in (asked.ward, asked.bed) if part)
        paper.pair(texts.say("slip.department" if owed else "slip.stay.ward"), place)
    paper.pair(texts.say("slip.owed.visit" if owed else "slip.stay.visit"), paid.batch.visit_no)
    paper.rule()
    paper.pair(texts.say(f"{group}.paid"), money.text(paid.payment.amount, texts.lang), bold=True, scale=2)
    if texts.lang.startswith("zh"):
        paper.pair(texts.say("slip.stay.capitals"), money.in_capitals(paid.payment.amount))
    paper.pair(texts.say("slip.channel.label"), names.channel(paid.payment.channel, texts))
    paper.pair(texts.say("slip.order"), paid.payment.order[-_TAIL:])
    number = paid.booking.book_no if paid.booking else texts.say("slip.deposit.coming")
    paper.pair(texts.say("slip.owed.number" if owed else "slip.stay.deposit"), number)
    paper.rule()
    paper.text(texts.say(f"{group}.keep"), bold=True)
    large_number(paper, paid.number, texts)
    paper.gap()
    where_and_when(paper, site, paid.printed_at, texts)
    paper.text(texts.say("slip.deposit.no_voucher"), bold=True)
    return paper.slip()


def admission_slip(slip: AdmissionSlip, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """The ward scans the 住院号, which looks up and proves nothing."""
    paper, told = Composer(shape, texts.say("slip.footnote")), slip.admission
    where_to_go(paper, Booking(told.visit_no, told.steps), texts, "slip.admission.done")
    heading(paper, "slip.admission.title", site, texts)
    paper.rule()
    paper.pair(texts.say("slip.name"), slip.name.masked())
    paper.pair(texts.say("slip.stay.ward"), " ".join(part for part in (told.ward, told.bed) if part), bold=True)
    paper.pair(texts.say("slip.stay.visit"), told.visit_no)
    paper.gap()
    paper.barcode(told.visit_no)
    paper.gap()
    where_and_when(paper, site, slip.printed_at, texts)
    paper.text(texts.say("slip.deposit.no_voucher"))
    return paper.slip()
