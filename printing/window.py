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
        inpatient = all(batch.inpatient for batch in unpaid.batches)
        outpatients = site.window or texts.say("slip.window.any")
        paper.text(texts.say("slip.window.stay") if inpatient else outpatients, bold=True, scale=2)
        paper.text(texts.say("slip.window.hint"))
    paper.rule(heavy=True)
    heading(paper, _heading(unpaid), site, texts)
    for batch in unpaid.batches:
        paper.rule()
        _bill(paper, batch, texts)
    paper.rule()
    where_and_when(paper, site, unpaid.printed_at, texts)
    paper.text(texts.say("slip.window.no_deposit" if _deposits(unpaid) else "slip.window.unpaid"), bold=True)
    paper.text(texts.say("slip.deposit.no_voucher"))
    return paper.slip()


def _deposits(unpaid: UnpaidBills) -> bool:
    """Nothing is owed of these: they are paid in advance."""
    return all(batch.in_advance for batch in unpaid.batches)


def _heading(unpaid: UnpaidBills) -> str:
    if unpaid.newborn:
        return "slip.newborn.heading"
    if unpaid.doctor:
        return "slip.window.doctor_heading"
    return "slip.window.deposit_heading" if _deposits(unpaid) else "slip.window.heading"


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
    label = texts.say("slip.window.deposit" if batch.in_advance else "slip.total")
    paper.pair(label, money.text(batch.total, texts.lang), bold=True)
    paper.gap()
    paper.barcode(batch.batch_no)
    paper.text(batch.batch_no, align=Align.CENTRE)
