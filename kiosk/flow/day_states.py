"""The states in which a stay's day list is read: opened from the list of bills, or from the page that says who pays."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.benefits import NOTHING_ON_FILE, OnFile
from kiosk.domain.insured import Person
from kiosk.domain.visit import FeeBatch
from kiosk.flow.offer import Offer
from kiosk.flow.ticket import Ticket
from kiosk.ports.page_printer import PageResult
from kiosk.ports.receipt_printer import SlipResult


@dataclass(frozen=True, slots=True)
class ListedDays:
    """One day of a stay whose bill is among those that were found; nothing is held. `at` counts from the first day.

    `batches` and `on_file` are for the way back. It is also how somebody who is still in hospital looks.
    `slip` waits for the list on paper, `printed` is what became of it, here and below; `second`: of another copy.
    """

    ticket: Ticket
    person: Person
    batches: tuple[FeeBatch, ...]
    batch: FeeBatch
    at: int
    on_file: OnFile = NOTHING_ON_FILE
    slip: Ticket | None = None
    printed: PageResult | SlipResult | None = None
    second: bool = False


@dataclass(frozen=True, slots=True)
class QuotedDays:
    """One day of the stay that is offered; its bill is held and quoted, `money` and `ticket` as on that page."""

    ticket: Ticket
    money: Ticket
    offer: Offer
    at: int
    slip: Ticket | None = None
    printed: PageResult | SlipResult | None = None
    second: bool = False

    @property
    def person(self) -> Person:
        return self.offer.person

    @property
    def batch(self) -> FeeBatch:
        """A stay is always offered by itself."""
        return self.offer.bills[0].bill.batch


ReadingDays = ListedDays | QuotedDays
