"""The states around a commercial insurer. Each is a page of its own."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.offer import Offer
from kiosk.flow.ticket import Ticket
from kiosk.saga.report import Completed


@dataclass(frozen=True, slots=True)
class InsurerConsent:
    """May the insurer be told of this bill? The bill is held and quoted; `money` and `ticket` as on that page."""

    ticket: Ticket
    money: Ticket
    offer: Offer


@dataclass(frozen=True, slots=True)
class AskingInsurer:
    """The insurer says what it would pay."""

    money: Ticket
    offer: Offer
    patience: Ticket


@dataclass(frozen=True, slots=True)
class InsurerRefused:
    """The bill is settled and booked, and its insurer did not pay after all: pay its part now, or take a slip with
    which it is claimed. `done` is what came of the payment; its papers are printed once this is decided.
    """

    ticket: Ticket
    offer: Offer
    done: Completed


InsurerAsked = InsurerConsent | AskingInsurer
"""Those in which the bill is still held and nothing is owed."""
OfInsurer = InsurerAsked | InsurerRefused
