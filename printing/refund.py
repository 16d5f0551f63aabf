"""The slip for a refund at a window: where to go, what is taken back under which approval, and what to bring."""

from __future__ import annotations

from kiosk.domain import money
from kiosk.domain.paper import Align, PaperShape, Slip
from kiosk.messages import Texts
from kiosk.ports.documents import RefundSlip, Site
from printing import names
from printing.composer import Composer
from printing.receipt import heading, where_and_when


def refund_slip(slip: RefundSlip, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """How much goes back the window finds out: all is cancelled there and the rest settled anew, which the platform
    computes and nobody before it. The name is masked: slips are left lying about.
    """
    paper = Composer(shape, texts.say("slip.footnote"))
    paper.text(texts.say("slip.refund.go"), bold=True)
    paper.text(site.window or texts.say("slip.window.any"), bold=True, scale=2)
    for reason in slip.refund.reasons:
        paper.text(reason)
    if slip.refund.too_old:
        paper.text(texts.say("slip.refund.too_old"))
    paper.rule(heavy=True)
    heading(paper, "slip.refund.heading", site, texts)
    paper.rule()
    _bill(paper, slip, texts)
    paper.rule()
    for line in slip.refund.lines:
        paper.pair(f"{line.name} ×{line.quantity.text()}{line.unit}", money.text(line.amount, texts.lang))
    paper.pair(texts.say("slip.refund.total"), money.text(slip.refund.total, texts.lang), bold=True, scale=2)
    if texts.lang.startswith("zh"):
        paper.pair(texts.say("slip.refund.capitals"), money.in_capitals(slip.refund.total))
    paper.text(texts.say("slip.refund.how_too_old" if slip.refund.too_old else "slip.refund.how"), bold=True)
    paper.rule()
    paper.text(texts.say("slip.refund.approval"), align=Align.CENTRE)
    paper.gap()
    paper.barcode(slip.refund.number)
    paper.text(slip.refund.number, align=Align.CENTRE)
    paper.rule()
    where_and_when(paper, site, slip.printed_at, texts)
    paper.text(texts.say("slip.refund.nothing_yet"), bold=True)
    return paper.slip()


def _bill(paper: Composer, slip: RefundSlip, texts: Texts) -> None:
    paid, receipt = slip.paid, slip.paid.booking.receipt
    pairs = [
        ("slip.name", slip.name.masked()),
        ("slip.department", paid.batch.department),
        ("slip.settled_at", f"{paid.settlement.settled_at:%Y-%m-%d %H:%M:%S}"),
        ("slip.total", money.text(paid.settlement.amounts.medfee_sumamt, texts.lang)),
        ("slip.channel.label", names.channel(paid.payment.channel, texts) if paid.payment else ""),
        ("slip.setl_id", paid.settlement.setl_id),
        ("slip.fiscal_number", receipt.number if receipt else ""),
    ]
    for label, value in pairs:
        if value:
            paper.pair(texts.say(label), value)
