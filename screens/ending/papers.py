"""What became of the papers, in words. The patient reads them while printers work; money never depends on them.

Several bills have as many receipts: they are spoken of together, and what is missing or doubtful is said first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.visit import Booking, FiscalReceipt
from kiosk.flow.states import NextSteps
from kiosk.messages import Texts
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted, PageResult
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipResult, SlipUnknown
from screens import words


@dataclass(frozen=True, slots=True)
class PaperRow:
    """`tone` chooses colour and icon: busy, good, warn, or later for what somebody else still makes."""

    title: str
    words: str
    tone: str


def papers(screen: NextSteps, texts: Texts) -> list[PaperRow]:
    again = any(one.paper.half for one in screen.paid)
    rows = [_receipt(_worst([one.paper.receipt for one in screen.paid]), texts, again=again)]
    statements = [one.paper.statement for one in screen.paid]
    if any(one.statement is not None for one in screen.paid) or any(made is not None for made in statements):
        rows.append(_statement(_all_made(statements), texts))
    sheets = [one.paper.official for one in screen.paid if one.official is not None]
    if sheets:
        rows.append(_official(_least(sheets), texts))
    return _told_once(rows, texts)


def fiscal_receipts(screen: NextSteps, texts: Texts) -> list[PaperRow]:
    """The hospital's fiscal receipts: their numbers, or each place once where they can be looked up later."""
    title = texts.say("fiscal.short")
    bookings = [one.booking for one in screen.paid if one.booking and one.booking is not one.unbooked]
    issued = [one.receipt for one in bookings if one.receipt]
    later = dict.fromkeys(one.receipt_at for one in bookings if one.receipt is None and one.receipt_at)
    rows = [texts.say("fiscal.issued", **_numbers(one)) for one in issued]
    pending = [texts.say("fiscal.later", where=words.shown(place)) for place in later]
    undone = [one.unbooked for one in screen.paid if one.unbooked is not None]
    red = [_red(one, texts) for one in undone if one.receipt is not None or one.receipt_at]
    blue = [*(PaperRow(title, said, "good") for said in rows), *(PaperRow(title, said, "later") for said in pending)]
    return [*red, *blue]


def _red(unbooked: Booking, texts: Texts) -> PaperRow:
    """The red receipt of a settlement that was cancelled."""
    title, issued = texts.say("back.red"), unbooked.receipt
    if issued is None:
        return PaperRow(title, texts.say("back.red_later", where=words.shown(unbooked.receipt_at)), "later")
    return PaperRow(title, texts.say("fiscal.issued", **_numbers(issued)), "good")


def _numbers(issued: FiscalReceipt) -> dict[str, str]:
    """What whoever looks a receipt up is asked for."""
    return {
        "code": words.shown(issued.code),
        "number": words.shown(issued.number),
        "check": words.shown(issued.check),
    }


def _told_once(rows: Sequence[PaperRow], texts: Texts) -> list[PaperRow]:
    """Papers of which the same is said share a row, two by two: three names and what is said of them fill no row."""
    shared: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        shared.setdefault((row.words, row.tone), []).append(row.title)
    return [
        PaperRow(texts.say("words.and").join(pair), said, tone)
        for (said, tone), titles in shared.items()
        for pair in (titles[at : at + 2] for at in range(0, len(titles), 2))
    ]


def all_receipts(screen: NextSteps) -> bool:
    """Whether every receipt lies ready for the hand."""
    return all(isinstance(one.paper.receipt, SlipPrinted) for one in screen.paid)


def _worst(results: Sequence[SlipResult | None]) -> SlipResult | None:
    for kind in (SlipNotPrinted, SlipUnknown):
        found = next((result for result in results if isinstance(result, kind)), None)
        if found is not None:
            return found
    return None if None in results else results[0]


def _all_made(results: Sequence[bool | None]) -> bool | None:
    if False in results:
        return False
    return None if None in results else True


def _receipt(result: SlipResult | None, texts: Texts, *, again: bool) -> PaperRow:
    title = texts.say("paper.receipt")
    match result:
        case None:
            return PaperRow(title, texts.say("paper.receipt_coming"), "busy")
        case SlipPrinted() if again:
            return PaperRow(title, texts.say("paper.receipt_again"), "good")
        case SlipPrinted():
            return PaperRow(title, texts.say("paper.receipt_done"), "good")
        case SlipNotPrinted(fault, _):
            what = texts.say(f"fault.{fault.value}.what")
            return PaperRow(title, texts.say("paper.receipt_missing", what=what), "warn")
        case SlipUnknown():
            return PaperRow(title, texts.say("paper.receipt_look"), "warn")


def _least(results: Sequence[PageResult | None]) -> PageResult | None:
    """What did not come out first, then what is still on its way."""
    missing = next((one for one in results if isinstance(one, PageNotPrinted)), None)
    return missing or (None if None in results else results[0])


def _official(result: PageResult | None, texts: Texts) -> PaperRow:
    title = texts.say("paper.official")
    match result:
        case None:
            return PaperRow(title, texts.say("paper.official_coming"), "busy")
        case PagePrinted():
            return PaperRow(title, texts.say("paper.statement_done"), "good")
        case PageNotPrinted():
            return PaperRow(title, official_missing(result, texts), "warn")


def official_missing(result: PageNotPrinted, texts: Texts) -> str:
    """Why there is no official sheet, what to do, and that the bill is paid all the same."""
    code = result.fault.value
    return texts.say("paper.official_missing", what=texts.say(f"fault.{code}.what"), do=texts.say(f"fault.{code}.do"))


def _statement(printed: bool | None, texts: Texts) -> PaperRow:
    title = texts.say("paper.statement")
    if printed is None:
        return PaperRow(title, texts.say("paper.statement_coming"), "busy")
    if printed:
        return PaperRow(title, texts.say("paper.statement_done"), "good")
    return PaperRow(title, texts.say("paper.statement_missing"), "warn")
