"""What the pages about papers of paid bills say."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.domain.speech import Amount, Count, Part, Sentence, Text
from kiosk.flow.paid_states import ChoosingPaid, Reprinting
from kiosk.flow.rules import Door
from kiosk.flow.slip_speech import of_slip
from kiosk.ports.page_printer import PageNotPrinted, PageResult
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipResult


def of_paid(screen: ChoosingPaid | Reprinting) -> tuple[Part, ...]:
    return _choosing(screen) if isinstance(screen, ChoosingPaid) else _reprinting(screen)


def _choosing(screen: ChoosingPaid) -> tuple[Part, ...]:
    """Each by department and sum, in the order of the page."""
    refunds = screen.door is Door.REFUND
    parts: list[Part] = [Sentence("say.refundable" if refunds else "say.paid_before"), Count(len(screen.paid))]
    for one in screen.paid:
        parts += [Text(one.batch.department), Amount(one.refund.total if refunds and one.refund else one.batch.total)]
    return (*parts, Sentence("refund.hint" if refunds else "paid.hint"))


def _reprinting(screen: Reprinting) -> tuple[Part, ...]:
    """What becomes of the slip; the fiscal receipt's numbers are on it, or where they can be looked up."""
    if screen.door is Door.REFUND:
        shown = of_slip(screen.printed, missing="refund.no_slip")
        refund = screen.chosen.refund
        old = refund is not None and refund.too_old
        how = (Sentence("refund.too_old"), Sentence("refund.how_too_old")) if old else (Sentence("refund.how"),)
        return (Sentence("refund.title"), *how, Sentence(shown))
    booking = screen.chosen.booking
    later = (Sentence("say.fiscal_later"),) if booking.receipt is None and booking.receipt_at else ()
    sheet = (of_sheets((screen.sheet,)),) if screen.official is not None else ()
    paid = (Sentence("phone.paid"), Sentence("phone.money"))
    title = paid if screen.first else (Sentence("paid.printing"),)
    return (*title, Sentence(_slip(screen.printed)), *sheet, *later)


def of_sheets(results: Sequence[PageResult | None]) -> Sentence:
    """What becomes of the official 医保结算单, first what did not; why there is none stands on the page."""
    if any(isinstance(one, PageNotPrinted) for one in results):
        return Sentence("say.sheet_missing")
    return Sentence("say.sheet_coming" if None in results else "say.sheet_done")


def _slip(printed: SlipResult | None) -> str:
    match printed:
        case None:
            return "paper.receipt_coming"
        case SlipPrinted():
            return "paid.slip"
        case SlipNotPrinted():
            return "say.no_copy"
        case _:
            return "paper.receipt_look"
