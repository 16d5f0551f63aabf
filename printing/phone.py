"""The slip for a bill that is paid on the phone: where there, until when, and that nothing was taken here."""

from __future__ import annotations

from kiosk.domain import money
from kiosk.domain.paper import Align, PaperShape, Slip
from kiosk.messages import Texts
from kiosk.ports.documents import PhoneSlip, Site
from printing.composer import Composer
from printing.receipt import heading, large_number, where_and_when


def phone_slip(slip: PhoneSlip, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """Nothing on it is personal, and nothing on it pays: the order's token stays with the hospital."""
    batch, handed = slip.batch, slip.handed
    paper = Composer(shape, texts.say("slip.footnote"))
    paper.text(texts.say("slip.phone.go"), bold=True, scale=2)
    paper.text(handed.where, bold=True)
    paper.pair(texts.say("slip.phone.until"), f"{handed.until:%Y-%m-%d %H:%M}", bold=True)
    paper.text(texts.say("slip.phone.hint"))
    paper.rule(heavy=True)
    heading(paper, "slip.phone.heading", site, texts)
    paper.rule()
    paper.pair(texts.say("slip.department"), batch.department)
    if batch.doctor:
        paper.pair(texts.say("slip.doctor"), batch.doctor)
    paper.pair(texts.say("slip.total"), money.text(batch.total, texts.lang), bold=True)
    paper.pair(texts.say("slip.phone.order"), handed.number)
    if handed.link:
        paper.gap()
        paper.qr(handed.link)
        paper.text(texts.say("slip.phone.scan"), align=Align.CENTRE)
    large_number(paper, slip.number, texts)
    paper.rule()
    where_and_when(paper, site, slip.printed_at, texts)
    paper.text(texts.say("slip.phone.untaken"), bold=True)
    return paper.slip()
