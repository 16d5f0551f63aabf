"""What a discharge adds to a receipt: the stay, what deposits paid, where each surplus is, and the window's slip."""

from __future__ import annotations

from kiosk.domain import money
from kiosk.domain.money import total
from kiosk.domain.paper import Align
from kiosk.domain.stay import Back, Return, Stay
from kiosk.messages import Texts
from kiosk.ports.documents import PaidBill, Site
from printing import names
from printing.composer import Composer
from printing.days import days

_DAY = "%Y-%m-%d"


def stay(paper: Composer, bill: PaidBill, texts: Texts) -> None:
    """Ward and days, then every deposit's part: used + paid now = the own part, used + returned = the deposits."""
    told = bill.batch.stay
    if told is None:
        return
    paper.rule()
    _days(paper, told, texts)
    cover = bill.cover
    rows = (("deposits", cover.used + cover.surplus), ("used", cover.used), ("due", cover.due))
    for name, amount in rows:
        if amount:
            paper.pair(texts.say(f"slip.stay.{name}"), money.text(amount, texts.lang))
    if cover.surplus:
        paper.pair(texts.say("slip.stay.surplus"), money.text(cover.surplus, texts.lang), bold=True, scale=2)
    if cover.surplus and bill.claim is not None and not bill.claim.ended:
        paper.text(texts.say("slip.stay.waits"))
    for one in bill.returns:
        paper.pair(_where(one, texts), money.text(one.amount, texts.lang))
    days(paper, bill.batch, texts)


def window_part(paper: Composer, bill: PaidBill, site: Site, texts: Texts) -> None:
    """A slip of its own behind the receipt, for what the window pays out; nothing where there is nothing."""
    owed = [one for one in bill.returns if one.back is Back.WINDOW]
    if not owed:
        return
    paper.part()
    paper.text(texts.say("slip.stay.go"), bold=True)
    paper.text(texts.say("slip.stay.at"), bold=True, scale=2)
    paper.text(texts.say("slip.stay.bring"))
    paper.rule(heavy=True)
    paper.text(site.hospital, bold=True, align=Align.CENTRE)
    paper.text(texts.say("slip.stay.slip"), align=Align.CENTRE)
    if site.simulated:
        paper.text(texts.say("slip.simulated"), bold=True, scale=2, align=Align.CENTRE)
    if bill.reprint:
        paper.text(texts.say("slip.reprint"), bold=True, scale=2, align=Align.CENTRE)
    paper.rule()
    sum_ = total(one.amount for one in owed)
    paper.pair(texts.say("slip.stay.owed"), money.text(sum_, texts.lang), bold=True, scale=2)
    if texts.lang.startswith("zh"):
        paper.pair(texts.say("slip.stay.capitals"), money.in_capitals(sum_))
    for one in owed:
        paper.pair(_of(one, texts), money.text(one.amount, texts.lang))
        paper.pair(texts.say("slip.stay.deposit"), one.deposit.number)
    paper.pair(texts.say("slip.stay.visit"), bill.batch.visit_no)
    paper.gap()
    paper.barcode(bill.batch.visit_no)
    paper.text(bill.batch.visit_no, align=Align.CENTRE)
    paper.pair(texts.say("slip.number"), bill.number)
    paper.text(texts.say("slip.deposit.no_voucher"))


def _days(paper: Composer, told: Stay, texts: Texts) -> None:
    paper.pair(texts.say("slip.stay.ward"), " ".join(part for part in (told.ward, told.bed) if part))
    last = told.discharged or told.admitted
    paper.pair(texts.say("slip.stay.days"), f"{told.admitted:{_DAY}} – {last:{_DAY}}")
    if told.fixed_sum:
        paper.pair(texts.say("slip.stay.setlway"), texts.say("slip.stay.fixed_sum"))


def _where(one: Return, texts: Texts) -> str:
    return texts.say(f"slip.stay.{one.back.value}", deposit=_of(one, texts))


def _of(one: Return, texts: Texts) -> str:
    """By whom and how it was paid, so that each payer of a family knows their own."""
    channel = names.channel(one.deposit.channel, texts)
    return f"{channel} {one.deposit.payer}" if one.deposit.payer else channel
