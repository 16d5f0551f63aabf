"""Commercial insurance beside the basic one: what it would pay of a bill, and what became of the claim.

An insurer (商业保险, 惠民保) is a second system. It hears of a bill only when the patient has agreed, says beforehand
what it would pay of psn_cash_pay, and pays after the platform has settled and the hospital has booked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.money import Money


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy by which an insurer pays this hospital directly, as the hospital knows it. `number` is masked by it."""

    insurer: str
    product: str
    number: str


@dataclass(frozen=True, slots=True)
class Pledge:
    """What an insurer says it pays of a bill that is settled as it was quoted. It binds nobody to settle."""

    policy: Policy
    quote_no: str
    amount: Money


class Outcome(StrEnum):
    """How a claim ended. OPEN: nobody has said yet, or the insurer is looking at it."""

    OPEN = "open"
    PAID = "paid"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Claim:
    """An insurer's part of a booked bill; `number` is its own once it paid, `reason` its sentence where it refused."""

    pledge: Pledge
    outcome: Outcome = Outcome.OPEN
    number: str = ""
    reason: str = ""

    @property
    def ended(self) -> bool:
        return self.outcome is not Outcome.OPEN
