"""The slip about an insurer's part of a bill: what it is claimed with, and who owes it until then."""

from __future__ import annotations

from kiosk.domain import money
from kiosk.domain.insurer import Outcome
from kiosk.domain.paper import PaperShape, Slip
from kiosk.messages import Texts
from kiosk.ports.documents import PaidBill, Site
from printing import names
from printing.composer import Composer
from printing.receipt import heading, large_number, where_and_when


def claim_slip(bill: PaidBill, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """Raises ValueError for a bill that no insurer has a part in."""
    claim, settlement = bill.claim, bill.settlement
    if claim is None:
        raise ValueError("a claim slip without a claim")
    waits, policy = claim.outcome is Outcome.OPEN, claim.pledge.policy
    paper = Composer(shape, texts.say("slip.footnote"))
    paper.text(texts.say("slip.claim.waits" if waits else "slip.claim.refused"), bold=True, scale=2)
    held = "slip.claim.waits_held" if bill.cover.surplus else "slip.claim.waits_do"
    paper.text(texts.say(held if waits else "slip.claim.refused_do"))
    paper.rule(heavy=True)
    heading(paper, "slip.claim.title", site, texts)
    paper.rule()
    paper.pair(texts.say("slip.name"), bill.name.masked())
    paper.pair(texts.say("slip.claim.insurer"), policy.insurer)
    paper.pair(texts.say("slip.claim.product"), policy.product)
    paper.pair(texts.say("slip.claim.policy"), policy.number)
    if claim.reason:
        paper.pair(texts.say("slip.claim.reason"), claim.reason)
    paper.rule()
    paper.pair(texts.say("slip.kind"), names.medical_type(bill.batch.med_type, texts))
    paper.pair(texts.say("slip.total"), money.text(settlement.amounts.medfee_sumamt, texts.lang))
    paper.pair(texts.say("slip.claim.cash"), money.text(settlement.amounts.psn_cash_pay, texts.lang))
    paper.pair(
        texts.say("slip.claim.open" if waits else "slip.claim.unpaid"),
        money.text(bill.cover.insurer, texts.lang),
        bold=True,
        scale=2,
    )
    paper.rule()
    paper.pair(texts.say("slip.setl_id"), settlement.setl_id)
    fiscal = bill.booking.receipt if bill.booking else None
    if fiscal is not None:
        paper.pair(texts.say("slip.claim.fiscal"), f"{fiscal.code} {fiscal.number}")
    if not waits:  # what it may still pay the hospital is nobody's to claim
        paper.text(texts.say("slip.claim.bring"), bold=True)
    large_number(paper, bill.number, texts)
    paper.gap()
    where_and_when(paper, site, bill.printed_at, texts)
    paper.text(texts.say("slip.no_voucher"), bold=True)
    return paper.slip()
