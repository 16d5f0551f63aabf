"""What became of each paper, in words. The patient reads them while printers work; money never depends on them."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.states import NextSteps
from kiosk.messages import Texts
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipResult, SlipUnknown


@dataclass(frozen=True, slots=True)
class PaperRow:
    """`tone` chooses colour and icon: busy, good or warn."""

    title: str
    words: str
    tone: str


def papers(screen: NextSteps, texts: Texts) -> list[PaperRow]:
    rows = [_receipt(screen.paper.receipt, texts)]
    if screen.statement_ticket is not None or screen.paper.statement is not None:
        rows.append(_statement(screen.paper.statement, texts))
    return rows


def _receipt(result: SlipResult | None, texts: Texts) -> PaperRow:
    title = texts.say("paper.receipt")
    match result:
        case None:
            return PaperRow(title, texts.say("paper.receipt_coming"), "busy")
        case SlipPrinted():
            return PaperRow(title, texts.say("paper.receipt_done"), "good")
        case SlipNotPrinted(fault, _):
            what = texts.say(f"fault.{fault.value}.what")
            return PaperRow(title, texts.say("paper.receipt_missing", what=what), "warn")
        case SlipUnknown():
            return PaperRow(title, texts.say("paper.receipt_look"), "warn")


def _statement(printed: bool | None, texts: Texts) -> PaperRow:
    title = texts.say("paper.statement")
    if printed is None:
        return PaperRow(title, texts.say("paper.statement_coming"), "busy")
    if printed:
        return PaperRow(title, texts.say("paper.statement_done"), "good")
    return PaperRow(title, texts.say("paper.statement_missing"), "warn")
