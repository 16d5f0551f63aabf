"""The hospital's own system: what is unpaid, who holds it, and that it was booked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.insured import Person
from kiosk.domain.money import Money
from kiosk.domain.settlement import Settlement
from kiosk.domain.visit import Booking, FeeBatch
from kiosk.ports.answers import NotSent, Refused, Unknown


@dataclass(frozen=True, slots=True)
class Bills:
    """The person's unpaid bills, oldest first; empty when there is nothing to pay."""

    batches: tuple[FeeBatch, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The bill is ours until it is booked or released, or the hold runs out with no payment open."""

    hold_id: str


@dataclass(frozen=True, slots=True)
class Released:
    """The bill is free again; also the answer when it was never held."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A collected own part, as the hospital books it."""

    order: str
    amount: Money
    channel: str


Failure = NotSent | Refused | Unknown


class HospitalPort(Protocol):
    """Each call with a key is answered alike when repeated with the same key."""

    def unpaid(self, person: Person) -> Bills | Failure: ...

    def hold(self, key: str, batch_no: str, seconds: int) -> Held | Failure: ...

    def release(self, key: str, batch_no: str) -> Released | Failure: ...

    def book(
        self, key: str, hold_key: str, batch_no: str, settlement: Settlement, payment: Payment | None
    ) -> Booking | Failure: ...
