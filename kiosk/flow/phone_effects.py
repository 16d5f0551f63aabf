"""What the flow asks for when a patient takes a bill away, to pay it on their phone."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.handed import Handed
from kiosk.flow.offer import Bill
from kiosk.flow.ticket import Ticket


@dataclass(frozen=True, slots=True)
class TakeToPhone:
    """An open order is closed, what was reported goes, and the hospital gives the bill to the phone; reports tell how
    far that is, or that it was paid here before its order was closed.
    """

    ticket: Ticket
    sids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintPhoneSlip:
    """Where on the phone it is paid, until when, and that nothing was taken here."""

    ticket: Ticket
    bill: Bill
    sid: str
    number: str
    handed: Handed


PhoneEffect = TakeToPhone | PrintPhoneSlip
