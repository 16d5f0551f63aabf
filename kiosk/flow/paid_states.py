"""The states of somebody who wants the papers of a bill that was paid before, here or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.insured import Person
from kiosk.flow.rules import Door
from kiosk.flow.ticket import Ticket
from kiosk.ports.hospital import PaidBefore
from kiosk.ports.page_printer import PageResult
from kiosk.ports.receipt_printer import SlipResult


@dataclass(frozen=True, slots=True)
class FindingPaid:
    """The hospital is asked what of the person's was paid. `door`: for its receipts, or to have something back."""

    ticket: Ticket
    person: Person
    patience: Ticket
    door: Door = Door.RECEIPTS


@dataclass(frozen=True, slots=True)
class ChoosingPaid:
    """These were paid, newest first: which one's papers? Or, behind the door of refunds, which of those something of
    is taken back?
    """

    ticket: Ticket
    person: Person
    paid: tuple[PaidBefore, ...]
    door: Door = Door.RECEIPTS


@dataclass(frozen=True, slots=True)
class Reprinting:
    """One bill's receipt is made once more: `slip` waits for the printer, `printed` is what it did. `paid` is the list
    it was chosen from, `late` as on other last pages; `official` waits for the official sheet, `sheet` is what became
    of it. Behind the door of refunds it is the slip with which a window pays back what the hospital has approved.
    `first`: the phone has paid it while its patient stood here, and this is no copy; `others` are still unpaid then.
    """

    ticket: Ticket
    person: Person
    chosen: PaidBefore
    slip: Ticket
    paid: tuple[PaidBefore, ...]
    printed: SlipResult | None = None
    late: bool = False
    door: Door = Door.RECEIPTS
    official: Ticket | None = None
    sheet: PageResult | None = None
    first: bool = False
    others: int = 0

    @property
    def printing(self) -> bool:
        return self.printed is None or (self.official is not None and self.sheet is None)


OfPaid = FindingPaid | ChoosingPaid | Reprinting
