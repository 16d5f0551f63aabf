"""Commercial insurers that pay a hospital directly: what one would pay of a bill, and that it pays.

Whoever calls has the patient's consent to tell the insurer of this bill, and of no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.insured import Person
from kiosk.domain.insurer import Pledge, Policy
from kiosk.domain.settlement import Amounts, Settlement
from kiosk.ports.answers import NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """A bill as the platform quoted it. `consent` is the fingerprint of the words that the patient agreed to."""

    person: Person
    policy: Policy
    batch_no: str
    med_type: str
    amounts: Amounts
    consent: str


@dataclass(frozen=True, slots=True)
class ClaimPaid:
    """The insurer pays what it pledged, under a number of its own."""

    number: str


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Somebody at the insurer looks into it first; the same claim gets the answer later."""


Failure = NotSent | Refused | Unknown


class InsurerPort(Protocol):
    """Each call with a key is answered alike when repeated with the same key: a claim that was refused stays so, and
    one that was paid is never paid twice.
    """

    def quote(self, key: str, request: ClaimRequest) -> Pledge | Failure:
        """What it would pay of psn_cash_pay. `Refused`: nothing, and why. Nothing moves, and nobody is bound."""
        ...

    def settle(
        self, key: str, pledge: Pledge, batch_no: str, settlement: Settlement
    ) -> ClaimPaid | Reviewing | Failure:
        """Pay what was pledged for what the platform has settled and the hospital booked.

        `Refused` is final and never the meaning of silence.
        """
        ...
