"""The states of a bill that its patient takes to their phone, or brings back from there."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.benefits import OnFile
from kiosk.domain.handed import Handed
from kiosk.domain.insured import Person
from kiosk.domain.visit import FeeBatch
from kiosk.flow.offer import Bill, Offer
from kiosk.flow.ticket import Ticket
from kiosk.ports.receipt_printer import SlipResult


@dataclass(frozen=True, slots=True)
class HandingToPhone:
    """What is open here is closed, and the hospital gives the bill to the phone."""

    money: Ticket
    offer: Offer
    patience: Ticket


@dataclass(frozen=True, slots=True)
class AtPhone:
    """It waits on the phone, and nothing was taken here; `slip`, `printed`, `others` and `late` as at a window.
    `watch`: when the hospital is asked next whether the phone has paid, or that it is being asked; None: it is not.
    """

    ticket: Ticket
    bill: Bill
    sid: str
    number: str
    handed: Handed
    slip: Ticket
    printed: SlipResult | None = None
    others: int = 0
    late: bool = False
    watch: Ticket | None = None

    @property
    def printing(self) -> bool:
        return self.printed is None


@dataclass(frozen=True, slots=True)
class AskingBack:
    """The bill that was chosen waits on its patient's phone: is it paid here after all? `batches` is the list it was
    chosen from. `paid`: it was paid there meanwhile; then only its papers can be had here.
    """

    ticket: Ticket
    person: Person
    batch: FeeBatch
    batches: tuple[FeeBatch, ...]
    on_file: OnFile
    paid: bool = False


OfPhone = HandingToPhone | AtPhone | AskingBack
