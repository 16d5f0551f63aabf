"""The slip for a payment at a window: where to go first, then each bill with the code that the window's till scans."""

from __future__ import annotations

from kiosk.domain import money
from kiosk.domain.paper import Align, PaperShape, Slip
from kiosk.domain.visit import FeeBatch
from kiosk.messages import Texts
from kiosk.ports.documents import Site, UnpaidBills
from printing.composer import Composer
from printing.receipt import heading, where_and_when


def window_slip(unpaid: UnpaidBills, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """Nothing on it is personal: the number of a bill means something to the hospital alone."""
    paper = Composer(shape, texts.say("slip.footnote"))
    if unpaid.newborn:
        paper.text(texts.say("slip.newborn.held"), bold=True, scale=2)
        paper.text(texts.say("slip.newborn.hint"), bold=True)
    elif unpaid.doctor:
        _to_the_doctor(paper, unpaid, texts)
    else:
        paper.text(texts.say("slip.window.go"), bold=True)
        paper.text(site.window or texts.say("slip.window.any"), bold=True, scale=2)
        paper.text(texts.say("slip.window.hint"))
    paper.rule(heavy=True)
    doctor = "slip.window.doctor_heading" if unpaid.doctor else "slip.window.heading"
    heading(paper, "slip.newborn.heading" if unpaid.newborn else doctor, site, texts)
    for batch in unpaid.batches:
        paper.rule()
        _bill(paper, batch, texts)
    paper.rule()
    where_and_when(paper, site, unpaid.printed_at, texts)
    paper.text(texts.say("slip.window.unpaid"), bold=True)
    return paper.slip()


def _to_the_doctor(paper: Composer, unpaid: UnpaidBills, texts: Texts) -> None:
    """Which room, and nothing of why: that is between the hospital and the doctor."""
    rooms = dict.fromkeys(batch.department for batch in unpaid.batches if batch.department)
    paper.text(texts.say("slip.window.doctor_go"), bold=True)
    for room in rooms or (texts.say("slip.window.doctor_room"),):
        paper.text(room, bold=True, scale=2)
    paper.text(texts.say("slip.window.doctor_hint"))


def _bill(paper: Composer, batch: FeeBatch, texts: Texts) -> None:
    if batch.newborn:
        paper.pair(texts.say("slip.name"), batch.newborn)
    paper.pair(texts.say("slip.department"), batch.department)
    if batch.doctor:
        paper.pair(texts.say("slip.doctor"), batch.doctor)
    paper.pair(texts.say("slip.total"), money.text(batch.total, texts.lang), bold=True)
    paper.gap()
    paper.barcode(batch.batch_no)
    paper.text(batch.batch_no, align=Align.CENTRE)
