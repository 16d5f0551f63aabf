"""The papers of a visit, the official 医保结算单 and day lists among them: what is asked for, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.insured import Person
from kiosk.domain.visit import FeeBatch
from kiosk.flow.ticket import Ticket
from kiosk.ports.official import SheetAsked
from kiosk.ports.page_printer import PageResult
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipResult


@dataclass(frozen=True, slots=True)
class PrintOfficial:
    """The official sheet is fetched and printed as it comes; `name` is one of our numbers, for the printer's queue."""

    ticket: Ticket
    asked: SheetAsked
    name: str


@dataclass(frozen=True, slots=True)
class OfficialWasPrinted:
    """On paper, or why not: the printer's fault, or OFFICIAL_NOT_MADE, OFFICIAL_BROKEN, OFFICIAL_SILENT."""

    ticket: Ticket
    result: PageResult


@dataclass(frozen=True, slots=True)
class PrintDays:
    """A stay's day list, for whoever has read it: on A4, or (`short`) a row a day from the receipt printer."""

    ticket: Ticket
    person: Person
    batch: FeeBatch
    short: bool


@dataclass(frozen=True, slots=True)
class DaysWerePrinted:
    ticket: Ticket
    result: PageResult | SlipResult


SheetWanted = PrintOfficial | PrintDays
"""Papers that nothing of a visit depends on."""


@dataclass(frozen=True, slots=True)
class PaperState:
    """What became of the papers of this visit; None while they are being made.

    `stopped` is how a receipt ended that is being printed once more, or was.
    """

    receipt: SlipResult | None = None
    statement: bool | None = None
    official: PageResult | None = None
    stopped: SlipNotPrinted | None = None

    @property
    def half(self) -> bool:
        """Whether half a receipt came out before this one, which therefore says that it is the second."""
        return self.stopped is not None and self.stopped.started
